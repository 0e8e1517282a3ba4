"""Parts of the window that can be hidden, as before a class where only the network matters."""

from functools import partial

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget


def make_hideable(part: QWidget, action: QAction, key: str) -> None:
    """Let a checkable action show and hide a part; the part is so again next time.

    Args:
        part: of the window.
        action: is checked while the part is shown.
        key: what its state is kept under in the settings.
    """
    shown = bool(QSettings().value(key, True, type=bool))
    action.setChecked(shown)
    part.setVisible(shown)
    action.toggled.connect(partial(_show, part, key))


def _show(part: QWidget, key: str, shown: bool) -> None:
    QSettings().setValue(key, shown)
    part.setVisible(shown)
