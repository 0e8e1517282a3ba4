"""The order in which Tab goes through the window: part by part, as one reads them.

Qt's own order is the one in which widgets were made. Much in this window is made when it is first looked at, and
would come last.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def next_stop(parts: Sequence[QWidget], current: QWidget | None, forward: bool) -> QWidget | None:
    """Return the widget that Tab leads to, or Shift+Tab; behind the last comes the first.

    Args:
        parts: of the window, in reading order; within a part Qt's own order holds.
        current: has the focus now.
        forward: Tab; else Shift+Tab.
    """
    stops = [stop for part in parts for stop in _stops(part)]
    if not stops:
        return None
    if current not in stops:
        return stops[0] if forward else stops[-1]
    return stops[(stops.index(current) + (1 if forward else -1)) % len(stops)]


def _stops(part: QWidget) -> Iterator[QWidget]:
    """Yield what takes the focus within a part, in Qt's order."""
    widget: QWidget | None = part
    while widget is not None:
        if _is_stop(widget) and (widget is part or part.isAncestorOf(widget)):
            yield widget
        widget = widget.nextInFocusChain()
        if widget is part:
            return


def _is_stop(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return takes and widget.isVisible() and widget.isEnabled()
