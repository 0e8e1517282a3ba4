"""Whether the network can run, in one sentence on the canvas."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from annstudio.ui.canvas.chip import paint_plate
from annstudio.ui.canvas.look import wrapped_tip
from annstudio.ui.icons import paint_icon
from annstudio.ui.theme import FONT_PIXELS, RADIUS, theme_of

_ICON = 16
_LEFT = 36
_PAD = 7
_RIGHT = 12
_BAR = 4.0
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


class Level(Enum):
    """How good the news is: an icon and a color of the theme."""

    READY = ("circle-check", "ok")
    NOTE = ("info", "muted")
    WARNING = ("triangle-alert", "warning")
    ERROR = ("circle-alert", "error")


@dataclass(frozen=True)
class Status:
    """What the pill says.

    Args:
        level: how good the news is.
        sentence: translated.
        node: id of the layer that it is about, None for the whole.
    """

    level: Level
    sentence: str
    node: str | None = None


class StatusPill(QAbstractButton):
    """Says it; a click leads to the layer that it is about, and to all that is wrong.

    Attributes:
        status: what it says now.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.status = Status(Level.READY, "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleDescription(self.tr("Opens the list of problems"))
        font = self.font()
        font.setPixelSize(FONT_PIXELS - 1)
        self.setFont(font)

    def show_status(self, status: Status) -> None:
        """Say this from now on."""
        self.status = status
        self.setAccessibleName(status.sentence)
        self.setToolTip(wrapped_tip(status.sentence, self.tr("A click opens the list of problems.")))
        self.update()

    def size_for(self, width: int) -> QSize:
        """Return the size it needs when it may be this wide."""
        room = QRect(0, 0, width - _LEFT - _RIGHT, 10_000)
        text = self.fontMetrics().boundingRect(room, _WRAPPED, self.status.sentence)
        return QSize(text.width() + _LEFT + _RIGHT + 2, max(text.height(), _ICON) + 2 * _PAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plate, its colored edge, the icon and the sentence."""
        theme = theme_of(self.palette())
        icon_name, token = self.status.level.value
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_plate(painter, self, theme, hovered=self.underMouse(), pressed=self.isDown())
        # The colored bar at the left is a slice of the same rounded plate.
        plate = QPainterPath()
        plate.addRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        painter.setClipRect(QRectF(0, 0, _BAR, self.height()))
        painter.fillPath(plate, theme.color(token))
        painter.setClipping(False)
        box = QRect(13, (self.height() - _ICON) // 2, _ICON, _ICON)
        paint_icon(painter, box, icon_name, theme.color(token).name())
        painter.setPen(theme.color("ink"))
        painter.drawText(self.rect().adjusted(_LEFT, 0, -_RIGHT + 2, 0), _WRAPPED, self.status.sentence)
