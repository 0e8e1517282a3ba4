"""What floats over the canvas: a line that sums the network up, the zoom buttons, the status."""

from functools import reduce

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtWidgets import QLabel

from annstudio.ui.canvas.chip import Chip
from annstudio.ui.canvas.gesture_view import GestureView
from annstudio.ui.canvas.hint import Hint
from annstudio.ui.canvas.look import wrapped_tip
from annstudio.ui.canvas.minimap import Minimap
from annstudio.ui.canvas.status_pill import Level, Status, StatusPill
from annstudio.ui.canvas.zoom_tools import MARGIN, TOP, ZoomTools
from annstudio.ui.theme import FONT_PIXELS

_LOW = 240
_PILL_WIDTHS = (600, 420, 300)
"""What it may take before its sentence is broken into lines; it goes narrower only to leave a card free."""


class Overlay(QObject):
    """Keeps its widgets at the corners of the view.

    Attributes:
        pill: says whether the network can run.
        minimap: shows all of a network that does not fit.
        tools: the row of buttons.
    """

    status_clicked = Signal(str)
    """(node id) of the layer that the status is about."""
    problems_clicked = Signal()
    """The user wants to see all that is wrong."""
    tidy_clicked = Signal()

    def __init__(self, view: GestureView) -> None:
        super().__init__(view)
        self._view = view
        self._summary = QLabel(view)
        self._summary.setProperty("role", "muted")
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summaries: tuple[str, ...] = ("",)
        font = self._summary.font()
        font.setPixelSize(FONT_PIXELS - 1)
        self._summary.setFont(font)
        self.pill = StatusPill(view)
        self.pill.clicked.connect(self._on_pill_clicked)
        self.minimap = Minimap(view, view.canvas)
        self._hint = Hint(view)
        self._hint.fit_clicked.connect(view.fit)
        self.tools = ZoomTools(view)
        tidy = Chip(self.tr("Tidy"), self.tr("Tidy"), self.tr("Line the layers up"), self.tools)
        tidy.clicked.connect(self.tidy_clicked)
        self.tools.add(tidy)
        self.tools.arranged.connect(self.arrange)
        view.moved.connect(self._show_hint)
        view.fitted.connect(self.arrange)
        view.installEventFilter(self)
        self.arrange()

    def show(self, summaries: tuple[str, ...], facts: tuple[str, ...], status: Status) -> None:
        """Say what the network is and whether it can run.

        Args:
            summaries: what it is in one line, in full and then shorter, for where there is no room.
            facts: what the line's figures mean.
            status: see Status.
        """
        self._summaries = summaries
        self._summary.setToolTip(wrapped_tip(*facts))
        self._summary.setAccessibleDescription(" ".join(facts))
        self.show_status(status)

    def show_status(self, status: Status) -> None:
        """Say whether the network can run."""
        self.pill.show_status(status)
        self.arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the corners when the view is resized."""
        if event.type() == QEvent.Type.Resize:
            self.arrange()
        return False

    def arrange(self) -> None:
        """Find everything its place: the view, the cards or a text have changed."""
        self._show_longest_summary(self.tools.x() - 2 * MARGIN)
        self._summary.move(QPoint(MARGIN, TOP + (self.tools.height() - self._summary.height()) // 2))
        self.minimap.renew()
        self._place_pill()
        self._show_hint()

    def _show_longest_summary(self, width: int) -> None:
        """Show the longest of the summaries that fits, or none."""
        metrics = self._summary.fontMetrics()
        fitting = (text for text in self._summaries if metrics.horizontalAdvance(text) <= width)
        self._summary.setText(next(fitting, ""))
        self._summary.adjustSize()
        self._summary.setVisible(bool(self._summary.text()))

    def _show_hint(self) -> None:
        """Say what to do where no card is in view."""
        cards = self._view.canvas.seen()
        seen = self._seen()
        if not cards:
            self._hint.show_empty()
        elif any(seen.intersects(card.area) for card in cards):
            self._hint.hide()
        else:
            self._hint.show_lost()

    def _place_pill(self) -> None:
        """Put the pill where it covers the fewest cards and notes, at the first of such places."""
        places = [(place, self._view.mapToScene(place).boundingRect()) for place in self._pill_places()]
        taken = self._taken(reduce(QRectF.united, (area for _, area in places)))
        counts = [sum(map(area.intersects, taken)) for _, area in places]
        covered = min(counts)
        place, _ = places[counts.index(covered)]
        self.pill.setGeometry(place)
        # In a low view good news is not worth a card.
        dispensable = self.pill.status.level is Level.READY and self._view.height() < _LOW
        self.pill.setVisible(not dispensable or not covered)

    def _taken(self, strip: QRectF) -> list[QRectF]:
        """Return what the cards and notes that reach into a strip of the view cover, in scene units."""
        cards = self._view.canvas.seen()
        notes = [card.note_area for card in cards if card.problems.errors]
        areas = [*(card.area for card in cards), *(area for area in notes if area is not None)]
        return list(filter(strip.intersects, areas))

    def _seen(self) -> QRectF:
        """Return what the view shows, in scene units."""
        return self._view.mapToScene(self._view.viewport().rect()).boundingRect()

    def _pill_places(self) -> list[QRect]:
        """Return where the pill may be: low on the left, low on the right beside the map, and the same but narrower."""
        right, bottom = self._view.width() - MARGIN, self._view.height() - 12
        if not self.minimap.isHidden():
            right = self.minimap.x() - MARGIN
        places = []
        for width in _PILL_WIDTHS:
            size = self.pill.size_for(min(width, right - MARGIN))
            for left in (MARGIN, max(MARGIN, right - size.width())):
                places.append(QRect(QPoint(left, bottom - size.height()), size))
        return places

    def _on_pill_clicked(self) -> None:
        if self.pill.status.node is not None:
            self.status_clicked.emit(self.pill.status.node)
        self.problems_clicked.emit()
