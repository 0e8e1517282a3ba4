"""A view whose mouse, keyboard and drags start, steer and end gestures."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QGraphicsItem, QWidget

from annstudio.engine.layers import layers
from annstudio.ui.canvas.bubble import Bubble
from annstudio.ui.canvas.card import Card
from annstudio.ui.canvas.drop import ActivationDropGesture, DropGesture
from annstudio.ui.canvas.editor import Editor
from annstudio.ui.canvas.gestures import BandGesture, Gesture, MoveGesture, PanGesture, WireGesture
from annstudio.ui.canvas.mime import activation_of, layer_of
from annstudio.ui.canvas.port import REACH, Port
from annstudio.ui.canvas.pulling import PullGesture, held_end
from annstudio.ui.canvas.scene import CanvasScene, Thing
from annstudio.ui.canvas.wire import WireItem
from annstudio.ui.canvas.zoom_view import ZoomView

_ADDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class GestureView(ZoomView):
    """At most one gesture is under way; Escape takes it back."""

    activated = Signal(str)
    """(node id), a card was double-clicked, or Enter pressed on it: the user wants its settings."""
    layer_dropped = Signal(str)
    """(node id), something from the palette has been let go here: this layer is new, or has changed."""
    clicked = Signal(str)
    """(node id), a card that was selected already has been clicked again."""

    def __init__(self, scene: CanvasScene, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.canvas = scene
        self.editor = editor
        self._gesture: Gesture | None = None
        self._drop: DropGesture | None = None
        self._space = False
        self._hand: QPoint | None = None
        """Where the mouse is about to do something, in the view's pixels."""
        self._bubble = Bubble(self)
        self.viewport().installEventFilter(self._bubble)
        self.installEventFilter(self._bubble)
        editor.refused.connect(self._on_refused)
        self.viewport().setMouseTracking(True)
        self.setAcceptDrops(True)

    def cancel_gesture(self) -> bool:
        """Take back what the mouse is doing; return whether it was doing anything."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.cancel()
        return gesture is not None

    def release_space(self) -> None:
        """Go back from panning with the space bar to what the mouse does otherwise."""
        self._space = False
        self.viewport().unsetCursor()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin what this button means here."""
        if self._gesture is None:
            self._gesture = self._begun(event)
            self.canvas.hover(None)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or show what the pointer is on."""
        pixel = event.position().toPoint()
        if self._gesture is not None:
            self._gesture.move(self.mapToScene(pixel), pixel)
        else:
            self._hover(self._thing_at(pixel))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the gesture."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            with self._at_hand(event.position()) as point:
                gesture.finish(point)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for a card's settings."""
        thing = self._thing_at(event.position().toPoint())
        if isinstance(thing, Card) and event.button() is Qt.MouseButton.LeftButton:
            self.activated.emit(thing.node_id)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is on nothing any more."""
        self._hover(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hold the space bar to pan."""
        if event.key() == Qt.Key.Key_Space:
            self._space = True
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let the space bar go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.release_space()
        else:
            super().keyReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a layer or an activation from the palette and nothing else."""
        self._end_drop()
        kind, activation = layer_of(event.mimeData()), activation_of(event.mimeData())
        if kind is not None:
            self._drop = DropGesture(self.canvas, self.editor, kind)
        elif activation is not None:
            self._drop = ActivationDropGesture(self.canvas, self.editor, activation)
        self._follow_drag(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the layer would land."""
        self._follow_drag(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget the layer."""
        self._end_drop()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the layer."""
        drop, self._drop = self._drop, None
        if drop is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if drop.is_on_ground:
            # A card that is put somewhere stays beneath the hand.
            self.leave_fit()
        with self._at_hand(event.position()) as point:
            node_id = drop.finish(point)
        if node_id is not None:
            self.layer_dropped.emit(node_id)

    def _begun(self, event: QMouseEvent) -> Gesture | None:
        """Return the gesture that this press begins, or None for a press that does all by itself."""
        pixel = event.position().toPoint()
        left = event.button() is Qt.MouseButton.LeftButton
        if event.button() is Qt.MouseButton.MiddleButton or (left and self._space):
            self.leave_fit()
            return PanGesture(self, pixel)
        if not left:
            return None
        thing, point = self._thing_at(pixel), self.mapToScene(pixel)
        if isinstance(thing, Port):
            return self._wire_begun(thing, pixel)
        adding = bool(event.modifiers() & _ADDING)
        if thing is None:
            return BandGesture(self.canvas, point, self.canvas.selectedItems() if adding else [])
        again = thing.isSelected()
        self._select_pressed(thing, adding)
        if isinstance(thing, Card) and not adding:
            on_click = self.clicked.emit if again else None
            return MoveGesture(self.canvas, self.editor, thing, point, pixel, on_click)
        return self._pull_begun(thing, point, pixel) if isinstance(thing, WireItem) and not adding else None

    def _wire_begun(self, port: Port, pixel: QPoint) -> Gesture | None:
        """Return the drawing of a new wire; where a port takes one wire and has it, that one is pulled off."""
        led = (item for item in self.canvas.wires.values() if item.isVisible())
        wires = [item for item in led if item.wire.target == port.node_id]
        if port.gives or not wires or layers[self.canvas.cards[port.node_id].kind].takes_many:
            return WireGesture(self.canvas, self.editor, port, self._reach())
        return self._pull_begun(wires[0], port.scenePos(), pixel)

    def _pull_begun(self, item: WireItem, point: QPointF, pixel: QPoint) -> Gesture | None:
        held = held_end(self.canvas, item, point)
        return PullGesture(self.canvas, self.editor, item, held, pixel, self._reach()) if held is not None else None

    def _select_pressed(self, item: QGraphicsItem, adding: bool) -> None:
        if adding:
            item.setSelected(not item.isSelected())
        elif not item.isSelected():
            self.canvas.select_only([item])

    def _follow_drag(self, event: QDragMoveEvent) -> None:
        if self._drop is None:
            event.ignore()
            return
        self._drop.move(self._scene_point(event.position()))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _end_drop(self) -> None:
        if self._drop is not None:
            self._drop.cancel()
            self._drop = None

    def _hover(self, thing: Thing | None) -> None:
        self.canvas.hover(thing)
        if isinstance(thing, Port):
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        elif not self._space:
            self.viewport().unsetCursor()

    @contextmanager
    def _at_hand(self, position: QPointF) -> Iterator[QPointF]:
        """Note where the hand is while it finishes something, so that a refusal is told there.

        Args:
            position: in the view's pixels.

        Yields:
            The same in scene units.
        """
        self._hand = position.toPoint()
        try:
            yield self.mapToScene(self._hand)
        finally:
            self._hand = None

    def _on_refused(self, reason: str) -> None:
        if self._hand is not None:
            self._bubble.say(reason, self._hand)

    def _thing_at(self, pixel: QPoint) -> Thing | None:
        return self.canvas.thing_at(self.mapToScene(pixel), self._reach())

    def _scene_point(self, position: QPointF) -> QPointF:
        return self.mapToScene(position.toPoint())

    def _reach(self) -> float:
        """Return how far from a port's middle it can be met, in scene units: the same on the screen at every zoom."""
        return REACH / self.zoom
