"""A view on whose cards values are edited in place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from annstudio.engine.layers import layers
from annstudio.ui.canvas.card import Card
from annstudio.ui.canvas.edit_actions import EditActions
from annstudio.ui.canvas.editor import Editor
from annstudio.ui.canvas.menu_view import MenuView
from annstudio.ui.canvas.navigation import flow_order
from annstudio.ui.canvas.scene import CanvasScene
from annstudio.ui.document import Document
from annstudio.ui.setting_edits import set_setting

if TYPE_CHECKING:
    from annstudio.ui.canvas.value_editor import ValueEditor

_STEPS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


class ValueView(MenuView):
    """A click on a value of a card edits it, and so does F2; + and − change the units of the selected card.

    Args:
        scene: with the cards.
        editor: makes the edits of the design.
        document: whose settings are edited.
        commands: see EditingView.
        parent: the widget that it is in.
    """

    def __init__(
        self,
        scene: CanvasScene,
        editor: Editor,
        document: Document,
        commands: EditActions | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(scene, editor, commands, parent)
        self._document = document
        self._pressed: tuple[str, str] | None = None
        """(node id, key) of the value on which the mouse was pressed …"""
        self._pressed_at = QPoint()
        """… and the pixel."""
        self._values: ValueEditor | None = None
        self.moved.connect(self._place_values)

    @property
    def values(self) -> "ValueEditor":
        """The field over a card; made when it is first needed, so that the window appears sooner."""
        if self._values is None:
            from annstudio.ui.canvas.value_editor import ValueEditor

            self._values = ValueEditor(self._document, self)
            self._values.moved_on.connect(self._on_moved_on)
            self._values.closed.connect(self.setFocus)
        return self._values

    def edit_value(self, node_id: str, key: str) -> None:
        """Edit a setting right at its card."""
        self.select(node_id)
        self.values.open(node_id, key)
        self._place_values()

    def commit(self) -> None:
        """Let what was typed at a card count; what will not do stays, and the field says why."""
        if self._values is not None and self._values.node_id and self._values.finish():
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit the first value of the selected card, or change its units; see the class."""
        selected, modifiers = self.selected(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        card = self.canvas.shown(selected) if selected is not None else None
        step = _STEPS.get(Qt.Key(event.key()))
        if card is not None and event.key() == Qt.Key.Key_F2:
            self._edit_first(card)
        elif card is not None and card.face.count and step is not None and _is_plain(modifiers):
            self._change_units(card, step)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note on which value the mouse is pressed."""
        plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        self._pressed_at = event.position().toPoint()
        self._pressed = self._value_at(self._pressed_at) if plain else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Edit the value that has been clicked."""
        super().mouseReleaseEvent(event)
        pixel, pressed = event.position().toPoint(), self._pressed
        self._pressed = None
        far = (pixel - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if pressed is not None and not far and self._value_at(pixel) == pressed:
            self.edit_value(*pressed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer what can be clicked."""
        super().mouseMoveEvent(event)
        if not event.buttons() and self._value_at(event.position().toPoint()) is not None:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def _value_at(self, pixel: QPoint) -> tuple[str, str] | None:
        """Return the node id and the key of the value at a pixel of the view."""
        thing = self._thing_at(pixel)
        key = thing.value_at(self.mapToScene(pixel)) if isinstance(thing, Card) else ""
        return (thing.node_id, key) if isinstance(thing, Card) and key else None

    def _edit_first(self, card: Card) -> None:
        if card.face.keys:
            self.edit_value(card.node_id, card.face.keys[0])
        else:
            self.activated.emit(card.node_id)

    def _change_units(self, card: Card, step: int) -> None:
        """Give the layer one unit more, or one less; steps in a row are one edit."""
        node_id, key = card.node_id, card.face.count
        wanted = int(self._document.project.design.node(node_id)[key]) + step
        param = layers[card.kind].info.param(key)
        refusal = set_setting(self._document, node_id, key, param, wanted, f"step {node_id} {key}")
        if refusal:
            self.editor.refused.emit(refusal)

    def _place_values(self) -> None:
        if self._values is not None and self._values.node_id in self.canvas.cards:
            card = self.canvas.shown(self._values.node_id)
            box = self.mapFromScene(card.sceneBoundingRect()).boundingRect()
            corner = QPoint(box.center().x() - self.values.width() // 2, box.top() - self.values.height() // 2)
            self.values.place(corner)

    def _on_moved_on(self, node_id: str, key: str, forward: bool) -> None:
        """Edit the next value of the card, or after its last one the first of the next card that has any."""
        places = [(other, each) for other in flow_order(self._document.project) for each in self._keys(other)]
        index = places.index((node_id, key)) if (node_id, key) in places else 0
        self.edit_value(*places[(index + (1 if forward else -1)) % len(places)])

    def _keys(self, node_id: str) -> tuple[str, ...]:
        return self.canvas.shown(node_id).face.keys


def _is_plain(modifiers: Qt.KeyboardModifier) -> bool:
    """Return whether no key is held but Shift, which some keyboards need for a plus."""
    return not modifiers & ~Qt.KeyboardModifier.ShiftModifier
