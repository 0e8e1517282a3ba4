"""A view whose cards can be wired without a mouse."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.names import title
from annstudio.ui.canvas.keyboard_view import KeyboardView
from annstudio.ui.canvas.navigation import possible_targets
from annstudio.ui.canvas.wiring import KeyWireGesture
from annstudio.ui.translate import translate

_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Backtab: -1,
}


class WiringView(KeyboardView):
    """W leads a wire out of the selected card: arrows or Tab choose its target, Enter connects, Escape cancels."""

    def start_wiring(self) -> None:
        """Lead a wire out of the selected card, to the first card that may take it."""
        source = self.selected()
        if source is None:
            self.editor.refuse(text(QT_TRANSLATE_NOOP("annstudio", "Select the layer first that the wire comes from.")))
            return
        targets = [node_id for node_id in possible_targets(self.editor.project, source) if self._takes(node_id)]
        if not targets:
            reason = QT_TRANSLATE_NOOP("annstudio", "There is no layer that could take a wire from {layer}.")
            self.editor.refuse(text(reason, layer=self._title(source)))
            return
        self.cancel_gesture()
        self._gesture = KeyWireGesture(self.canvas, self.editor, source, targets)
        self._tell_target(self._gesture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin, steer and end a wire."""
        wiring = self._gesture if isinstance(self._gesture, KeyWireGesture) else None
        if wiring is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._gesture = None
            wiring.connect_chosen()
        elif wiring is not None and (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            wiring.step(step)
            self._tell_target(wiring)
        elif event.key() == Qt.Key.Key_W and not event.modifiers():
            self.start_wiring()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Choose the next target by Tab while a wire is being led."""
        if not isinstance(self._gesture, KeyWireGesture):
            return super().focusNextPrevChild(next)
        self._gesture.step(1 if next else -1)
        self._tell_target(self._gesture)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the wire: the hand has gone to the mouse."""
        self._leave_wiring()
        super().mousePressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the wire."""
        self._leave_wiring()
        super().focusOutEvent(event)

    def _leave_wiring(self) -> None:
        if isinstance(self._gesture, KeyWireGesture):
            self.cancel_gesture()

    def _tell_target(self, wiring: KeyWireGesture) -> None:
        sentence = self.tr("Wire to {layer}? Enter connects, the arrows choose another layer, Esc cancels.")
        self.editor.told.emit(sentence.format(layer=self._title(wiring.target)))
        self.reveal(self.canvas.shown(wiring.target).extent())

    def _takes(self, node_id: str) -> bool:
        """Return whether a wire can be led to a layer: in a folded block, only to the one that its port stands for."""
        port = self.canvas.shown(node_id).input
        return port is not None and port.node_id == node_id

    def _title(self, node_id: str) -> str:
        return next(translate(title(node)) for node in self.editor.project.design.nodes if node.id == node_id)
