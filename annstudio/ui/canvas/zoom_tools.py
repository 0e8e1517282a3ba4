"""The row of buttons at the upper right corner of a drawing of the network."""

from collections.abc import Iterable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from annstudio.ui.canvas.chip import Chip
from annstudio.ui.canvas.zoom_view import ZoomView
from annstudio.ui.fitting import Fitting

MARGIN = 14
TOP = 10
"""Between the row and the edges of the view."""


class ZoomTools(QWidget):
    """Zooms and fits its view; others may put their buttons beside."""

    arranged = Signal()
    """The row may begin somewhere else."""

    def __init__(self, view: ZoomView) -> None:
        super().__init__(view)
        self._view = view
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._percent = Chip("", "", "", self)
        self._percent.setToolTip(self.tr("Back to 100 % (0)"))
        smaller = Chip("−", self.tr("Zoom out"), self.tr("Zoom out (Ctrl −)"), self)
        larger = Chip("+", self.tr("Zoom in"), self.tr("Zoom in (Ctrl +)"), self)
        fit = Chip(self.tr("Fit"), self.tr("Fit"), self.tr("Show the whole network"), self)
        smaller.clicked.connect(view.zoom_out)
        larger.clicked.connect(view.zoom_in)
        fit.clicked.connect(view.fit)
        self._percent.clicked.connect(view.reset_zoom)
        # The scale can also be changed by the wheel and by keys.
        self._fitting = Fitting(self, [self._percent.setVisible, partial(_show_all, (smaller, larger))])
        for chip in (smaller, self._percent, larger, fit):
            self.add(chip)
        view.zoomed.connect(self._on_zoomed)
        view.installEventFilter(self)
        self._on_zoomed(view.zoom)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end of the row."""
        self._row.addWidget(widget)
        self._order()

    def lead(self, widget: QWidget) -> None:
        """Put a widget at the beginning of the row, a little apart."""
        self._row.insertWidget(0, widget)
        self._row.insertSpacing(1, 6)
        self._order()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the corner when the view is resized."""
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False

    def _order(self) -> None:
        """Let Tab go along the row."""
        items = (self._row.itemAt(index) for index in range(self._row.count()))
        widgets = [widget for item in items if item is not None and (widget := item.widget()) is not None]
        for widget, following in pairwise(widgets):
            QWidget.setTabOrder(widget, following)
        self._fitting.fit()
        self._arrange()

    def _arrange(self) -> None:
        self.resize(min(self._fitting.wanted, self._view.width() - 2 * MARGIN), self.sizeHint().height())
        self.move(self._view.width() - self.width() - MARGIN, TOP)
        self.arranged.emit()

    def _on_zoomed(self, zoom: float) -> None:
        self._percent.setText(self.tr("{percent} %").format(percent=round(100 * zoom)))
        self._percent.setAccessibleName(self.tr("Zoom {percent} %").format(percent=round(100 * zoom)))
        self._fitting.fit()
        self._arrange()


def _show_all(widgets: Iterable[QWidget], shown: bool) -> None:
    for widget in widgets:
        widget.setVisible(shown)
