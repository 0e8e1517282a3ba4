"""The figure as it will be, fitted into the dialog."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from annstudio.ui.theme import RADIUS, theme_of

_MARGIN = 20
_SMALLEST = QSize(300, 220)


class Preview(QWidget):
    """Shows an image in the middle of a quiet ground; another one is asked for when its size has changed."""

    resized = Signal()
    """There is more or less room than before."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setMinimumSize(_SMALLEST)
        self.setAccessibleName(self.tr("Preview of the figure"))

    @property
    def room(self) -> tuple[int, int]:
        """Width and height of the largest image that fits, in pixels of the screen."""
        scale = self.devicePixelRatioF()
        return round((self.width() - 2 * _MARGIN) * scale), round((self.height() - 2 * _MARGIN) * scale)

    def show_image(self, image: QImage) -> None:
        """Show this image."""
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._image = image
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for an image that fits."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and the image as a sheet on it."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line", 0.6))
        painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)
        if self._image.isNull():
            return
        size = self._image.deviceIndependentSize()
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        sheet = QRectF(left, top, size.width(), size.height())
        painter.drawImage(sheet, self._image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("muted", 0.4), 1))
        painter.drawRect(sheet)
