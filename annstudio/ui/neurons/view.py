"""The view of a network as neurons and links: looks, and sets weights by hand."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QMargins, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from annstudio.core.errors import UserError
from annstudio.project.model import Project
from annstudio.project.shapes import Flow, flow
from annstudio.project.unroll import origins, spelled_out
from annstudio.training.by_hand import WEIGHT
from annstudio.training.snapshot import Snapshot
from annstudio.training.trained import same_network
from annstudio.ui.canvas.bubble import Bubble
from annstudio.ui.canvas.gestures import PanGesture
from annstudio.ui.canvas.look import Look
from annstudio.ui.canvas.zoom_tools import ZoomTools
from annstudio.ui.canvas.zoom_view import ZoomView
from annstudio.ui.document import Document
from annstudio.ui.neurons.layout import Point
from annstudio.ui.neurons.legend import Legend
from annstudio.ui.neurons.popup import Popup
from annstudio.ui.neurons.readings import reading_of
from annstudio.ui.neurons.scene import NeuronScene
from annstudio.ui.neurons.things import Bias, Link, Thing, Weight
from annstudio.ui.neurons.walking import Way
from annstudio.ui.neurons.weight_field import WeightField
from annstudio.ui.neurons.words import value_of
from annstudio.ui.theme import theme_of
from annstudio.ui.translate import translate

_WAYS = {
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
    Qt.Key.Key_Left: Way.LEFT,
    Qt.Key.Key_Right: Way.RIGHT,
}
_LOOKS = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange)
_TABBING = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_REACH = 5.0
"""Pixels beside a link at which it still counts as hit."""
_FOOT = 12


class NeuronView(ZoomView):
    """Neurons and links in place of cards; it follows the document and the run while it is visible.

    The pointer reads what it is on; a click sets a weight or selects a layer, dragging the ground moves the view. Tab
    goes from neuron to neuron, the arrows also along the links, Enter sets a weight.

    Attributes:
        tools: the row of buttons.
    """

    MARGIN = QMargins(24, 44, 24, 38)

    node_clicked = Signal(object)
    """(node id: str | None): a layer was clicked, or the ground."""
    activated = Signal(str)
    """(node id): the user wants a layer's settings."""
    weight_touched = Signal()
    """A weight is about to be set: training should not carry it away meanwhile."""
    weight_entered = Signal(str, str, object, float, str)
    """(name, name of the layer, place: WeightPlace, value, gesture): a weight is to be set."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        look = Look(theme_of(QGuiApplication.palette()), QGuiApplication.font())
        scene = NeuronScene(look, *_spelled_out(document.project))
        super().__init__(scene, parent)
        scene.setParent(self)
        self.scene_of_neurons = scene
        self._document = document
        self._snapshot: Snapshot | None = None
        self._outdated = self._stale = False
        self._pan: PanGesture | None = None
        self._pressed: tuple[QPoint, Thing | None] | None = None
        self._edited: Weight | None = None
        self._openings = 0
        self.tools, self._legend, self._popup, self._bubble = ZoomTools(self), Legend(self), Popup(self), Bubble(self)
        self._field = WeightField(self)
        self._field.installEventFilter(self._bubble)
        self._field.entered.connect(self._on_entered)
        self._field.closed.connect(self._close_field)
        self._field.left.connect(self._on_field_left)
        document.changed.connect(self._on_document_changed)
        document.replaced.connect(self.fit)
        self.moved.connect(self._read)
        self.setCacheMode(ZoomView.CacheModeFlag.CacheBackground)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Network as neurons"))

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Follow the run; None when there is none."""
        self._snapshot = snapshot
        self._stale = True
        if self.isVisible():
            self._catch_up()

    def select_node(self, node_id: str | None) -> None:
        """Point out the selected layer."""
        self.scene_of_neurons.select(node_id)

    def point_out(self, thing: Thing | None) -> None:
        """Point a thing out and say what can be read about it; nothing takes that away."""
        self.scene_of_neurons.mark(thing)
        self._read()
        self.setAccessibleDescription(self._popup.reading.sentence if self.scene_of_neurons.marked else "")

    def edit(self, weight: Weight) -> None:
        """Open the field for a weight; nothing happens where it is not known or belongs to another network."""
        place, snapshot = self.scene_of_neurons.drawn.picker.place(weight), self._snapshot
        if place is None or snapshot is None or not self._is_current(snapshot):
            return
        self.weight_touched.emit()
        value = value_of(weight, self._snapshot.weights) if self._snapshot is not None else None
        if value is None:
            return
        self.point_out(weight)
        self._edited, self._openings = weight, self._openings + 1
        self._field.open_at(value, self._popup.reading.sentence, self._pixel(place))
        self._popup.hide()

    def commit(self) -> None:
        """Let what stands in the field count, if it is open."""
        if self._edited is not None:
            self._field.commit()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the network as it has become, whole at first."""
        super().showEvent(event)
        self._renew_look()
        self._catch_up()
        self.refit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        if event.type() in _LOOKS:
            self._renew_look()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the legend in its corner."""
        super().resizeEvent(event)
        self._legend.move(_FOOT, self.height() - self._legend.height() - _FOOT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the view, or read what the pointer is on."""
        pixel = event.position().toPoint()
        if self._pan is not None:
            self._pan.move(self.mapToScene(pixel), pixel)
        elif self._pressed is None and self._edited is None:
            thing = self._thing_at(pixel)
            shape = Qt.CursorShape.PointingHandCursor if thing is not None else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            if thing != self.scene_of_neurons.marked:
                self.point_out(thing)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the ground, or of a thing."""
        pixel = event.position().toPoint()
        thing = self._thing_at(pixel)
        left = event.button() is Qt.MouseButton.LeftButton
        if event.button() is Qt.MouseButton.MiddleButton or (left and thing is None):
            self._popup.hide()
            self._pan = PanGesture(self, pixel)
        if left:
            self._pressed = pixel, thing
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the ground, or do what a click means."""
        pan, self._pan = self._pan, None
        pressed, self._pressed = self._pressed, None
        pixel = event.position().toPoint()
        moved = pressed is not None and (pixel - pressed[0]).manhattanLength() > _REACH
        if pan is not None:
            pan.finish(self.mapToScene(pixel))
            if moved or pressed is None:
                self.leave_fit()
        if pressed is not None and not moved:
            self._click(pressed[1])
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for a layer's settings."""
        thing = self._thing_at(event.position().toPoint())
        if thing is not None and not isinstance(thing, Link | Bias):
            self.activated.emit(self._original(thing.node_id))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is on nothing any more."""
        if self._edited is None:
            self.point_out(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, set, zoom; see the class."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self._act_on(event.key()):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go to the first neuron when Tab leads here, to the last when it comes from behind."""
        super().focusInEvent(event)
        if event.reason() in _TABBING and self.scene_of_neurons.marked is None:
            self._tab(event.reason() is Qt.FocusReason.TabFocusReason)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Walk through the neurons by Tab before leaving."""
        return self._tab(next) or super().focusNextPrevChild(next)

    def _act_on(self, key: int) -> bool:
        """Do what a key means here; return whether it means anything."""
        marked = self.scene_of_neurons.marked
        match key:
            case _ if (way := _WAYS.get(Qt.Key(key))) is not None:
                self._go_to(self.scene_of_neurons.drawn.walker.go(marked, way))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if isinstance(marked, Link | Bias):
                self.edit(marked)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if marked is not None:
                self.activated.emit(self._original(marked.node_id))
            case Qt.Key.Key_Escape:
                self.point_out(None)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_0:
                self.reset_zoom()
            case _:
                return False
        return True

    def _tab(self, forward: bool) -> bool:
        """Go to the next neuron; return False behind the last."""
        thing = self.scene_of_neurons.drawn.walker.tab(self.scene_of_neurons.marked, forward)
        self._go_to(thing)
        return thing is not None

    def _go_to(self, thing: Thing | None) -> None:
        self.point_out(thing)
        path = self.scene_of_neurons.mark_area()
        if thing is not None and not path.isEmpty():
            self.reveal(path)

    def _click(self, thing: Thing | None) -> None:
        if isinstance(thing, Link | Bias):
            self.edit(thing)
        else:
            self.node_clicked.emit(self._original(thing.node_id) if thing is not None else None)

    def _read(self) -> None:
        """Show what can be read about the thing that is pointed out."""
        scene = self.scene_of_neurons
        place = scene.drawn.picker.place(scene.marked) if scene.marked is not None else None
        if scene.marked is None or place is None or self._edited is not None or self._pan is not None:
            self._popup.hide()
            return
        known = self._snapshot if self._snapshot is not None and self._is_current(self._snapshot) else None
        reading = reading_of(scene.marked, scene.drawn, known, scene.look.theme)
        beside = not isinstance(scene.marked, Link)
        self._popup.show_reading(reading, QPointF(self._pixel(place)), beside)

    def _catch_up(self) -> None:
        """Draw what has arrived, perhaps while the view was hidden."""
        outdated, stale = self._outdated, self._stale
        self._outdated = self._stale = False
        if outdated:
            self.scene_of_neurons.show_project(*_spelled_out(self._document.project))
            self.refit()
        if stale:
            self.scene_of_neurons.show_snapshot(self._snapshot)
            self._renew_field()
        if outdated or stale:
            self._legend.show_scale(self.scene_of_neurons.drawn.strands.scale)
            self._read()

    def _renew_field(self) -> None:
        """Offer the number at which training has come to rest, as long as no other is being typed."""
        if self._edited is None or self._snapshot is None or self._field.pending:
            return
        value = value_of(self._edited, self._snapshot.weights)
        if value is not None:
            self._field.offer(value)

    def _renew_look(self) -> None:
        look = self.scene_of_neurons.look
        look.theme, look.font = theme_of(self.palette()), self.font()
        self.resetCachedContent()
        self.scene_of_neurons.renew_look()

    def _is_current(self, snapshot: Snapshot) -> bool:
        """Return whether a snapshot is of the network that is drawn."""
        return snapshot.project is not None and same_network(snapshot.project, self._document.project)

    def _original(self, node_id: str) -> str:
        """Return the layer of the design that a drawn layer is, or is a copy of."""
        return origins(self._document.project.design)[node_id]

    def _thing_at(self, pixel: QPoint) -> Thing | None:
        point = self.mapToScene(pixel)
        return self.scene_of_neurons.drawn.picker.at(Point(point.x(), point.y()), _REACH / self.zoom)

    def _pixel(self, place: Point) -> QPoint:
        return self.mapFromScene(QPointF(place.x, place.y))

    def _close_field(self) -> None:
        edited, self._edited = self._edited, None
        if edited is not None:
            self._field.hide()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.point_out(edited)

    def _on_entered(self, typed: str) -> None:
        edited = self._edited
        if edited is None:
            return
        try:
            value = WEIGHT.check(typed)
        except UserError as error:
            self._field.show_refusal()
            self._bubble.say(translate(error.message), self._field.geometry().bottomLeft())
            return
        words = self.scene_of_neurons.drawn.words
        stepped = not self._field.pending
        gesture = f"set {self._openings}" if stepped else ""
        self.weight_entered.emit(words.symbol(edited), words.title(edited.node_id), edited.place, value, gesture)
        if stepped:
            self._field.show_value(value)
        else:
            self._close_field()

    def _on_field_left(self) -> None:
        """Close the field when the focus goes elsewhere; what was typed has been entered by then."""
        self._edited = None
        self._field.hide()

    def _on_document_changed(self, before: Project, after: Project) -> None:
        self._on_field_left()
        self._outdated = True
        if self.isVisible():
            self._catch_up()


def _spelled_out(project: Project) -> tuple[Project, Mapping[str, Flow]]:
    """Return a project with every copy of its repeated blocks, since each has weights of its own, and their flows."""
    shown = spelled_out(project)
    return shown, flow(shown)
