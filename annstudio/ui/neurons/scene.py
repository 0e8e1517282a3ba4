"""The scene of neurons: keeps the items in step with the project, the run and the selection."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF

from annstudio.project.model import Project
from annstudio.project.shapes import Flow
from annstudio.training.snapshot import Snapshot
from annstudio.training.unit_maps import unit_maps
from annstudio.ui.canvas.ground import Ground
from annstudio.ui.canvas.look import Look
from annstudio.ui.neurons.drawn import Drawn, drawn_of
from annstudio.ui.neurons.items import BiasItem, Images, LayersItem, LivingItem, MarkItem
from annstudio.ui.neurons.map_images import map_images
from annstudio.ui.neurons.things import Thing

_SIDE = 14
"""Points along each side of the map in a neuron."""


class NeuronScene(Ground):
    """Shows a project as neurons and links.

    Attributes:
        drawn: what stands where.
        marked: what is pointed out.
    """

    def __init__(self, look: Look, project: Project, flows: Mapping[str, Flow]) -> None:
        super().__init__(look)
        self.drawn: Drawn = drawn_of(project, flows)
        self.marked: Thing | None = None
        self._snapshot: Snapshot | None = None
        self._living, self._layers = LivingItem(look, self.drawn), LayersItem(look, self.drawn)
        self._biases, self._mark = BiasItem(look, self.drawn), MarkItem(look)
        for item in (self._living, self._layers, self._biases, self._mark):
            self.addItem(item)

    def show_project(self, project: Project, flows: Mapping[str, Flow], snapshot: Snapshot | None) -> None:
        """Draw another project, or the same after an edit, with the weights of a moment of a run."""
        self._snapshot = snapshot
        self.drawn = drawn_of(project, flows)
        for item in (self._living, self._layers, self._biases):
            item.show_drawn(self.drawn)
        self._renew()
        self.mark(self.marked)

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Draw the weights of this moment of the run."""
        self._snapshot = snapshot
        self._renew()

    def select(self, node_id: str | None) -> None:
        """Point out a layer for good."""
        self._layers.select(node_id)

    def mark(self, thing: Thing | None) -> None:
        """Point out a thing for the moment; nothing if it is not drawn."""
        self.marked = thing if thing is not None and self.drawn.picker.place(thing) is not None else None
        self._mark.show_thing(self.drawn, self.marked)

    def mark_area(self) -> QRectF:
        """Return what the thing that is pointed out covers."""
        return self._mark.boundingRect()

    def renew_look(self) -> None:
        """Paint everything anew: the theme or the font has changed."""
        self._renew()
        self._layers.update()
        self.update()

    def content(self) -> QRectF:
        """Return what the network covers."""
        return self.drawn.content()

    def _renew(self) -> None:
        """Draw the weights of the latest moment."""
        weights, images = self._snapshot.weights if self._snapshot is not None else {}, self._images()
        self.drawn.strands.show_weights(weights)
        self.drawn.biases.show_weights(weights, self.drawn.strands.scale)
        self._living.show_images(images)
        self._layers.show_filled(frozenset(images))
        self._biases.update()

    def _images(self) -> Images:
        snapshot = self._snapshot
        if snapshot is None:
            return {}
        maps, groups, theme = unit_maps(snapshot, _SIDE), self.drawn.layout.groups, self.look.theme
        return {
            node_id: map_images(theme, snapshot, maps, node_id, groups[node_id].shown)
            for node_id, values in maps.items()
            if node_id in groups and groups[node_id].size == len(values)
        }
