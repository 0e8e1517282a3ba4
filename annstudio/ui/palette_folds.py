"""Which headings of the palette are open, and that they are so again next time."""

from PySide6.QtCore import QSettings

_OPEN_AT_FIRST = {"Layers", "Start from"}
"""What a first network needs: they and all examples fit on a classroom laptop's screen."""


def is_open(heading: str) -> bool:
    """Return whether the heading, named as in the code, untranslated, was left open."""
    return bool(QSettings().value(_key(heading), heading in _OPEN_AT_FIRST, type=bool))


def remember_open(heading: str, open_: bool) -> None:
    """Note how the heading was left."""
    if open_ != is_open(heading):
        QSettings().setValue(_key(heading), open_)


def _key(heading: str) -> str:
    return f"palette/{heading}"
