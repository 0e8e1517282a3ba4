"""The scene of neurons: keeps the items in step with the project, the run and the selection."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from annstudio.project.model import Project
from annstudio.project.shapes import Flow
from annstudio.training.snapshot import Snapshot
from annstudio.training.unit_maps import unit_maps
from annstudio.ui.canvas.ground import Ground
from annstudio.ui.canvas.look import Look
from annstudio.ui.neurons.drawn import Drawn, Moment, drawn_of
from annstudio.ui.neurons.items import MarkItem, NetworkItem
from annstudio.ui.neurons.map_images import map_images
from annstudio.ui.neurons.things import Thing

_SIDE = 14
"""Points along each side of the map in a neuron."""


class NeuronScene(Ground):
    """Shows a project as neurons and links.

    Attributes:
        drawn: what stands where.
        moment: the weights as they are shown.
        marked: what is pointed out.
    """

    def __init__(self, look: Look, project: Project, flows: Mapping[str, Flow]) -> None:
        super().__init__(look)
        self._network, self._mark = NetworkItem(look), MarkItem(look)
        self._mark.setZValue(1)
        self.addItem(self._network)
        self.addItem(self._mark)
        self._snapshot: Snapshot | None = None
        self.moment = Moment()
        self.marked: Thing | None = None
        self.show_project(project, flows)

    def show_project(self, project: Project, flows: Mapping[str, Flow]) -> None:
        """Draw another project, or the same after an edit."""
        self.drawn: Drawn = drawn_of(project, flows)
        self._network.show_drawn(self.drawn)
        self._renew()
        self.mark(self.marked)

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Draw the weights of this moment of the run."""
        self._snapshot = snapshot
        self._renew()

    def select(self, node_id: str | None) -> None:
        """Point out a layer for good."""
        self._network.select(node_id)

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
        self.update()

    def content(self) -> QRectF:
        """Return what the network covers."""
        return self.drawn.content()

    def _renew(self) -> None:
        weights = self._snapshot.weights if self._snapshot is not None else {}
        self.moment = Moment(weights, self._images())
        self._network.show_moment(self.moment)

    def _images(self) -> dict[str, list[QImage]]:
        snapshot = self._snapshot
        if snapshot is None:
            return {}
        maps, groups, theme = unit_maps(snapshot, _SIDE), self.drawn.layout.groups, self.look.theme
        return {
            node_id: map_images(theme, snapshot, maps, node_id, groups[node_id].shown)
            for node_id, values in maps.items()
            if node_id in groups and groups[node_id].size == len(values)
        }
