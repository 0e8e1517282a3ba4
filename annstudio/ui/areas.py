"""The order in which F6 goes through the areas of the window."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from annstudio.ui.tab_order import next_stop


def next_area(areas: Sequence[QWidget], current: QWidget | None, forward: bool) -> QWidget | None:
    """Return what takes the focus in the next area, or in the one before; behind the last comes the first.

    In each area, that is what had the focus there last, or else its first stop.

    Args:
        areas: of the window, in reading order; those that are hidden, or where nothing takes the focus, are passed by.
        current: has the focus now.
        forward: F6; else Shift+F6.
    """
    order = list(areas) if forward else list(areas)[::-1]
    here = next((number for number, area in enumerate(order) if current is not None and _holds(area, current)), -1)
    order = order[here + 1 :] + order[: here + 1]
    return next((stop for area in order if (stop := _stop(area)) is not None), None)


def _holds(area: QWidget, widget: QWidget) -> bool:
    return area is widget or area.isAncestorOf(widget)


def _stop(area: QWidget) -> QWidget | None:
    # Qt remembers in every widget which of those within had the focus last.
    last = area.focusWidget()
    if last is not None and last.isVisible() and last.isEnabled():
        return last
    return next_stop((area,), None, True)
