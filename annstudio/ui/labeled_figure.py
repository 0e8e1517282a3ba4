"""A number of a bar, with its caption."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annstudio.ui.fonts import figures_font, text_font
from annstudio.ui.theme import theme_of


class LabeledFigure(QWidget):
    """A small caption over a large number. Painted here, because a label would lay out the bar at every change."""

    def __init__(self, caption: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._caption, self._value = caption, "–"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # A number and its percent sign keep their order in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._say()

    def show_figure(self, value: str, caption: str | None = None) -> None:
        """Show this value, under another caption if one is given."""
        caption = caption or self._caption
        if (value, caption) != (self._value, self._caption):
            self._value, self._caption = value, caption
            self._say()
            self.update()

    @property
    def value(self) -> str:
        """The number as it is shown."""
        return self._value

    def sizeHint(self) -> QSize:
        """Be as wide as a usual number."""
        return QSize(94, 38)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint caption and number."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(text_font(11))
        painter.setPen(theme.color("muted"))
        painter.drawText(QRect(0, 0, self.width(), 15), right, self._caption)
        painter.setFont(figures_font(17, text_font().Weight.Bold))
        painter.setPen(theme.color("ink"))
        painter.drawText(QRect(0, 15, self.width(), 22), right, self._value)

    def _say(self) -> None:
        self.setAccessibleName(f"{self._caption}: {self._value}")
