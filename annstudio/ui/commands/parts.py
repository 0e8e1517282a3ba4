"""Commands that lead to parts of the window which have no menu: the pace of the run, the tabs of the live views."""

from collections.abc import Callable, Iterator
from functools import partial

from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.commands.command import Command
from annstudio.ui.run_bar import RunBar
from annstudio.ui.translate import translate
from annstudio.ui.view_tabs import ViewTabs


def pace_commands(bar: RunBar) -> Iterator[Command]:
    """Yield the command that leads to the slider of the pace.

    Args:
        bar: has the slider.
    """
    if bar.pace.isVisible():
        yield Command(
            key="pace",
            label=translate(QT_TRANSLATE_NOOP("annstudio", "Pace of training …")),
            run=bar.pace.setFocus,
            place=translate(QT_TRANSLATE_NOOP("annstudio", "Run")),
            icon="play",
            words=translate(QT_TRANSLATE_NOOP("annstudio", "speed slow slower fast faster tempo")),
        )


def view_commands(views: ViewTabs, show: Callable[[int], object]) -> Iterator[Command]:
    """Yield one command for every tab of the live views.

    Args:
        views: the tabs.
        show: brings the tab of this number up.
    """
    for number in range(views.count()):
        yield Command(
            key=f"view {number}",
            label=views.tabText(number),
            run=partial(show, number),
            place=views.accessibleName(),
            icon="layout-grid",
            words=translate(QT_TRANSLATE_NOOP("annstudio", "show view plot chart")),
            chosen=number == views.currentIndex(),
        )
