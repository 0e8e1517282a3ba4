"""Painting a figure: as PNG, as PDF, in a widget. None of it needs a display."""

from functools import singledispatch

from PySide6.QtCore import QBuffer, QIODevice, QLineF, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPainter,
    QPainterPath,
    QPdfWriter,
    QPen,
    QPolygonF,
)

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.figures.drawing import (
    Anchor,
    Circle,
    Drawing,
    Label,
    Lines,
    Path,
    Pen,
    Polygon,
    Rect,
    Shape,
)
from annstudio.project.figures.inks import Ink, Theme
from annstudio.project.figures.svg import DASHES, written
from annstudio.ui.fonts import load_fonts, text_font

_MOST_PIXELS = 20_000
"""Longest side of a PNG: many programs open no larger ones, and it takes 1.6 GB where the other side is as long."""
_POINTS = 0.75
"""Points of print per pixel of a screen."""
_DOTS = 1200
"""Dots per inch that PDF's coordinates are counted in."""


def start_unseen() -> QGuiApplication:
    """Return the application that painting needs where there is no window, with the bundled fonts."""
    app = QGuiApplication([])
    load_fonts()
    return app


def encoded(drawing: Drawing, theme: Theme, kind: str, scale: float, *, transparent: bool) -> bytes:
    """Return a figure as the content of a file.

    Args:
        drawing: what to write.
        theme: its colors.
        kind: one of FORMATS.
        scale: how much larger than 1 unit = 1 pixel.
        transparent: leave out the paper.

    Raises:
        UserError: it would have too many pixels.
    """
    if kind == "svg":
        return written(drawing, theme, scale, transparent=transparent).encode()
    return _pdf(drawing, theme, scale, transparent) if kind == "pdf" else _png(drawing, theme, scale, transparent)


def image_of(drawing: Drawing, theme: Theme, scale: float, *, transparent: bool) -> QImage:
    """Return a figure as an image; see encoded."""
    width, height = (max(1, round(length * scale)) for length in drawing.page[2:])
    if max(width, height) > _MOST_PIXELS:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "The picture would have {width} × {height} pixels, and at most {most} each way can be used: "
                    "choose a smaller scale, or SVG or PDF.",
                ),
                width=f"{width:,}",
                height=f"{height:,}",
                most=f"{_MOST_PIXELS:,}",
            )
        )
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    paint(painter, drawing, theme, QRectF(0, 0, width, height), transparent=transparent)
    painter.end()
    return image


def paint(painter: QPainter, drawing: Drawing, theme: Theme, area: QRectF, *, transparent: bool = False) -> None:
    """Paint a figure into an area of the same proportions.

    Args:
        painter: of any device.
        drawing: what to paint.
        theme: its colors.
        area: where to, in the painter's coordinates.
        transparent: leave out the paper.
    """
    page = drawing.page
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.translate(area.topLeft())
    painter.scale(area.width() / page.width, area.height() / page.height)
    painter.translate(-page.x, -page.y)
    if not transparent:
        painter.fillRect(QRectF(*page), QColor(theme.fill(drawing.paper)))
    for shape in drawing.shapes:
        _paint(shape, painter, theme)
    painter.restore()


def _png(drawing: Drawing, theme: Theme, scale: float, transparent: bool) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"PNG").write(image_of(drawing, theme, scale, transparent=transparent))
    return bytes(buffer.data().data())


def _pdf(drawing: Drawing, theme: Theme, scale: float, transparent: bool) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(drawing.title)
    writer.setResolution(_DOTS)
    size = QSizeF(*(length * scale * _POINTS for length in drawing.page[2:]))
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    page = QPageSize(size, QPageSize.Unit.Point, "", exact)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    # Not writer.width(): sizes of pages are rounded, and no letter should be wider than it is.
    dots = scale * _POINTS * _DOTS / 72
    area = QRectF(0, 0, drawing.page.width * dots, drawing.page.height * dots)
    painter = QPainter(writer)
    paint(painter, drawing, theme, area, transparent=transparent)
    painter.end()
    return bytes(buffer.data().data())


@singledispatch
def _paint(shape: Shape, painter: QPainter, theme: Theme) -> None:
    raise TypeError(f"{type(shape).__name__} is no shape")


@_paint.register
def _(shape: Path, painter: QPainter, theme: Theme) -> None:
    path = QPainterPath(QPointF(*shape.start))
    for step in shape.steps:
        match [QPointF(*point) for point in step]:
            case [end]:
                path.lineTo(end)
            case [control, end]:
                path.quadTo(control, end)
            case [first, second, end]:
                path.cubicTo(first, second, end)
    painter.strokePath(path, _pen(shape.pen, theme))


@_paint.register
def _(shape: Lines, painter: QPainter, theme: Theme) -> None:
    # One by one: as a single path, hundreds of lines that cross take a hundred times as long.
    painter.setPen(_pen(shape.pen, theme))
    painter.drawLines([QLineF(QPointF(*start), QPointF(*end)) for start, end in shape.ends])


@_paint.register
def _(shape: Rect, painter: QPainter, theme: Theme) -> None:
    _choose(painter, shape.fill, shape.pen, theme)
    painter.drawRoundedRect(QRectF(*shape.area), shape.radius, shape.radius)


@_paint.register
def _(shape: Circle, painter: QPainter, theme: Theme) -> None:
    _choose(painter, shape.fill, shape.pen, theme)
    painter.drawEllipse(QPointF(*shape.center), shape.radius, shape.radius)


@_paint.register
def _(shape: Polygon, painter: QPainter, theme: Theme) -> None:
    _choose(painter, shape.fill, shape.pen, theme)
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in shape.corners]))


@_paint.register
def _(shape: Label, painter: QPainter, theme: Theme) -> None:
    weight = QFont.Weight.DemiBold if shape.bold else QFont.Weight.Normal
    font = text_font(round(shape.size), weight)
    # Letters stand where they belong at every scale, not at the next whole pixel of a screen.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Inter's own × between digits is a sign that no search would find in a PDF.
    font.setFeature(QFont.Tag("calt"), 0)
    painter.setFont(font)
    painter.setPen(QColor(theme.line(shape.ink)))
    width = QFontMetricsF(font, painter.device()).horizontalAdvance(shape.text)
    before = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[shape.anchor]
    painter.drawText(QPointF(*shape.at.by(-before * width)), shape.text)


def _choose(painter: QPainter, fill: Ink | None, pen: Pen | None, theme: Theme) -> None:
    painter.setBrush(QColor(theme.fill(fill)) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(pen, theme) if pen else Qt.PenStyle.NoPen)


def _pen(pen: Pen, theme: Theme) -> QPen:
    width = theme.width(pen.ink, pen.width)
    drawn = QPen(QColor(theme.line(pen.ink)), width)
    drawn.setCapStyle(Qt.PenCapStyle.FlatCap)
    drawn.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if pen.dashed or pen.ink.hue in theme.dashed:
        drawn.setDashPattern([part * pen.width / width for part in DASHES])
    return drawn
