"""A time line of introductions, and what the models of one library use."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListWidget, QWidget

from annstudio.engine.activations import activations
from annstudio.labs.activations.history import Usage, introductions, usage
from annstudio.ui.page_parts import label, page_layout
from annstudio.ui.racing.colors import racer_color
from annstudio.ui.translate import translate
from annstudio.ui.views.frame import Axis, fit_frame, paint_axes
from annstudio.ui.views.painting import picture_painter, small_font
from annstudio.ui.views.view import Picture


class _Years(Axis):
    """Years are no quantities: nothing parts their thousands."""

    def labels(self, ticks: list[float]) -> list[str]:
        """See Axis.labels."""
        return [f"{tick:.0f}" for tick in ticks]


class UsagePicture(Picture):
    """Shares of each year, one upon the other."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setMinimumSize(160, 120)
        self.usage: Usage = usage()

    def paint_picture(self) -> None:
        """Paint axes, bars and the key."""
        found = self.usage
        bounds = QRectF(self.rect()).adjusted(4, 34, -4, -4)
        first, last = found.years[0], found.years[-1]
        x = _Years(self.tr("year of the first release with the family"), first - 0.6, last + 0.6)
        frame = fit_frame(bounds, x, Axis(self.tr("% of families"), 0, 100))
        with picture_painter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_axes(painter, self.theme, frame)
            for place, year in enumerate(found.years):
                whole = sum(row[place] for row in found.counts.values())
                below = 0.0
                for number, row in enumerate(found.counts.values()):
                    share = 100 * row[place] / whole
                    top, bottom = frame.point(year, below + share), frame.point(year, below)
                    left, right = frame.point(year - 0.36, 0).x(), frame.point(year + 0.36, 0).x()
                    painter.setPen(QPen(self.theme.color("card"), 1))
                    painter.setBrush(racer_color(number))
                    painter.drawRect(QRectF(left, top.y(), right - left, bottom.y() - top.y()))
                    below += share
            self._paint_key(painter, list(found.counts))

    def _paint_key(self, painter: QPainter, names: list[str]) -> None:
        painter.setFont(small_font())
        x = 40.0
        for number, name in enumerate(names):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(racer_color(number))
            painter.drawRoundedRect(QRectF(x, 12, 12, 12), 3, 3)
            painter.setPen(self.theme.color("ink"))
            painter.drawText(QRectF(x + 18, 8, 100, 20), Qt.AlignmentFlag.AlignVCenter, name)
            x += 34 + painter.fontMetrics().horizontalAdvance(name) + 10


class HistoryPage(QWidget):
    """The chart on the left, the time line on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = UsagePicture(self.tr("Default activations of the model families of one library"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Time line"))
        self.list.setMinimumHeight(300)
        self.list.setWordWrap(True)
        for each in introductions():
            name = translate(activations[each.key].info.label)
            self.list.addItem(f"{each.year}  {name}\n{each.reference}")
        about = label(
            "muted",
            self.tr(
                "Counted from the configuration files of the transformers library: the default hidden activation of"
            )
            + " "
            + self.tr("each model family first present in a year's last release. It speaks of that library only."),
        )
        title = label("title", self.tr("Introductions"))
        page_layout(self, self.picture, about, title, self.list)
