"""The column on the left: the palette, and below it, or in its place, when it is wanted, the outline."""

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_SHOWN = "outline/shown"
_OUTLINE_SHARE = 0.45
_LEAST_PALETTE, _LEAST_OUTLINE = 160, 120


class LeftColumn(QSplitter):
    """The palette keeps its place; the outline comes and goes below it, or in its place where both would be too low.

    Args:
        palette, outline: the parts.
    """

    outline_shown = Signal(bool)
    """(shown), whenever the outline comes or goes."""

    def __init__(self, palette: QWidget, outline: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._palette, self._outline = palette, outline
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(palette)
        self.addWidget(outline)
        outline.setMinimumHeight(_LEAST_OUTLINE)
        palette.setMinimumHeight(_LEAST_PALETTE)
        outline.hide()

    def restore(self) -> None:
        """Show the outline if it was there when the window was last closed."""
        self.show_outline(bool(QSettings().value(_SHOWN, False, type=bool)))

    def show_outline(self, shown: bool) -> None:
        """Show the outline or hide it."""
        QSettings().setValue(_SHOWN, shown)
        self._outline.setVisible(shown)
        self._make_room()
        if shown:
            below = round(self.height() * _OUTLINE_SHARE)
            self.setSizes([self.height() - below, below])
        self.outline_shown.emit(shown)

    def minimumSizeHint(self) -> QSize:
        """Be as low as one of the two may be: they can take turns."""
        return QSize(super().minimumSizeHint().width(), max(_LEAST_PALETTE, _LEAST_OUTLINE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both where there is room again, and one where there is not."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        least = _LEAST_PALETTE + self.handleWidth() + _LEAST_OUTLINE
        self._palette.setVisible(self._outline.isHidden() or self.height() >= least)
