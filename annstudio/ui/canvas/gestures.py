"""What a pressed mouse button does: one class per gesture.

A gesture shows on the scene what would happen and edits the project once, when it is finished.
"""

from collections.abc import Callable, Collection

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QApplication, QGraphicsItem, QGraphicsRectItem, QGraphicsView

from annstudio.project.graph import Graph
from annstudio.project.model import Design
from annstudio.ui.canvas.card import Card
from annstudio.ui.canvas.editor import Editor
from annstudio.ui.canvas.geometry import snap, wire_path
from annstudio.ui.canvas.port import Port, PortState
from annstudio.ui.canvas.scene import CanvasScene
from annstudio.ui.canvas.wire import LiveWire


class Gesture:
    """From the press of a button to its release, or to Escape."""

    def move(self, point: QPointF, pixel: QPoint) -> None:
        """Follow the pointer.

        Args:
            point: in scene units.
            pixel: the same on the screen, in the view's coordinates.
        """

    def finish(self, point: QPointF) -> None:
        """The button is released here, in scene units."""

    def cancel(self) -> None:
        """Leave everything as it was."""


class MoveGesture(Gesture):
    """Carries the selected cards; released where it was pressed, it is a click that selects one of them."""

    def __init__(
        self,
        scene: CanvasScene,
        editor: Editor,
        card: Card,
        point: QPointF,
        pixel: QPoint,
        on_click: Callable[[str], None] | None = None,
    ) -> None:
        self._scene, self._editor, self._card = scene, editor, card
        self._on_click = on_click
        self._pressed, self._pressed_pixel = point, pixel
        self._start = {node_id: scene.cards[node_id].pos() for node_id in scene.selected_nodes()}
        self._carrying = False

    def move(self, point: QPointF, pixel: QPoint) -> None:
        """Carry the cards, once the pointer has gone far enough to mean it."""
        far = (pixel - self._pressed_pixel).manhattanLength() >= QApplication.startDragDistance()
        self._carrying = self._carrying or far
        if self._carrying:
            grabbed = self._start[self._card.node_id]
            self._shift(snap(grabbed + point - self._pressed) - grabbed)

    def finish(self, point: QPointF) -> None:
        """Leave the cards here; see Gesture.finish."""
        if not self._carrying:
            self._scene.select_only([self._card])
            if self._on_click is not None:
                self._on_click(self._card.node_id)
            return
        corners = {node_id: self._scene.cards[node_id].pos() for node_id in self._start}
        self._editor.move({node_id: (corner.x(), corner.y()) for node_id, corner in corners.items()})
        # Where the edit was refused the cards go back.
        self._scene.place({node_id: QPointF(*self._editor.project.positions[node_id]) for node_id in self._start})

    def cancel(self) -> None:
        """Put the cards back."""
        self._shift(QPointF(0, 0))

    def _shift(self, by: QPointF) -> None:
        self._scene.place({node_id: corner + by for node_id, corner in self._start.items()})


class WireGesture(Gesture):
    """Draws a wire from a port to a fitting port of another card, in either direction."""

    def __init__(self, scene: CanvasScene, editor: Editor, port: Port, reach: float) -> None:
        self._scene, self._editor, self._port, self._reach = scene, editor, port, reach
        self._line = LiveWire(scene.look)
        scene.addItem(self._line)
        self._open = self._open_ports()
        self._show_ports(None)
        self.move(port.scenePos(), QPoint())

    def move(self, point: QPointF, pixel: QPoint) -> None:
        """Draw the wire to the pointer, or to the port that would take it."""
        chosen = self._port_for(point)
        chosen = chosen if chosen in self._open else None
        end = point if chosen is None else chosen.scenePos()
        own = self._port.scenePos()
        self._line.setPath(wire_path(own, end) if self._port.gives else wire_path(end, own))
        self._show_ports(chosen)

    def finish(self, point: QPointF) -> None:
        """Connect; the edit says why if it cannot be."""
        target = self._port_for(point)
        self.cancel()
        if target is None:
            self._let_go()
        elif target is not self._port:
            giving, taking = (self._port, target) if self._port.gives else (target, self._port)
            self._connect(giving.node_id, taking.node_id)

    def cancel(self) -> None:
        """Take the wire away."""
        self._scene.removeItem(self._line)
        self._scene.rest_ports()

    def _connect(self, source: str, target: str) -> None:
        """Make the wire."""
        self._editor.connect_nodes(source, target)

    def _let_go(self) -> None:
        """Forget the wire: it was released on the ground."""

    def _design(self) -> Design:
        """Return the design that the wire would be added to."""
        return self._editor.project.design

    def _port_for(self, point: QPointF) -> Port | None:
        """Return the port that a release here means: the one at the pointer, else one of the card beneath.

        A port that gives, met while looking for one that takes, stands for its card; so does the card's body.
        """
        port = self._scene.port_at(point, self._reach)
        card = self._scene.card_at(point)
        if port is self._port:
            return port
        if port is not None:
            card = self._scene.shown(port.node_id)
        if card is None:
            return None
        wanted = card.input if self._port.gives else card.output
        # A card without the wanted port answers with the other one, so that the edit can say why it is refused.
        return wanted or next(iter(card.ports), None)

    def _open_ports(self) -> set[Port]:
        """Return the ports that would take the wire: those whose cards make no loop with it."""
        graph = Graph(self._design())
        own = self._port.node_id
        closed = graph.upstream(own) if self._port.gives else graph.downstream(own)
        ports = (port for card in self._scene.seen() for port in card.ports)
        return {port for port in ports if port.gives is not self._port.gives and port.node_id not in closed}

    def _show_ports(self, chosen: Port | None) -> None:
        for port in self._open:
            port.show_state(PortState.CHOSEN if port is chosen else PortState.OPEN)
        self._port.show_state(PortState.CHOSEN)


class BandGesture(Gesture):
    """Selects the cards that a stretched rectangle touches; on the spot, it clears the selection."""

    def __init__(self, scene: CanvasScene, point: QPointF, keep: Collection[QGraphicsItem]) -> None:
        self._scene, self._start, self._keep = scene, point, keep
        self._band = QGraphicsRectItem()
        pen = QPen(scene.look.theme.color("accent"), 1)
        pen.setCosmetic(True)
        self._band.setPen(pen)
        self._band.setBrush(scene.look.theme.color("accent", 0.1))
        self._band.setZValue(3)
        scene.addItem(self._band)
        scene.select_only(keep)

    def move(self, point: QPointF, pixel: QPoint) -> None:
        """Stretch the band."""
        band = QRectF(self._start, point).normalized()
        self._band.setRect(band)
        touched = [item for item in self._scene.items(band) if isinstance(item, Card)]
        self._scene.select_only([*self._keep, *touched])

    def finish(self, point: QPointF) -> None:
        """Take the band away; what it touched stays selected."""
        self._scene.removeItem(self._band)

    def cancel(self) -> None:
        """Select what was selected before."""
        self._scene.removeItem(self._band)
        self._scene.select_only(self._keep)


class PanGesture(Gesture):
    """Drags the whole canvas."""

    def __init__(self, view: QGraphicsView, pixel: QPoint) -> None:
        self._view, self._last = view, pixel
        view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def move(self, point: QPointF, pixel: QPoint) -> None:
        """Scroll as the pointer goes."""
        by, self._last = pixel - self._last, pixel
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() - by.x())
        down.setValue(down.value() - by.y())

    def finish(self, point: QPointF) -> None:
        """Let go."""
        self.cancel()

    def cancel(self) -> None:
        """Let go."""
        self._view.viewport().unsetCursor()
