"""A view of neurons that follows the project and the run, and reads what the pointer or the keyboard points out."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QMargins, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from annstudio.project.model import Project
from annstudio.project.shapes import Flow, flow
from annstudio.project.unroll import spelled_out
from annstudio.training.snapshot import Snapshot
from annstudio.training.trained import same_network
from annstudio.ui.canvas.look import Look
from annstudio.ui.canvas.zoom_tools import ZoomTools
from annstudio.ui.canvas.zoom_view import ZoomView
from annstudio.ui.document import Document
from annstudio.ui.neurons.layout import Point
from annstudio.ui.neurons.legend import Legend
from annstudio.ui.neurons.popup import Popup
from annstudio.ui.neurons.readings import reading_of
from annstudio.ui.neurons.scene import NeuronScene
from annstudio.ui.neurons.things import Link, Thing, Whole
from annstudio.ui.neurons.walking import Way
from annstudio.ui.run_controller import still_shown
from annstudio.ui.theme import theme_of

REACH = 5.0
"""Pixels beside a link at which it still counts as hit."""

_WAYS = {
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
    Qt.Key.Key_Left: Way.LEFT,
    Qt.Key.Key_Right: Way.RIGHT,
}
_LOOKS = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange)
_TABBING = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_FOOT = 12


class ReadingView(ZoomView):
    """Follows the document and the run while it is visible.

    Tab goes from neuron to neuron, the arrows also along the links.

    Attributes:
        scene_of_neurons: what it shows.
        tools: the row of buttons.
    """

    MARGIN = QMargins(24, 44, 24, 38)
    FARTHEST = 0.33
    """At this scale the names of layers can still be read; see LayersItem."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        look = Look(theme_of(QGuiApplication.palette()), QGuiApplication.font())
        scene = NeuronScene(look, *_spelled_out(document.project))
        super().__init__(scene, parent)
        scene.setParent(self)
        self.scene_of_neurons = scene
        self._document = document
        self._snapshot: Snapshot | None = None
        self._outdated = self._stale = False
        self.tools, self._legend, self._popup = ZoomTools(self), Legend(self), Popup(self)
        document.changed.connect(self._on_document_changed)
        document.replaced.connect(self.fit)
        self.moved.connect(self._read)
        self.setCacheMode(ZoomView.CacheModeFlag.CacheBackground)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Network as neurons"))

    @property
    def marked(self) -> Thing | None:
        """What is pointed out."""
        return self.scene_of_neurons.marked

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
        self.setAccessibleDescription(self._popup.reading.sentence if self.marked is not None else "")

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
        self._place_legend()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read what the pointer is on."""
        thing = self._thing_at(event.position().toPoint())
        shape = Qt.CursorShape.PointingHandCursor if thing is not None else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        if thing != self.marked:
            self.point_out(thing)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is on nothing any more."""
        if self._may_read():
            self.point_out(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk and zoom; see the class."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self._act_on(event.key()):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go to the first neuron when Tab leads here, to the last when it comes from behind."""
        super().focusInEvent(event)
        if event.reason() in _TABBING and self.marked is None:
            self._tab(event.reason() is Qt.FocusReason.TabFocusReason)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Walk through the neurons by Tab before leaving."""
        return self._tab(next) or super().focusNextPrevChild(next)

    def _act_on(self, key: int) -> bool:
        """Do what a key means here; return whether it means anything."""
        match key:
            case _ if (way := _WAYS.get(Qt.Key(key))) is not None:
                self._go_to(self.scene_of_neurons.drawn.walker.go(self.marked, way))
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
        thing = self.scene_of_neurons.drawn.walker.tab(self.marked, forward)
        self._go_to(thing)
        return thing is not None

    def _go_to(self, thing: Thing | None) -> None:
        self.point_out(thing)
        if self.marked is not None:
            self.reveal(self.scene_of_neurons.mark_area())

    def _may_read(self) -> bool:
        """Return whether nothing else takes the place of what can be read."""
        return True

    def _read(self) -> None:
        """Show what can be read about the thing that is pointed out."""
        scene, thing = self.scene_of_neurons, self.marked
        place = scene.drawn.picker.place(thing) if thing is not None else None
        if thing is None or place is None or not self._may_read():
            self._popup.hide()
            return
        known = self._snapshot if self._is_current() else None
        reading = reading_of(thing, scene.drawn, known, scene.look.theme)
        if isinstance(thing, Whole):
            # Beside the whole layer, not on it.
            place = Point(scene.mark_area().right(), place.y)
        self._popup.show_reading(reading, QPointF(self._pixel(place)), beside=not isinstance(thing, Link))

    def _catch_up(self) -> None:
        """Draw what has arrived, perhaps while the view was hidden."""
        outdated, stale = self._outdated, self._stale
        self._outdated = self._stale = False
        project = self._document.project
        shown = still_shown(self._snapshot, project)
        if outdated:
            self.scene_of_neurons.show_project(*_spelled_out(project), shown)
            self.refit()
        elif stale:
            self.scene_of_neurons.show_snapshot(shown)
        if outdated or stale:
            strands = self.scene_of_neurons.drawn.strands
            self._legend.show_scale(strands.scale, strands.dashed)
            self._place_legend()
            self._read()

    def _place_legend(self) -> None:
        """Show the legend where it lies over no neuron and is not cut off."""
        legend = self._legend
        legend.move(_FOOT, self.height() - legend.height() - _FOOT)
        legend.setVisible(not self.is_low and legend.geometry().right() < self.width())

    def _renew_look(self) -> None:
        look = self.scene_of_neurons.look
        look.theme, look.font = theme_of(self.palette()), self.font()
        self.resetCachedContent()
        self.scene_of_neurons.renew_look()

    def _is_current(self) -> bool:
        """Return whether there is a snapshot, and of the network that is drawn."""
        project = self._snapshot.project if self._snapshot is not None else None
        return project is not None and same_network(project, self._document.project)

    def _thing_at(self, pixel: QPoint) -> Thing | None:
        point = self.mapToScene(pixel)
        return self.scene_of_neurons.drawn.picker.at(Point(point.x(), point.y()), REACH / self.zoom)

    def _pixel(self, place: Point) -> QPoint:
        return self.mapFromScene(QPointF(place.x, place.y))

    def _on_document_changed(self, before: Project, after: Project) -> None:
        self._outdated = True
        if self.isVisible():
            self._catch_up()


def _spelled_out(project: Project) -> tuple[Project, Mapping[str, Flow]]:
    """Return a project with every copy of its repeated blocks, since each has weights of its own, and their flows."""
    return spelled_out(project), flow(project)
