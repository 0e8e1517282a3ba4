"""A reason beside the pointer: why what the hand has just tried cannot be."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from annstudio.ui.theme import FONT_PIXELS, RADIUS, theme_of

_MOST_WIDTH = 260
_DISTANCE = 14
_SHOWN_MS = 6000
_ENDS = (QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress, QEvent.Type.Wheel)


class Bubble(QLabel):
    """Stays for a few seconds, or until the next press."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(10, 7, 10, 8)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        font = self.font()
        font.setPixelSize(FONT_PIXELS - 1)
        self.setFont(font)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, reason: str, pixel: QPoint) -> None:
        """Show a sentence close to a pixel of the parent, within the parent."""
        self.setText(reason)
        width = min(_MOST_WIDTH, self.fontMetrics().horizontalAdvance(reason) + 24)
        self.resize(width, self.heightForWidth(width))
        room = self._over.rect()
        left = min(pixel.x() + _DISTANCE, room.right() - self.width() - _DISTANCE)
        top = pixel.y() + _DISTANCE
        if top + self.height() > room.bottom() - _DISTANCE:
            top = pixel.y() - _DISTANCE - self.height()
        self.move(max(_DISTANCE, left), max(_DISTANCE, top))
        self.raise_()
        self.show()
        self._timer.start(_SHOWN_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go when the hand does something else."""
        if event.type() in _ENDS:
            self.hide()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plate, with the edge of the notes beneath cards, and the sentence."""
        # The style sheet makes the background of labels transparent, which their own palettes tell as black.
        theme = theme_of(self._over.palette())
        plate = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for brush in (theme.color("card"), theme.color("error", 0.08)):
                painter.setPen(QPen(theme.color("error", 0.55), 1))
                painter.setBrush(brush)
                painter.drawRoundedRect(plate, RADIUS, RADIUS)
        super().paintEvent(event)
