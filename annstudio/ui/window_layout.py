"""How large the window and its parts are, and that they are so again next time."""

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt
from PySide6.QtWidgets import QFrame, QMainWindow, QSplitter, QWidget

_SIZE = QSize(1366, 740)
_COLUMNS = [195, 886, 285]
_ROWS = [360, 290]


class WindowLayout:
    """Palette on the left, canvas above the views, inspector on the right.

    Args:
        window: what they are in.
        left, above, below, right: the parts.

    Attributes:
        parts: these four, in reading order.
    """

    def __init__(self, window: QMainWindow, left: QWidget, above: QWidget, below: QWidget, right: QWidget) -> None:
        self._window = window
        self.parts = (left, above, below, right)
        self._rows = _splitter(Qt.Orientation.Vertical, [above, below], stretch=0)
        self.columns = _splitter(Qt.Orientation.Horizontal, [left, self._rows, right], stretch=1)

    def reset(self) -> None:
        """Divide the room as at the first start; where it is scarce, everything gives way alike."""
        size = self._window.size()
        self.columns.setSizes(_shared(_COLUMNS, size.width() / _SIZE.width()))
        self._rows.setSizes(_shared(_ROWS, size.height() / _SIZE.height()))

    def restore(self) -> None:
        """Put everything where it was when the window was last closed."""
        self._window.resize(_SIZE.boundedTo(self._window.screen().availableSize()))
        self.reset()
        settings = QSettings()
        for key, restore in (
            ("window/geometry", self._window.restoreGeometry),
            ("window/columns", self.columns.restoreState),
            ("window/rows", self._rows.restoreState),
        ):
            state = settings.value(key)
            if isinstance(state, QByteArray):
                restore(state)

    def remember(self) -> None:
        """Note where everything is."""
        settings = QSettings()
        settings.setValue("window/geometry", self._window.saveGeometry())
        settings.setValue("window/columns", self.columns.saveState())
        settings.setValue("window/rows", self._rows.saveState())


def _shared(sizes: list[int], scale: float) -> list[int]:
    """Return the sizes, smaller where there is less room than they need."""
    return [round(size * min(scale, 1.0)) for size in sizes]


def _splitter(orientation: Qt.Orientation, parts: list[QWidget], stretch: int) -> QSplitter:
    """Return a splitter with a hairline between its parts; one of them takes what room is left."""
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    for part in parts:
        if isinstance(part, QFrame):
            part.setFrameShape(QFrame.Shape.NoFrame)
        splitter.addWidget(part)
    splitter.setStretchFactor(stretch, 1)
    return splitter
