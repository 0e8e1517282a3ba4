"""A small button that floats over the canvas."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from annstudio.ui.theme import FONT_PIXELS, RADIUS, Theme, theme_of

_HEIGHT = 26
_PAD = 10


class Chip(QAbstractButton):
    """A rounded button with a short text, painted on the canvas' own card color."""

    def __init__(self, text: str, name: str, tip: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        font = self.font()
        font.setPixelSize(FONT_PIXELS - 1)
        self.setFont(font)

    def sizeHint(self) -> QSize:
        """Fit the text."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2 * _PAD
        return QSize(max(width, _HEIGHT + 2), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Never cut the text."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plate and the text."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_plate(painter, self, theme, hovered=self.underMouse(), pressed=self.isDown() or self.isChecked())
        painter.setPen(theme.color("ink"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


def paint_plate(painter: QPainter, button: QWidget, theme: Theme, hovered: bool, pressed: bool) -> None:
    """Draw the ground of a floating button: rounded, with an edge that shows pointer and keyboard focus."""
    focused = button.hasFocus()
    color = theme.color("accent") if focused else theme.color("muted" if hovered else "line")
    painter.setPen(QPen(color, 2 if focused else 1))
    painter.setBrush(theme.color("accent_soft" if pressed else "card"))
    inset = 1.0 if focused else 0.5
    area = QRectF(button.rect()).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(area, RADIUS - 1, RADIUS - 1)
