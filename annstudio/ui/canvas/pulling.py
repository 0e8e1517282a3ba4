"""Pulling an end of a wire off its port, to lead the wire elsewhere or to take it away."""

from PySide6.QtCore import QLineF, QPoint, QPointF
from PySide6.QtWidgets import QApplication

from annstudio.project import edits
from annstudio.project.model import Design
from annstudio.ui.canvas.editor import Editor
from annstudio.ui.canvas.gestures import Gesture, WireGesture
from annstudio.ui.canvas.port import Port
from annstudio.ui.canvas.scene import CanvasScene
from annstudio.ui.canvas.wire import WireItem


class PullGesture(Gesture):
    """Leads a wire's loose end, once the pointer has gone far enough to mean it; before, a press is only a click.

    Args:
        scene: shows what would happen.
        editor: leads the wire, or takes it away.
        item: the wire.
        held: the port at its other end.
        pixel: where it was pressed, in the view's coordinates.
        reach: how far from a port's middle it can be met, in scene units.
    """

    def __init__(
        self, scene: CanvasScene, editor: Editor, item: WireItem, held: Port, pixel: QPoint, reach: float
    ) -> None:
        self._scene, self._editor, self._item, self._held = scene, editor, item, held
        self._pressed, self._reach = pixel, reach
        self._loose: _LooseEnd | None = None

    def move(self, point: QPointF, pixel: QPoint) -> None:
        """Lead the loose end."""
        far = (pixel - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._loose is None and far:
            self._loose = _LooseEnd(self._scene, self._editor, self._item, self._held, self._reach)
        if self._loose is not None:
            self._loose.move(point, pixel)

    def finish(self, point: QPointF) -> None:
        """Leave the loose end here."""
        if self._loose is not None:
            self._loose.finish(point)

    def cancel(self) -> None:
        """Put the wire back."""
        if self._loose is not None:
            self._loose.cancel()


class _LooseEnd(WireGesture):
    """A wire that is there already: let go on another port it leads there, let go on the ground it is gone."""

    def __init__(self, scene: CanvasScene, editor: Editor, item: WireItem, held: Port, reach: float) -> None:
        self._item = item
        super().__init__(scene, editor, held, reach)
        item.setVisible(False)

    def cancel(self) -> None:
        super().cancel()
        self._item.setVisible(True)

    def _connect(self, source: str, target: str) -> None:
        # A folded block's port stands for one layer, but the wire may hang on another of them.
        wire = self._item.wire
        ends = (wire.source, target) if self._port.gives else (source, wire.target)
        self._editor.reroute(wire, *ends)

    def _let_go(self) -> None:
        self._editor.remove((), (self._item.wire,))

    def _design(self) -> Design:
        return edits.remove(self._editor.project, (), (self._item.wire,)).design


def held_end(scene: CanvasScene, item: WireItem, point: QPointF) -> Port | None:
    """Return the port at which a wire stays when it is pulled here: the one at its farther end."""
    source, target = scene.shown(item.wire.source).output, scene.shown(item.wire.target).input
    ends = [port for port in (source, target) if port is not None]
    return max(ends, key=lambda port: QLineF(port.scenePos(), point).length(), default=None)
