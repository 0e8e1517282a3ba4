"""The commands that fit what was typed, best first, as a model for the list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, auto

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annstudio.ui.commands.command import Command
from annstudio.ui.commands.matching import Match, match

Index = QModelIndex | QPersistentModelIndex

_LATELY = 0.5
"""What it is worth, against a better fit, that a command was used lately."""
_MOST = 100


class Role(IntEnum):
    """Where the model keeps what the delegate paints."""

    HIT = Qt.ItemDataRole.UserRole
    RECENT = auto()


@dataclass(frozen=True)
class Hit:
    """A command, and which letters of its name were meant."""

    command: Command
    places: tuple[int, ...] = ()


def ranked(commands: Iterable[Command], typed: str, recent: Sequence[str]) -> list[Hit]:
    """Return the commands that fit, best first; of equals those used lately, the latest of them first."""
    found, typed = [], typed.strip()
    for number, given in enumerate(commands):
        command, sought = _with_number(given, typed)
        fit = match(sought, command.label, f"{command.place} {command.words}") if sought else Match(0.0)
        if fit is not None:
            lately = recent.index(command.key) if command.key in recent else len(recent)
            bonus = _LATELY if lately < len(recent) else 0.0
            found.append((-fit.score - bonus, lately, number, Hit(command, fit.places)))
    return [hit for *_, hit in sorted(found, key=lambda each: each[:3])]


def _with_number(command: Command, typed: str) -> tuple[Command, str]:
    """Return what is meant and sought: “batch size 32” is the command that sets 32, sought by “batch size”."""
    name, _, last = typed.rpartition(" ")
    if command.with_number is None or not name or not _is_number(last):
        return command, typed
    return command.with_number(last), name


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


class Hits(QAbstractListModel):
    """The hits, one a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []
        self._recent: Sequence[str] = ()

    def show_hits(self, hits: Sequence[Hit], recent: Sequence[str]) -> None:
        """Show these from now on.

        Args:
            hits: best first; more than anybody would scroll through are left out.
            recent: keys of the commands that were used lately.
        """
        self.beginResetModel()
        self._hits, self._recent = list(hits[:_MOST]), recent
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name and, for a screen reader, where else it is found and its key."""
        hit = self._hits[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return hit.command.label
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return ", ".join(part for part in (hit.command.place, hit.command.shortcut) if part)
            case Role.HIT:
                return hit
            case Role.RECENT:
                return hit.command.key in self._recent
        return None
