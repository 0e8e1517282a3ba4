"""A view with a selection, and what the keyboard does with it."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from annstudio.project.folding import contracted, stand_ins
from annstudio.project.unroll import origins
from annstudio.ui.canvas.block_card import BlockCard
from annstudio.ui.canvas.editor import Editor
from annstudio.ui.canvas.geometry import GRID
from annstudio.ui.canvas.gesture_view import GestureView
from annstudio.ui.canvas.glide import Glide
from annstudio.ui.canvas.navigation import along, beside, flow_order
from annstudio.ui.canvas.scene import CanvasScene

ARROWS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}
_TABBING = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class SelectionView(GestureView):
    """Everything that the mouse does can be done with the keyboard.

    Tab and the arrows walk from card to card, Ctrl+arrows move a card, Delete removes, Enter asks for the settings.
    """

    selection_changed = Signal(object)
    """(node id: str | None), the one selected layer, or None for none or several."""

    def __init__(self, scene: CanvasScene, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(scene, editor, parent)
        self._announced: str | None = None
        self._glide = Glide(scene)
        scene.selectionChanged.connect(self._on_selection_changed)
        self.layer_dropped.connect(self._on_layer_dropped)

    def select(self, node_id: str | None) -> None:
        """Select this layer and no other, or nothing; scroll to it if need be.

        A copy in a repeated block has the card of its original, a layer in a folded block that of the block.
        """
        original = origins(self.editor.project.design).get(node_id, node_id) if node_id is not None else None
        if original is None or original not in self.canvas.cards:
            self.canvas.select_only([])
            return
        card = self.canvas.shown(original)
        again = card.isSelected()
        if isinstance(card, BlockCard):
            card.mean(original)
        self.canvas.select_only([card])
        if again and isinstance(card, BlockCard):
            # It may stand for another of its layers now.
            self.canvas.selectionChanged.emit()
        self.reveal(card.extent())

    def select_nodes(self, node_ids: Iterable[str]) -> None:
        """Select these layers and no others; scroll to the last one if need be."""
        there = [node_id for node_id in node_ids if node_id in self.canvas.cards]
        if len(there) == 1:
            self.select(there[0])
            return
        cards = [self.canvas.shown(node_id) for node_id in there]
        self.canvas.select_only(cards)
        if cards:
            self.reveal(cards[-1].extent())

    def selected(self) -> str | None:
        """Return the id of the layer that the one selected card stands for, None for none or several."""
        cards = self.canvas.selected_cards()
        return cards[0].node_id if len(cards) == 1 else None

    def select_all(self) -> None:
        """Select every layer."""
        self.canvas.select_only(self.canvas.seen())

    def delete_selection(self) -> None:
        """Remove the selected layers and wires."""
        self.editor.remove(self.canvas.selected_nodes(), self.canvas.selected_wires())

    def add_layer(self, kind: str) -> None:
        """Add a layer behind the selected one, or at the end, wired in, and select it."""
        self._select_new(self.editor.append(kind, self.selected()))

    def add_activation(self, key: str) -> None:
        """Give the selected layer this activation; where none is selected that has any, add a layer of it."""
        selected = self.selected()
        if selected is not None and self.editor.has_activation(selected):
            self.editor.set_activation(selected, key)
        else:
            self._select_new(self.editor.append("activation", selected, key))

    def tidy(self) -> None:
        """Line the layers up and show them all; the cards glide to their places."""
        self._glide.finish()
        before = {node_id: card.pos() for node_id, card in self.canvas.cards.items()}
        self.editor.tidy()
        self.fit()
        self._glide.begin(before)

    def cancel_gesture(self) -> bool:
        """Take back what the mouse is doing, see GestureView; cards that glide are at their places."""
        self._glide.finish()
        return super().cancel_gesture()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of cards where they belong."""
        self._glide.finish()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, move, remove, zoom; see the class."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        arrow = ARROWS.get(Qt.Key(event.key()))
        if arrow is not None and control:
            self._nudge(arrow)
        elif arrow is not None:
            self._walk(arrow)
        elif control or not self._act_on(event.key()):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select a card when Tab leads here."""
        super().focusInEvent(event)
        # Where the keyboard has come to must be seen, and a card shows it.
        if event.reason() in _TABBING and not self.canvas.selectedItems():
            self._step(event.reason() is Qt.FocusReason.TabFocusReason)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Walk through the cards by Tab before leaving."""
        return self._step(next) or super().focusNextPrevChild(next)

    def _act_on(self, key: int) -> bool:
        """Do what a key means here; return whether it means anything."""
        match key:
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.delete_selection()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.activate_selected()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_0:
                self.reset_zoom()
            case Qt.Key.Key_Escape if not self.cancel_gesture():
                self.select(None)
            case _:
                return key == Qt.Key.Key_Escape
        return True

    def activate_selected(self) -> None:
        """Ask for the settings of the one selected layer."""
        selected = self.selected()
        if selected is not None:
            self.activated.emit(selected)

    def _walk(self, arrow: QPoint) -> None:
        """Select the next card in a direction: sideways along the wires, up and down by nearness."""
        selected = self.selected()
        if selected is None:
            self._step(True)
        elif (neighbor := self._neighbor(selected, arrow)) is not None:
            self.select(neighbor)

    def _neighbor(self, node_id: str, arrow: QPoint) -> str | None:
        walk, stands = along if arrow.x() else beside, stand_ins(self.editor.project.design)
        found = walk(contracted(self.editor.project), stands.get(node_id, node_id), arrow.x() + arrow.y() > 0)
        return self.canvas.shown(found).node_id if found is not None else None

    def _step(self, forward: bool) -> bool:
        """Select the next card in the order of the flow; return False at the end."""
        seen = flow_order(contracted(self.editor.project))
        order, selected = [self.canvas.shown(node_id) for node_id in seen], self.canvas.selected_cards()
        order = order if forward else order[::-1]
        following = order[order.index(selected[0]) + 1 :] if len(selected) == 1 else order
        if not following:
            return False
        self.select(following[0].node_id)
        return True

    def _nudge(self, arrow: QPoint) -> None:
        """Move the selected cards by one step of the grid."""
        nodes, positions = self.canvas.selected_nodes(), self.editor.project.positions
        by = arrow * GRID
        moved = {key: (positions[key][0] + by.x(), positions[key][1] + by.y()) for key in nodes}
        self.editor.move(moved, gesture=f"nudge {' '.join(sorted(nodes))}")

    def _select_new(self, node_id: str | None) -> None:
        if node_id is not None:
            self.refit()
            self.select(node_id)

    def _on_selection_changed(self) -> None:
        selected = self.selected()
        if selected != self._announced:
            self._announced = selected
            self.selection_changed.emit(selected)

    def _on_layer_dropped(self, node_id: str) -> None:
        self.refit()
        # Not by select, which may scroll.
        self.canvas.select_only([self.canvas.shown(node_id)])
        self.setFocus(Qt.FocusReason.OtherFocusReason)
