"""What can be wrong with a file, as sentences that go on after a colon."""

import errno
import os
import re
from collections.abc import Mapping
from pathlib import Path

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, printable, text

_BOTH = {
    errno.ENOTDIR: QT_TRANSLATE_NOOP("annstudio", "there is no such folder; check its name."),
    errno.EISDIR: QT_TRANSLATE_NOOP("annstudio", "this is a folder, not a file; choose a file."),
    errno.ELOOP: QT_TRANSLATE_NOOP("annstudio", "its links lead in a circle; choose another file."),
    errno.ENAMETOOLONG: QT_TRANSLATE_NOOP("annstudio", "the name is too long; choose a shorter one."),
}

_NOT_READABLE = QT_TRANSLATE_NOOP("annstudio", "you have no permission to read it; ask its owner or use another copy.")
_READING = {
    **_BOTH,
    errno.ENOENT: QT_TRANSLATE_NOOP("annstudio", "there is no such file; check its name and folder."),
    errno.EACCES: _NOT_READABLE,
    errno.EPERM: _NOT_READABLE,
}

_NOT_WRITABLE = QT_TRANSLATE_NOOP("annstudio", "you have no permission to write here; choose another folder.")
_WRITING = {
    **_BOTH,
    errno.ENOENT: QT_TRANSLATE_NOOP("annstudio", "there is no such folder; make it or choose another."),
    errno.EACCES: _NOT_WRITABLE,
    errno.EPERM: _NOT_WRITABLE,
    errno.EROFS: QT_TRANSLATE_NOOP("annstudio", "this disk is read-only; choose another folder."),
    errno.ENOSPC: QT_TRANSLATE_NOOP("annstudio", "the disk is full; free some space or choose another disk."),
}
if hasattr(errno, "EDQUOT"):
    _WRITING[errno.EDQUOT] = QT_TRANSLATE_NOOP("annstudio", "your share of the disk is full; free some space.")


_LONGEST_SHOWN = 100
"""Characters of a path in a sentence."""

_PLACE = re.compile(r" - at `\$\.?([\w.\[\]]*)`\Z")
"""Where a decoder stumbled, at the end of what it says; what comes before may hold words of the file."""


def unopened(path: Path, problem: Text) -> UserError:
    """Return that a file cannot be opened."""
    return UserError(
        text(QT_TRANSLATE_NOOP("annstudio", "“{file}” cannot be opened: {problem}"), file=_name(path), problem=problem)
    )


def unsaved(path: Path, problem: Text) -> UserError:
    """Return that a file cannot be saved."""
    return UserError(
        text(QT_TRANSLATE_NOOP("annstudio", "“{file}” cannot be saved: {problem}"), file=_name(path), problem=problem)
    )


def of_reading(error: OSError) -> Text:
    """Return what the operating system complains of when a file is read."""
    said = QT_TRANSLATE_NOOP("annstudio", "the system says “{reason}”; use another copy of the file.")
    return _of_system(error, _READING, said)


def of_writing(error: OSError) -> Text:
    """Return what the operating system complains of when a file is written."""
    return _of_system(
        error, _WRITING, QT_TRANSLATE_NOOP("annstudio", "the system says “{reason}”; try another folder or disk.")
    )


def no_folder(folder: Path) -> Text:
    """Return that there is no folder to save into; of a long path the end says more."""
    shown = printable(str(folder))
    return text(
        QT_TRANSLATE_NOOP("annstudio", "there is no folder “{folder}”; make it or choose another."),
        folder=shown if len(shown) <= _LONGEST_SHOWN else "…" + shown[-_LONGEST_SHOWN:],
    )


def no_memory() -> Text:
    """Return that the file needs more memory than there is."""
    return Text(QT_TRANSLATE_NOOP("annstudio", "there is not enough memory for it; close other programs."))


def damaged(part: str) -> UserError:
    """Return that a part of the file is broken."""
    return UserError(
        text(QT_TRANSLATE_NOOP("annstudio", "its part {part} is damaged; use another copy of the file."), part=part)
    )


def empty() -> UserError:
    """Return that the file holds nothing."""
    return UserError(Text(QT_TRANSLATE_NOOP("annstudio", "it is empty; use another copy of the file.")))


def foreign() -> UserError:
    """Return that this is not a file of ours."""
    return UserError(
        Text(QT_TRANSLATE_NOOP("annstudio", "it is not a project of ANN Studio; choose a file that was saved with it."))
    )


def too_large(part: str) -> UserError:
    """Return that a part is larger than any project makes it."""
    return UserError(
        text(
            QT_TRANSLATE_NOOP("annstudio", "its part {part} is larger than a project can be; do not trust it."),
            part=part,
        )
    )


def unexpected(part: str, detail: str) -> UserError:
    """Return that a part holds something undeclared.

    Args:
        part: its name.
        detail: what the decoder says, ending in " - at `$.place`" unless it is about the whole.
    """
    found = _PLACE.search(detail)
    if found is None or not found[1]:
        return UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio", "its part {part} holds something unexpected; use another copy of the file."
                ),
                part=part,
            )
        )
    return UserError(
        text(
            QT_TRANSLATE_NOOP(
                "annstudio", "its part {part} holds something unexpected at {place}; use another copy of the file."
            ),
            part=part,
            place=found[1],
        )
    )


def _name(path: Path) -> str:
    """Return the file's name; "." and "/" have none and stand for themselves."""
    return printable(path.name or str(path))


def _of_system(error: OSError, known: Mapping[int, str], otherwise: str) -> Text:
    number = error.errno or 0
    if number in known:
        return Text(known[number])
    return text(otherwise, reason=os.strerror(number) if number else printable(str(error)))
