"""Rows that may become narrower than all of their parts together."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QLayout, QWidget

Part = Callable[[bool], object]
"""Shows a part of a row in full (True), or shorter, or not at all (False)."""


class Fitting(QObject):
    """Gives parts of a row up while there is no room for them, and takes them back when there is.

    Args:
        row: whose layout holds the parts.
        parts: the first is given up first.
    """

    def __init__(self, row: QWidget, parts: Sequence[Part]) -> None:
        super().__init__(row)
        self._row, self._parts = row, parts
        self._needed: list[int] = []
        """The row's least width with none of the parts given up, with one, with two and so on."""
        self._given_up = 0
        layout = row.layout()
        if layout is not None:
            # The row may be narrower than what is in it at the moment.
            layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.installEventFilter(self)

    @property
    def wanted(self) -> int:
        """The least width in which nothing is given up."""
        self._needed = self._needed or self._measured()
        return self._needed[0]

    def fit(self) -> None:
        """Find anew what there is room for: what is in the row has changed."""
        self._needed = self._measured()
        self._follow_width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the row's width."""
        if event.type() == QEvent.Type.Resize:
            self._needed = self._needed or self._measured()
            self._follow_width()
        return False

    def _follow_width(self) -> None:
        roomy = (number for number, width in enumerate(self._needed) if width <= self._row.width())
        wanted = next(roomy, len(self._parts))
        for part in self._parts[self._given_up : wanted]:
            part(False)
        for part in self._parts[wanted : self._given_up]:
            part(True)
        layout = self._row.layout()
        if self._given_up != wanted and layout is not None:
            # At once: what is painted before the next round of events would stand in its old place.
            layout.activate()
        self._given_up = wanted

    def _measured(self) -> list[int]:
        """Return the widths that are needed; it leaves all parts given up."""
        for part in self._parts:
            part(True)
        widths = [self._width()]
        for part in self._parts:
            part(False)
            widths.append(self._width())
        self._given_up = len(self._parts)
        return widths

    def _width(self) -> int:
        layout = self._row.layout()
        return layout.minimumSize().width() if layout is not None else 0


class FittingRow(QWidget):
    """A row for a Fitting: it asks for no more room than its last part takes.

    Args:
        least: that room.
    """

    def __init__(self, least: QSize) -> None:
        super().__init__()
        self._least = least

    def minimumSizeHint(self) -> QSize:
        """Make do with little room."""
        return self._least
