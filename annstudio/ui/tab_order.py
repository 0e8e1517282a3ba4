"""The order in which Tab goes through the window: part by part, as one reads them.

Qt's own order is the one in which widgets were made. Much in this window is made when it is first looked at, and
would come last. Qt's order is not asked for at all: `QWidget.nextInFocusChain` of PySide 6.11 makes the next widget
a child of the asked one in Python's eyes, and once that goes, the other can no longer be used.
"""

from collections.abc import Iterator, Sequence
from functools import cmp_to_key

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def next_stop(parts: Sequence[QWidget], current: QWidget | None, forward: bool) -> QWidget | None:
    """Return the widget that Tab leads to, or Shift+Tab; behind the last comes the first.

    Args:
        parts: of the window, in reading order.
        current: has the focus now.
        forward: Tab; else Shift+Tab.
    """
    stops = [stop for part in parts for stop in _stops(part)]
    if not stops:
        return None
    if current not in stops:
        return stops[0] if forward else stops[-1]
    return stops[(stops.index(current) + (1 if forward else -1)) % len(stops)]


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """Yield what takes the focus: the widget itself, and then what is in it, line by line."""
    if not (widget.isVisible() and widget.isEnabled()):
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    children = [child for child in widget.children() if isinstance(child, QWidget) and not child.isWindow()]
    for child in sorted(children, key=cmp_to_key(_compared)):
        yield from _stops(child)


def _compared(one: QWidget, other: QWidget) -> int:
    """Return a negative number if one widget is read before another: it is above, or before it in the same line."""
    first, second = one.geometry(), other.geometry()
    shared = min(first.bottom(), second.bottom()) - max(first.top(), second.top())
    if 2 * shared <= min(first.height(), second.height()):
        return first.top() - second.top()
    across = first.left() - second.left()
    return across if one.layoutDirection() is Qt.LayoutDirection.LeftToRight else -across
