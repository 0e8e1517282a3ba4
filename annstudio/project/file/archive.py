"""The zip around a project. Its directory is checked by hand before the zip reader allocates anything for it."""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.file import problems
from annstudio.project.limits import MAXIMUM_PARAMETERS

PROJECT = "project.json"
WEIGHTS = "weights.safetensors"
RUNS = "runs.json"

LARGEST = {PROJECT: 1 << 20, WEIGHTS: 8 * MAXIMUM_PARAMETERS + (1 << 20), RUNS: 24 << 20}
"""Bytes of each entry once inflated: every layer spelled out, every weight in double precision, and 20 such runs."""

_LARGEST_RATIO = 100
"""Inflated to packed bytes; deflate reaches 1032 on zeros, a project with 500 equal layers 15."""

_LARGEST_FILE = sum(LARGEST.values())
_LARGEST_DIRECTORY = 4096
_END = struct.Struct("<4s4H2LH")
_ENCRYPTED = 0x41
_DATE = (1980, 1, 1, 0, 0, 0)
"""The same for every file, so that the same project makes the same bytes."""

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    IndexError,
)
"""What the zip reader raises at broken bytes."""


class Entries:
    """The checked entries of an open project file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos = {info.filename: info for info in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def size(self, name: str) -> int:
        """Return the number of bytes of an entry."""
        return self._infos[name].file_size

    @contextmanager
    def stream(self, name: str) -> Iterator[IO[bytes]]:
        """Give a stream of an entry's bytes.

        Raises:
            UserError: the entry is damaged.
        """
        try:
            with self._archive.open(self._infos[name]) as stream:
                yield stream
        except _DAMAGE:
            raise problems.damaged(name) from None

    def read(self, name: str) -> bytes:
        """Return all bytes of an entry; raises as stream.

        Asked for all, the zip reader would inflate whatever is there and cut it to the stated size afterwards.
        """
        with self.stream(name) as stream:
            return stream.read(self.size(name))


def write(stream: IO[bytes], entries: Mapping[str, bytes]) -> None:
    """Write a zip with these entries; only the project is packed.

    Random digits, as weights are, hardly shrink; kept runs with the same long tables shrink so much that the zip would
    look like a bomb to whoever opens it.
    """
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED if name == PROJECT else zipfile.ZIP_STORED
            archive.writestr(info, data)


@contextmanager
def opened(path: Path) -> Iterator[Entries]:
    """Give the entries of a project file.

    Raises:
        UserError: the file cannot be read, or is no zip with exactly the entries of a project.
    """
    try:
        with _open_regular(path) as stream:
            _check_frame(stream)
            with _archive(stream) as archive:
                _check_entries(archive.infolist())
                yield Entries(archive)
    except OSError as error:
        raise UserError(problems.of_reading(error)) from error


def _open_regular(path: Path) -> IO[bytes]:
    """Open a file; a pipe or a device would let us wait forever."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise problems.foreign()
    return open(path, "rb")


def _archive(stream: IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except _DAMAGE:
        raise problems.damaged(PROJECT) from None


def _check_frame(stream: IO[bytes]) -> None:
    """Check that the file is one small zip directory behind its entries, with nothing before or after."""
    mark = stream.read(4)
    if not mark:
        raise problems.empty()
    if mark != b"PK\3\4":
        raise problems.foreign()
    size = stream.seek(0, 2)
    if size > _LARGEST_FILE:
        raise problems.too_large(PROJECT)
    stream.seek(max(0, size - _END.size))
    end = stream.read()
    if len(end) != _END.size:
        raise _cut_off()
    mark, _, _, here, entries, directory, offset, comment = _END.unpack(end)
    if mark != b"PK\5\6" or comment or offset + directory + _END.size != size:
        raise _cut_off()
    if here != entries or entries > len(LARGEST) or directory > _LARGEST_DIRECTORY:
        raise problems.foreign()


def _cut_off() -> UserError:
    return UserError(
        text(
            QT_TRANSLATE_NOOP("annstudio", "it is cut off or something was added to it; use another copy of the file.")
        )
    )


def _check_entries(infos: list[zipfile.ZipInfo]) -> None:
    names = [info.filename for info in infos]
    if len(set(names)) != len(names) or not {PROJECT} <= set(names) <= set(LARGEST):
        raise problems.foreign()
    for info in infos:
        _check_entry(info)


def _check_entry(info: zipfile.ZipInfo) -> None:
    odd = info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if info.flag_bits & _ENCRYPTED or odd:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "its part {part} is encrypted or packed in an unknown way; save it again with ANN Studio.",
                ),
                part=info.filename,
            )
        )
    if info.file_size > min(LARGEST[info.filename], _LARGEST_RATIO * info.compress_size):
        raise problems.too_large(info.filename)
