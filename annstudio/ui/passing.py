"""Dialogs that are asked and done with."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtWidgets import QDialog

Dialog = TypeVar("Dialog", bound=QDialog)


@contextmanager
def passing(dialog: Dialog) -> Iterator[Dialog]:
    """Let a dialog go when all has been asked of it; it would stay as long as the window that it belongs to."""
    try:
        yield dialog
    finally:
        dialog.deleteLater()
