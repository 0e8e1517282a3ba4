"""Drawing a wire with the keyboard: choose a target, then connect."""

from PySide6.QtCore import QPoint, QPointF

from annstudio.project.model import Wire
from annstudio.ui.canvas.editor import Editor
from annstudio.ui.canvas.gestures import Gesture
from annstudio.ui.canvas.port import PortState
from annstudio.ui.canvas.scene import CanvasScene
from annstudio.ui.canvas.wire import LiveWire


class KeyWireGesture(Gesture):
    """Leads a wire from a layer to one target after the other; the mouse has no part in it.

    Args:
        scene: shows the wire and lights the target up.
        editor: connects.
        source: id of the layer that the wire comes from.
        targets: ids of the layers that may take it, in the order they are offered; at least one.
    """

    def __init__(self, scene: CanvasScene, editor: Editor, source: str, targets: list[str]) -> None:
        self._scene, self._editor, self._source, self._targets = scene, editor, source, targets
        self._chosen = 0
        self._line = LiveWire(scene.look)
        scene.addItem(self._line)
        self.step(0)

    @property
    def target(self) -> str:
        """The id of the layer that would take the wire now."""
        return self._targets[self._chosen]

    def step(self, by: int) -> None:
        """Go so many targets on, or back; behind the last comes the first."""
        self._chosen = (self._chosen + by) % len(self._targets)
        for node_id in self._targets:
            self._show_target(node_id, chosen=node_id == self.target)
        start = self._scene.shown(self._source).output
        if start is not None:
            start.show_state(PortState.CHOSEN)
        self._line.setPath(self._scene.way_of(Wire(self._source, self.target)))

    def connect_chosen(self) -> None:
        """Connect to the target at hand."""
        self.cancel()
        self._editor.connect_nodes(self._source, self.target)

    def finish(self, point: QPointF) -> None:
        """Stay: a released button means nothing here."""

    def move(self, point: QPointF, pixel: QPoint) -> None:
        """Stay: the pointer chooses nothing here."""

    def cancel(self) -> None:
        """Take the wire away."""
        self._scene.removeItem(self._line)
        self._scene.rest_ports()
        for node_id in self._targets:
            self._scene.shown(node_id).show_lit(False)

    def _show_target(self, node_id: str, *, chosen: bool) -> None:
        """Light up the card that would take the wire; of the others only the ports are marked."""
        card = self._scene.shown(node_id)
        card.show_lit(chosen)
        if card.input is not None:
            card.input.show_state(PortState.CHOSEN if chosen else PortState.OPEN)
