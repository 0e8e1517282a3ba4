"""What can be wrong with a file, as sentences that go on after a colon."""

import errno
import os

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text

_BY_NUMBER = {
    errno.ENOENT: QT_TRANSLATE_NOOP("annstudio", "there is no such file or folder."),
    errno.ENOTDIR: QT_TRANSLATE_NOOP("annstudio", "there is no such folder."),
    errno.EISDIR: QT_TRANSLATE_NOOP("annstudio", "this is a folder, not a file."),
    errno.EACCES: QT_TRANSLATE_NOOP("annstudio", "you have no permission; choose another folder."),
    errno.EPERM: QT_TRANSLATE_NOOP("annstudio", "you have no permission; choose another folder."),
    errno.EROFS: QT_TRANSLATE_NOOP("annstudio", "this disk is read-only; choose another folder."),
    errno.ENOSPC: QT_TRANSLATE_NOOP("annstudio", "the disk is full; free some space or choose another disk."),
    errno.ENAMETOOLONG: QT_TRANSLATE_NOOP("annstudio", "the name is too long; choose a shorter one."),
}
if hasattr(errno, "EDQUOT"):
    _BY_NUMBER[errno.EDQUOT] = QT_TRANSLATE_NOOP("annstudio", "your share of the disk is full; free some space.")


_LONGEST_SHOWN = 100
"""Characters of a path in a sentence."""


def of_system(error: OSError) -> Text:
    """Return what the operating system complains of."""
    if error.errno in _BY_NUMBER:
        return Text(_BY_NUMBER[error.errno])
    reason = os.strerror(error.errno) if error.errno else str(error)
    return text(QT_TRANSLATE_NOOP("annstudio", "the system says “{reason}”; try another disk."), reason=reason)


def no_folder(folder: str) -> Text:
    """Return that there is no folder to save into; of a long path the end says more."""
    shown = folder if len(folder) <= _LONGEST_SHOWN else "…" + folder[-_LONGEST_SHOWN:]
    return text(
        QT_TRANSLATE_NOOP("annstudio", "there is no folder “{folder}”; make it or choose another."), folder=shown
    )


def damaged(part: str) -> UserError:
    """Return that a part of the file is broken."""
    return UserError(
        text(QT_TRANSLATE_NOOP("annstudio", "its part {part} is damaged; use another copy of the file."), part=part)
    )


def foreign() -> UserError:
    """Return that this is not a file of ours."""
    return UserError(
        text(QT_TRANSLATE_NOOP("annstudio", "it is not a project of ANN Studio; choose a file ending in .ann."))
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
        detail: what the decoder says, ending in " - at `$.place`".
    """
    _, _, place = detail.rpartition(" - at `$")
    return UserError(
        text(
            QT_TRANSLATE_NOOP(
                "annstudio", "its part {part} holds something unexpected at {place}; use another copy of the file."
            ),
            part=part,
            place=place.rstrip("`").lstrip(".")[:60] or "the start",
        )
    )
