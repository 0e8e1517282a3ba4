"""Which commands were used lately, and that they come first next time."""

from PySide6.QtCore import QSettings

_KEY = "commands/recent"
_MOST = 6


def recent_commands() -> list[str]:
    """Return the keys of the commands used lately, the latest first."""
    stored = QSettings().value(_KEY)
    # A list of one comes back as its only string.
    return [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []


def note_command(key: str) -> None:
    """Put a command first."""
    others = [other for other in recent_commands() if other != key]
    QSettings().setValue(_KEY, [key, *others][:_MOST])
