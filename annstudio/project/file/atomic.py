"""Replacing a file as a whole: a crash, a full disk or a pulled plug leaves the old file or the new one.

A killed process cannot clean up, so that its temporary file stays, named after the machine and the process. The next
save into the folder removes it: at once if that process is known to be gone, after ten minutes otherwise (on another
machine, on Windows, or if its number has gone to another process).
"""

import errno
import os
import re
import stat
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from platform import node
from secrets import token_hex
from typing import IO

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
    with _failures_of(path):
        target = _target(path)
        mode = _mode_of(target)
        _remove_stale(target.parent)
        with _temporary(target.parent) as temporary:
            _write(temporary, fill, mode)
            os.replace(temporary, target)
    _sync_folder(target.parent)


def replace_content(path: Path, content: bytes) -> None:
    """Write a file anew with this content; see replace_file."""

    def fill(stream: IO[bytes]) -> None:
        stream.write(content)

    replace_file(path, fill)


def check_place(path: Path) -> None:
    """Check that a file can be written here as far as that shows without writing; the disk may still be full.

    Raises:
        UserError: there is no such folder or no permission, or the path is that of a folder.
    """
    with _failures_of(path):
        target = _target(path)
        _mode_of(target)
        if not os.access(target.parent, os.W_OK | os.X_OK):
            raise _system_error(errno.EACCES)


def temporary_name() -> str:
    """Return a new name for a temporary file of this process."""
    return f"{_PREFIX}{_machine()}-{os.getpid()}-{token_hex(8)}{_SUFFIX}"


@contextmanager
def _failures_of(path: Path) -> Iterator[None]:
    """Tell failures of the system as those of saving this file."""
    try:
        yield
    except OSError as error:
        raise problems.unsaved(path, problems.of_writing(error)) from error


def _target(path: Path) -> Path:
    """Return the path with all links followed; its folder is there."""
    target = Path(os.path.realpath(path))
    for folder in (path.parent, target.parent):
        if not folder.is_dir():
            raise problems.unsaved(path, problems.no_folder(folder))
    return target


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
        raise _system_error(errno.EISDIR)
    if not stat.S_ISREG(status.st_mode) or not os.access(target, os.W_OK):
        raise _system_error(errno.EACCES)
    return stat.S_IMODE(status.st_mode)


def _system_error(number: int) -> OSError:
    return OSError(number, os.strerror(number))


@contextmanager
def _temporary(folder: Path) -> Iterator[Path]:
    """Give a name for a file of our own in the folder; if anything goes wrong, the file is gone afterwards."""
    temporary = folder / temporary_name()
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
    """Make the new name last through a power cut, where the system lets us.

    The file is saved by now: a folder that may be written but not read, or a file system that cannot sync folders, is
    no failure. Windows has no handle for it and does so on its own.
    """
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove_stale(folder: Path) -> None:
    """Remove what a crash left here; where that fails, a leftover does no harm."""
    with suppress(OSError):
        for leftover in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with suppress(OSError):
                if _maker_is_gone(leftover.name) or leftover.stat().st_mtime < time.time() - _STALE_AFTER:
                    leftover.unlink()


def _maker_is_gone(name: str) -> bool:
    """Return whether a temporary file's process ran on this machine and is known to have ended."""
    found = re.fullmatch(rf"{re.escape(_PREFIX)}{_machine()}-(\d{{1,9}})-\w+{re.escape(_SUFFIX)}", name)
    # On Windows, os.kill would end the process it asks for.
    if found is None or os.name == "nt":
        return False
    try:
        os.kill(int(found[1]), 0)
    except OSError as error:
        return error.errno == errno.ESRCH
    return False


def _machine() -> str:
    """Return a short mark of this machine: folders may be shared, and process numbers mean nothing elsewhere."""
    return f"{zlib.crc32(node().encode()):08x}"
