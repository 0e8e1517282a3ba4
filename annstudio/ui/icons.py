"""Icons in the theme's colors, crisp at every scale of the screen."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annstudio.core.resources import resources

_PIXELS = (16, 18, 20, 24, 32, 36, 40, 48)
"""Drawn in advance, so that an icon of 16 to 24 points needs no scaling on screens of 100 and 200 %."""


@cache
def icon(name: str, color: str) -> QIcon:
    """Return a bundled icon.

    Args:
        name: of its file in resources/icons, without the ending.
        color: #rrggbb for its strokes.

    Raises:
        FileNotFoundError: there is no such icon (an error of the program).
    """
    drawn = QIcon()
    renderer = _renderer(name, color)
    for pixels in _PIXELS:
        drawn.addPixmap(_render(renderer, pixels))
    return drawn


def paint_icon(painter: QPainter, box: QRect, name: str, color: str) -> None:
    """Paint a bundled icon, drawn at just the size that is asked for; arguments as in icon."""
    device = painter.device()
    scale = device.devicePixelRatioF() if device is not None else 1.0
    painter.drawPixmap(box, _drawn(name, color, round(box.width() * scale)))


@cache
def _drawn(name: str, color: str, pixels: int) -> QPixmap:
    return _render(_renderer(name, color), pixels)


def _renderer(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(colored_svg(name, color).encode()))


def colored_svg(name: str, color: str) -> str:
    """Return the text of a bundled icon with its strokes in this color."""
    return _file(name).read_text(encoding="utf-8").replace("currentColor", color)


def app_icon() -> QIcon:
    """Return the program's own icon."""
    return QIcon(str(resources() / "icons" / "annstudio.png"))


def _file(name: str) -> Path:
    return resources() / "icons" / f"{name}.svg"


def _render(renderer: QSvgRenderer, pixels: int) -> QPixmap:
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap
