"""Tables of results beside pictures of them."""

from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QTableWidget

_SWATCH = 12


def result_table(name: str) -> QTableWidget:
    """Return an empty table, a row for each result.

    Args:
        name: for screen readers.
    """
    table = QTableWidget()
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.verticalHeader().hide()
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setHighlightSections(False)
    return table


def swatch(color: QColor) -> QPixmap:
    """Return a square of a color, which says whose curve in the picture a row is."""
    pixmap = QPixmap(_SWATCH, _SWATCH)
    pixmap.fill(color)
    return pixmap


def fit_columns(table: QTableWidget) -> None:
    """Make columns as wide as what is in them, the last one wide enough to fill the table."""
    table.resizeColumnsToContents()
    header = table.horizontalHeader()
    room = table.viewport().width() - header.length()
    if room > 0:
        # Fitting them has undone that the last one stretches.
        last = header.count() - 1
        header.resizeSection(last, header.sectionSize(last) + room)
