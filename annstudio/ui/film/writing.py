"""Films as files; none of it touches a widget, so it may run beside the window."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PIL import Image

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.file.atomic import replace_content

_LAST_LASTS = 1.5
"""Seconds that an animation rests on its last picture at least, before it begins anew."""
_COLORS = 256

FRAMES = (2, 120, 40)
"""How many pictures a film has: at least, at most, usually. They are held in memory until it is written."""
PACES = (1, 30, 10)
"""Pictures per second likewise."""


@dataclass(frozen=True)
class Frame:
    """One picture.

    Attributes:
        width, height: in pixels.
        stride: bytes from one row to the next.
        rgb: red, green, blue of each pixel, a byte each.
    """

    width: int
    height: int
    stride: int
    rgb: bytes

    def image(self) -> Image.Image:
        """Return it as Pillow has it."""
        return Image.frombuffer("RGB", (self.width, self.height), self.rgb, "raw", "RGB", self.stride, 1)


class Film(Protocol):
    """Takes pictures one by one and writes them in the end."""

    def add(self, frame: Frame) -> None:
        """Take one more picture; all are of the same size."""

    def save(self, path: Path) -> None:
        """Write what has been taken.

        Raises:
            UserError: it cannot be written there.
        """


class Animation:
    """A GIF that begins anew whenever it has ended.

    Args:
        pace: pictures per second.
    """

    def __init__(self, pace: float) -> None:
        self._each = round(1000 / pace)
        self._images: list[Image.Image] = []

    def add(self, frame: Frame) -> None:
        """See Film. Its colors are brought down to 256, as GIF has it."""
        plain = frame.image().quantize(_COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        self._images.append(plain)

    def save(self, path: Path) -> None:
        """See Film."""
        first, *others = self._images
        times = [self._each] * len(others) + [max(self._each, round(1000 * _LAST_LASTS))]
        content = io.BytesIO()
        first.save(content, "GIF", save_all=True, append_images=others, duration=times, loop=0)
        replace_content(path, content.getvalue())


class Series:
    """PNG files 001.png, 002.png, … in a new folder."""

    def __init__(self) -> None:
        self._files: list[bytes] = []

    def add(self, frame: Frame) -> None:
        """See Film."""
        content = io.BytesIO()
        frame.image().save(content, "PNG")
        self._files.append(content.getvalue())

    def save(self, path: Path) -> None:
        """See Film; the path is the folder's."""
        try:
            path.mkdir()
        except FileExistsError:
            told = QT_TRANSLATE_NOOP("annstudio", "“{name}” exists already; choose another name for the new folder.")
            raise UserError(text(told, name=path.name)) from None
        except OSError:
            told = QT_TRANSLATE_NOOP("annstudio", "The folder “{name}” cannot be made there; choose another place.")
            raise UserError(text(told, name=path.name)) from None
        for number, content in enumerate(self._files, 1):
            replace_content(path / f"{number:03}.png", content)
