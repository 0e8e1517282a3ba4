"""A view whose layers are added, and whose wires and groups of cards are selected, by keyboard."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annstudio.engine.layers import layers
from annstudio.project.model import Wire
from annstudio.ui.canvas.editor import Editor
from annstudio.ui.canvas.navigation import flow_order, wires_along
from annstudio.ui.canvas.scene import CanvasScene
from annstudio.ui.canvas.selection_view import ARROWS, SelectionView

KINDS = {ord(layer.letter): kind for kind, layer in layers.items() if layer.letter}
"""Kinds of layers by the key that adds one."""


class KeyboardView(SelectionView):
    """A layer's letter adds it behind the selected card, or into the selected wire.

    Shift+arrows select more cards, or fewer on the way back. Alt+arrows select a wire of the card; pressed again, the
    next one; from a wire the arrows lead to its ends.
    """

    def __init__(self, scene: CanvasScene, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(scene, editor, parent)
        self._trail: list[str] = []
        """The selected cards, in the order in which the keyboard came by; the last is where it is."""

    def add_layer(self, kind: str) -> None:
        """Add a layer into the selected wire, behind the selected card, or at the end, and select it."""
        wire = self._selected_wire()
        if wire is None:
            super().add_layer(kind)
        else:
            self._select_new(self.editor.insert(kind, wire))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add a layer, select more or a wire; see the class."""
        modifiers, arrow = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, ARROWS.get(Qt.Key(event.key()))
        if arrow is not None and modifiers == Qt.KeyboardModifier.ShiftModifier:
            self._extend(arrow)
        elif arrow is not None and modifiers == Qt.KeyboardModifier.AltModifier:
            self._select_wire(forward=arrow.x() + arrow.y() > 0)
        elif not modifiers and (kind := KINDS.get(event.key())) is not None:
            self.add_layer(kind)
        else:
            super().keyPressEvent(event)

    def _walk(self, arrow: QPoint) -> None:
        """Go on from where the keyboard is among several cards, or from a wire to its end."""
        wire = self._selected_wire()
        if wire is not None:
            self.select(wire.target if arrow.x() + arrow.y() > 0 else wire.source)
            return
        if self.selected() is None and self.canvas.selected_nodes():
            self.select(self._renewed_trail()[-1])
        super()._walk(arrow)

    def _extend(self, arrow: QPoint) -> None:
        """Select the next card in a direction as well; coming back to one gives up what lies behind."""
        trail = self._renewed_trail()
        if not trail:
            self._walk(arrow)
            return
        neighbor = self._neighbor(trail[-1], arrow)
        if neighbor is None:
            return
        self._trail = trail[: trail.index(neighbor) + 1] if neighbor in trail else [*trail, neighbor]
        self.canvas.select_only([self.canvas.shown(node_id) for node_id in self._trail])
        self.reveal(self.canvas.shown(neighbor).extent())

    def _renewed_trail(self) -> list[str]:
        """Return the trail; what was selected otherwise is one in the order of the flow."""
        nodes = {card.node_id for card in self.canvas.selected_cards()}
        if set(self._trail) == nodes:
            return self._trail
        return [node_id for node_id in flow_order(self.editor.project) if node_id in nodes]

    def _selected_wire(self) -> Wire | None:
        """Return the one selected wire, if nothing else is selected."""
        wires = self.canvas.selected_wires()
        return wires[0] if len(wires) == 1 and not self.canvas.selected_nodes() else None

    def _select_wire(self, forward: bool) -> None:
        """Select the first wire out of the selected card, or into it; from a wire the next one there."""
        wire, node_id = self._selected_wire(), self.selected()
        if wire is not None:
            node_id = wire.source if forward else wire.target
        if node_id is None:
            return
        card = self.canvas.shown(node_id)
        port = card.output if forward else card.input
        along = wires_along(self.editor.project, port.node_id, forward) if port is not None else []
        wires = [each for each in along if self.canvas.wires[each].isVisible()]
        if wires:
            following = wires[(wires.index(wire) + 1) % len(wires)] if wire in wires else wires[0]
            self.canvas.select_only([self.canvas.wires[following]])
            self.reveal(self.canvas.wires[following].path().boundingRect())
