"""The column on the left: the palette, and below it, when it is wanted, the outline."""

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

_SHOWN = "outline/shown"
_OUTLINE_SHARE = 0.45


class LeftColumn(QSplitter):
    """The palette keeps its place; the outline comes and goes below it.

    Args:
        palette, outline: the parts.
    """

    outline_shown = Signal(bool)
    """(shown), whenever the outline comes or goes."""

    def __init__(self, palette: QWidget, outline: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._outline = outline
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(palette)
        self.addWidget(outline)
        outline.setMinimumHeight(120)
        palette.setMinimumHeight(160)
        outline.hide()

    def restore(self) -> None:
        """Show the outline if it was there when the window was last closed."""
        self.show_outline(bool(QSettings().value(_SHOWN, False, type=bool)))

    def show_outline(self, shown: bool) -> None:
        """Show the outline or hide it."""
        QSettings().setValue(_SHOWN, shown)
        self._outline.setVisible(shown)
        if shown:
            below = round(self.height() * _OUTLINE_SHARE)
            self.setSizes([self.height() - below, below])
        self.outline_shown.emit(shown)
