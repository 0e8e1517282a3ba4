"""Commands from the menu bar: every action that can be carried out now."""

from collections.abc import Callable, Iterator

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from annstudio.ui.commands.command import Command


def menu_commands(
    bar: QMenuBar, own: QAction, icon_of: Callable[[QAction], str], words_of: Callable[[QAction], str]
) -> Iterator[Command]:
    """Yield the enabled actions of all menus and of the menus within them.

    Args:
        bar: of the window.
        own: the palette's own action, which is left out.
        icon_of: the name of an action's picture, or an empty text.
        words_of: other words that find an action.
    """
    for action in bar.actions():
        menu = action.menu()
        if isinstance(menu, QMenu):
            within = _commands(menu, plain(action.text()), icon_of, words_of)
            yield from (command for command in within if command.run != own.trigger)


def plain(text: str) -> str:
    """Return the text of an action without the marks of its access key, and without the dots of one that asks."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")


def _commands(
    menu: QMenu, place: str, icon_of: Callable[[QAction], str], words_of: Callable[[QAction], str]
) -> Iterator[Command]:
    for action in menu.actions():
        within = action.menu()
        if isinstance(within, QMenu):
            yield from _commands(within, f"{place} › {plain(action.text())}", icon_of, words_of)
        elif action.isEnabled() and action.isVisible() and not action.isSeparator():
            yield Command(
                key=f"menu {action.iconText()}",
                label=plain(action.text()),
                run=action.trigger,
                place=place,
                shortcut=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
                icon=icon_of(action),
                words=words_of(action),
                chosen=action.isChecked(),
            )
