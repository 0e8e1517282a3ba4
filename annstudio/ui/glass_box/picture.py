"""The network in the glass box: every unit with its numbers, as far as they are known."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from annstudio.labs.glass_box.loss import COST, LOSS
from annstudio.labs.glass_box.marks import Delta, Error, Parameter, Sum, Value
from annstudio.labs.notation import Mark
from annstudio.ui.glass_box.arrangement import Arrangement, arranged
from annstudio.ui.glass_box.painting import Link, NetworkPainter, Seen, links_of
from annstudio.ui.theme import theme_of

_DOTS = 20
_NEAR = 6.0
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_WAYS = {Qt.Key.Key_Right: "over", Qt.Key.Key_Left: "back", Qt.Key.Key_Down: "into", Qt.Key.Key_Up: "out"}


class NetworkPicture(QWidget):
    """Shows a network and lights what a stop is about."""

    pointed = Signal(object)
    """(mark: Mark | None): the pointer has come over something, or left it."""
    chosen = Signal(object)
    """(mark: Mark): a unit, a weight or the loss was clicked."""
    walked = Signal(str)
    """(way: "over", "back", "into" or "out"): an arrow key was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: Seen | None = None
        self._arrangement: Arrangement | None = None
        self._links: list[Link] = []
        self._by_key = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 110)
        # The network reads from left to right in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAccessibleName(self.tr("Network"))

    def show_seen(self, seen: Seen | None) -> None:
        """Show where the walk stands; None is nothing."""
        self._seen = seen
        self._arrange()

    def light(self, mark: Mark | None) -> None:
        """Mark what is pointed at, here or in a formula."""
        if self._seen is not None and mark != self._seen.pointed:
            self._seen = replace(self._seen, pointed=mark)
            self.update()

    def spot_of(self, mark: Mark) -> QPointF | None:
        """Return where something is, in pixels of this widget; None if it is not drawn."""
        placed = self._arrangement
        if placed is None:
            return None
        if mark in (LOSS, COST):
            return None if placed.loss.isEmpty() else placed.loss.center()
        if isinstance(mark, Value):
            return placed.spots.get((mark.place, mark.unit))
        return next((link.middle for link in self._links if link.mark == mark), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the units anew."""
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by the arrows."""
        way = _WAYS.get(Qt.Key(event.key()))
        if way is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.walked.emit(way)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the arrows work here, to those who came by the keyboard."""
        super().focusInEvent(event)
        self._by_key = event.reason() in _BY_KEY
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they do so no longer."""
        super().focusOutEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is pointed at."""
        mark = self._mark_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if mark is not None else Qt.CursorShape.ArrowCursor)
        self.light(mark)
        self.pointed.emit(mark)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say what is clicked."""
        super().mousePressEvent(event)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        mark = self._mark_at(event.position())
        if mark is not None:
            self.chosen.emit(mark)

    def leaveEvent(self, event: QEvent) -> None:
        """Say that nothing is pointed at any more."""
        self.light(None)
        self.pointed.emit(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the network."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("background"))
        painter.setPen(QPen(theme.color("muted", 0.28), 1.5))
        across, down = range(_DOTS // 2, self.width(), _DOTS), range(_DOTS // 2, self.height(), _DOTS)
        painter.drawPoints(QPolygonF([QPointF(x, y) for x in across for y in down]))
        if self._seen is not None and self._arrangement is not None:
            NetworkPainter(self._seen, self._arrangement, self._links, theme).paint(painter)
        if self._by_key and self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _arrange(self) -> None:
        self.update()
        if self._seen is None:
            self._arrangement, self._links = None, []
            return
        moment, lit = self._seen.moment, self._seen.lit
        wanted: dict[int, int] = {}
        for mark in lit:
            if isinstance(mark, Value | Sum | Delta | Error):
                wanted.setdefault(mark.place, mark.unit)
        places = [mark.place for mark in lit if isinstance(mark, Value | Delta | Sum | Parameter)]
        at = max(places, default=moment.last)
        self._arrangement = arranged(moment.network, QSizeF(self.size()), at, wanted)
        self._links = links_of(moment, self._arrangement)

    def _mark_at(self, point: QPointF) -> Mark | None:
        placed = self._arrangement
        if placed is None:
            return None
        if placed.loss.contains(point):
            return LOSS
        for (place, unit), spot in placed.spots.items():
            if (spot - point).manhattanLength() <= placed.radius * 1.3:
                return Value(place, unit)
        near = min(self._links, key=lambda link: link.distance(point), default=None)
        return near.mark if near is not None and near.distance(point) <= _NEAR else None
