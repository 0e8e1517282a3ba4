"""All weights, live."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from annstudio.data.dataset import Schema
from annstudio.engine.layers import layers as layer_kinds
from annstudio.engine.layers.base import features
from annstudio.project.model import Node, Project
from annstudio.project.names import title
from annstudio.project.shapes import flow
from annstudio.project.unroll import unrolled, unrolled_graph
from annstudio.ui.translate import translate
from annstudio.ui.views.header import Key
from annstudio.ui.views.heatmap import Cell
from annstudio.ui.views.numerals import figure, subscript
from annstudio.ui.views.view import TitledView
from annstudio.ui.views.weights_layout import around, capacity
from annstudio.ui.views.weights_picture import Layer, WeightsPicture

if TYPE_CHECKING:
    from annstudio.ui.views.exporting import Table


class WeightsView(TitledView):
    """A heatmap of every layer's kernel, one column per unit, with the bias as a row of its own below."""

    node_clicked = Signal(str)
    """(node id): the student has clicked on this layer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Weights"))
        self.header.set_title(self.tr("Weights"))
        self.picture = WeightsPicture(self.tr("Weights of all layers"))
        self.picture.node_clicked.connect(self.node_clicked)
        self._selected: str | None = None
        self._own_scale, self._as_pictures = False, False
        self._pictures = self.header.add_switch(
            self.tr("pictures"),
            self.tr("Show each unit of the first layer, and each filter, as the picture it looks for"),
            self._on_pictures,
        )
        self.header.add_switch(
            self.tr("own scale"),
            self.tr("Give every layer the full range of colors for itself; sizes cannot be compared then"),
            self._on_own_scale,
        )
        self.set_body(self.picture)

    def select_node(self, node_id: str | None) -> None:
        """Enlarge the layer of this node."""
        self._selected = node_id
        self._invalidate()

    def numbers(self) -> "Table | None":
        """Return every weight, whether there is room for it here or not; see View.numbers."""
        from annstudio.ui.views.exporting import Table

        weights = self.snapshot.weights if self.snapshot is not None else {}
        rows = (
            (node_id, name, *(number + 1 for number in place), float(value))
            if part.ndim == 2
            else (node_id, name, "", place[0] + 1, float(value))
            for node_id, layer in weights.items()
            for name, part in layer.parts.items()
            for place, value in np.ndenumerate(part)
        )
        return Table(("layer", "part", "input", "unit", "value"), rows) if weights else None

    def set_reach(self, reach: float) -> None:
        """Let the colors reach at least so far, as those of another view do."""
        if reach != self.picture.reach:
            self.picture.reach = reach
            self._invalidate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many layers as there is room for."""
        super().resizeEvent(event)
        self._invalidate()

    def _on_pictures(self, on: bool) -> None:
        self._as_pictures = on
        self._invalidate()

    def _on_own_scale(self, on: bool) -> None:
        self._own_scale = on
        self._invalidate()

    def _concerned(self, before: Project, after: Project) -> bool:
        return before.design != after.design or super()._concerned(before, after)

    def _refresh(self) -> None:
        schema = self.schema
        self._pictures.setVisible(schema is not None and schema.image_shape is not None)
        layers = self._layers()
        if not layers:
            ready = self.tr("The weights appear here when the network is ready.")
            self.picture.show_sentence(self.resting(ready))
            self.header.set_caption()
            return
        self.picture.show_layers(layers, self._selected, self._own_scale)
        words = [Key(self.tr("inputs ↓")), Key(self.tr("units →"))]
        if any("bias" in layer.weights.parts for layer in layers):
            words.insert(0, Key(self.tr("last row: bias")))
        if self.picture.pooled:
            words.insert(0, Key(self.tr("(pooled)")))
        left_out = len(self._weighted) - len(layers)
        if left_out:
            more = self.tr("{count} more: select a layer to see those around it").format(count=left_out)
            words.insert(0, Key(more, short=self.tr("{count} more").format(count=left_out)))
        self.header.set_caption(*words)

    @property
    def _weighted(self) -> list[str]:
        """The ids of all layers with a kernel, in the order of the network."""
        if self.snapshot is None or self.project is None:
            return []
        # A layer that has been removed still is in the latest snapshot.
        there = {node.id for node in unrolled(self.project.design).nodes}
        return [key for key, weights in self.snapshot.weights.items() if "kernel" in weights.parts and key in there]

    def _shown_ids(self) -> list[str]:
        """Return the ids of as many layers as can be told apart: those around the selected one, or the first."""
        weighted, room = self._weighted, self.picture.room.size()
        if self._selected not in weighted:
            return weighted[: capacity(room)]
        middle = weighted.index(self._selected)
        before, after = around(room, middle, len(weighted) - middle - 1)
        return weighted[middle - before : middle + after + 1]

    def _layers(self) -> list[Layer]:
        if self.snapshot is None or self.project is None or self.schema is None:
            return []
        graph, flows = unrolled_graph(self.project), flow(self.project)
        nodes = graph.nodes
        layers: list[Layer] = []
        for node_id in self._shown_ids():
            weights = self.snapshot.weights[node_id]
            name = translate(title(nodes[node_id]))
            inputs = flows[node_id].inputs if node_id in flows else None
            # The rows of a filter's kernel are not what comes in, but places of its window.
            plain = inputs is not None and len(inputs) == 1 and features(inputs[0]) == len(weights.kernel)
            source = nodes[graph.sources[node_id][0]] if plain else None
            image = self._image(nodes[node_id], source, len(weights.kernel)) if self._as_pictures else None
            layers.append(Layer(node_id, name, weights, partial(self._describe, self.schema, source), image))
        return layers

    def _image(self, node: Node, source: Node | None, inputs: int) -> tuple[int, int] | None:
        """Return rows and columns of the picture that a unit looks for; of a filter, its channels one below another."""
        if source is not None:
            return self.schema.image_shape if self.schema is not None and _is_data(source) else None
        size = node.settings.values.get("kernel_size")
        return None if size is None or inputs % int(size) else (inputs // int(size), int(size))

    def _describe(self, schema: Schema, source: Node | None, cell: Cell) -> list[str]:
        """Return a weight with its value, and below it what its input is.

        Args:
            schema: names the features.
            source: the layer whose values the weights weigh; None where they weigh something else.
            cell: the weight.
        """
        unit, value = cell.unit + 1, figure(cell.value)
        if cell.source is None:
            return [self.tr("bias of unit {unit} = {value}").format(unit=unit, value=value)]
        if source is None:
            template = self.tr("weight {number} of unit {unit} = {value}")
            return [template.format(number=cell.source + 1, unit=unit, value=value)]
        symbol = f"{'x' if _is_data(source) else 'a'}{subscript(cell.source + 1)}"
        template = self.tr("w from {source} to unit {unit} = {value}")
        weight = template.format(source=symbol, unit=unit, value=value)
        name = self._input_name(schema, source, cell.source)
        return [weight] if name == symbol else [weight, f"{symbol}: {name}"]

    def _input_name(self, schema: Schema, source: Node, number: int) -> str:
        if not _is_data(source):
            has_units = "units" in source.settings.values
            template = self.tr("unit {unit} of {layer}") if has_units else self.tr("value {unit} of {layer}")
            return template.format(unit=number + 1, layer=translate(title(source)))
        if schema.image_shape is not None:
            row, column = divmod(number, schema.image_shape[1])
            return self.tr("pixel ({row}, {column})").format(row=row + 1, column=column + 1)
        return translate(schema.features[number].name)


def _is_data(node: Node) -> bool:
    """Return whether a layer's values are the features of the data."""
    return not layer_kinds[node.kind].takes_input
