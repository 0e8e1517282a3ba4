"""A view's picture and numbers, for files and the clipboard."""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

_SCALE = 2
"""Pixels of a picture per point: slides are larger than the view."""


@dataclass(frozen=True)
class Table:
    """Numbers in columns.

    Args:
        names: of the columns, as in a spreadsheet's first row.
        rows: a value for each, made while they are written: there may be millions; NaN is an empty cell.
    """

    names: Sequence[str]
    rows: Iterable[Sequence[object]]


def image_of(view: QWidget) -> QImage:
    """Return what a view shows."""
    image = QImage(view.size() * _SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SCALE)
    image.fill(view.palette().window().color())
    view.render(image, QPoint())
    return image


def png_of(view: QWidget) -> bytes:
    """Return what a view shows as a PNG file."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image_of(view))
    return bytes(content.data())


def svg_of(view: QWidget, title: str) -> bytes:
    """Return what a view shows as an SVG file, in which text is text."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setTitle(title)
    generator.setSize(QSize(view.size()))
    generator.setViewBox(QRect(QPoint(), view.size()))
    painter = QPainter(generator)
    view.render(painter, QPoint())
    painter.end()
    return bytes(content.data())


def write_csv(table: Table, stream: IO[bytes]) -> None:
    """Write numbers as a CSV file, UTF-8, a dot before decimals."""
    text = io.TextIOWrapper(stream, "utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.names)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    # Whoever has opened the stream closes it.
    text.detach()


def _cell(value: object) -> object:
    return "" if isinstance(value, float) and math.isnan(value) else value
