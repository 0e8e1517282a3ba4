"""Replacing a file as a whole: a crash, a full disk or a pulled plug leaves the old file or the new one."""

import errno
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import IO

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.project.file import problems

_PREFIX, _SUFFIX = ".annstudio-", ".tmp"
_STALE_AFTER = 600.0
"""Seconds: no save takes that long, so an older temporary file belongs to a crash."""


def replace_file(path: Path, fill: Callable[[IO[bytes]], None]) -> None:
    """Write a file anew.

    Args:
        path: of the file; a symbolic link is followed.
        fill: writes the content to a binary stream.

    Raises:
        UserError: it did not work; the old file, if there was one, is untouched.
    """
    try:
        if not path.parent.is_dir():
            raise _unsaved(path, problems.no_folder(str(path.parent)))
        target = Path(os.path.realpath(path))
        mode = _mode_of(target)
        _remove_stale(target.parent)
        with _temporary(target.parent) as temporary:
            _write(temporary, fill, mode)
            os.replace(temporary, target)
        _sync_folder(target.parent)
    except OSError as error:
        raise _unsaved(path, problems.of_system(error)) from error


def _unsaved(path: Path, problem: Text) -> UserError:
    return UserError(
        text(QT_TRANSLATE_NOOP("annstudio", "“{file}” cannot be saved: {problem}"), file=path.name, problem=problem)
    )


def _mode_of(target: Path) -> int | None:
    """Return the permissions of the file that is there, None if there is none.

    Raises:
        OSError: what is there must not be replaced: a folder, a device, a write-protected file.
    """
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode) or not os.access(target, os.W_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))
    return stat.S_IMODE(status.st_mode)


@contextmanager
def _temporary(folder: Path) -> Iterator[Path]:
    """Give a name for a file of our own in the folder; if anything goes wrong, the file is gone afterwards."""
    temporary = folder / f"{_PREFIX}{token_hex(8)}{_SUFFIX}"
    try:
        yield temporary
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _write(temporary: Path, fill: Callable[[IO[bytes]], None], mode: int | None) -> None:
    with open(temporary, "xb") as stream:
        if mode is not None:
            os.chmod(temporary, mode)
        fill(stream)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut; Windows does so on its own and has no handle for it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_stale(folder: Path) -> None:
    """Remove what a crash left here; where that fails, a leftover does no harm."""
    oldest = time.time() - _STALE_AFTER
    for leftover in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            if leftover.stat().st_mtime < oldest:
                leftover.unlink()
