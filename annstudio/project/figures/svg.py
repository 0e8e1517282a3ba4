"""Writing a drawing as SVG: text stays text, and every program that reads SVG shows the same."""

from collections.abc import Sequence
from functools import singledispatch
from xml.sax.saxutils import escape

from annstudio.core.texts import printable
from annstudio.project.figures.drawing import Circle, Drawing, Label, Lines, Path, Pen, Point, Polygon, Rect, Shape
from annstudio.project.figures.extents import FAMILIES
from annstudio.project.figures.inks import Ink, Theme

DASHES = (4.0, 3.0)
"""Lengths of a dash and of the gap behind it, in widths of the line."""

_COMMANDS = {1: "L", 2: "Q", 3: "C"}


def written(drawing: Drawing, theme: Theme, scale: float = 1.0, *, transparent: bool = False) -> str:
    """Return the drawing as the text of an SVG file.

    Args:
        drawing: what to write.
        theme: its colors.
        scale: how much larger than 1 unit = 1 pixel it is shown.
        transparent: leave out the paper.
    """
    page = drawing.page
    size = f'width="{_number(page.width * scale)}" height="{_number(page.height * scale)}"'
    view = " ".join(map(_number, page))
    families = ", ".join(f"'{name}'" if " " in name else name for name in FAMILIES)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{view}" font-family="{families}">',
        f"<title>{_text(drawing.title)}</title>",
        *([] if transparent else [f'<rect {_box(page)} fill="{theme.fill(drawing.paper)}"/>']),
        *(_element(shape, theme) for shape in drawing.shapes),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


@singledispatch
def _element(shape: Shape, theme: Theme) -> str:
    raise TypeError(f"{type(shape).__name__} is no shape")


@_element.register
def _(shape: Path, theme: Theme) -> str:
    steps = "".join(_COMMANDS[len(step)] + " ".join(map(_point, step)) for step in shape.steps)
    return f'<path d="M{_point(shape.start)}{steps}" fill="none" {_pen(shape.pen, theme)}/>'


@_element.register
def _(shape: Lines, theme: Theme) -> str:
    ways = "".join(f"M{_point(start)}L{_point(end)}" for start, end in shape.ends)
    return f'<path d="{ways}" fill="none" {_pen(shape.pen, theme)}/>'


@_element.register
def _(shape: Rect, theme: Theme) -> str:
    rounded = f'rx="{_number(shape.radius)}"'
    return f"<rect {_box(shape.area)} {rounded} {_area(shape.fill, shape.pen, theme)}/>"


@_element.register
def _(shape: Circle, theme: Theme) -> str:
    place = f'cx="{_number(shape.center.x)}" cy="{_number(shape.center.y)}" r="{_number(shape.radius)}"'
    return f"<circle {place} {_area(shape.fill, shape.pen, theme)}/>"


@_element.register
def _(shape: Polygon, theme: Theme) -> str:
    corners = " ".join(map(_point, shape.corners))
    return f'<polygon points="{corners}" {_area(shape.fill, shape.pen, theme)}/>'


@_element.register
def _(shape: Label, theme: Theme) -> str:
    place = f'x="{_number(shape.at.x)}" y="{_number(shape.at.y)}" text-anchor="{shape.anchor}"'
    weight = ' font-weight="600"' if shape.bold else ""
    look = f'font-size="{_number(shape.size)}"{weight} fill="{theme.line(shape.ink)}"'
    return f"<text {place} {look}>{_text(shape.text)}</text>"


def _area(fill: Ink | None, pen: Pen | None, theme: Theme) -> str:
    edge = f" {_pen(pen, theme)}" if pen else ""
    return f'fill="{theme.fill(fill) if fill else "none"}"{edge}'


def _pen(pen: Pen, theme: Theme) -> str:
    dashed = pen.dashed or pen.ink.hue in theme.dashed
    dashes = f' stroke-dasharray="{" ".join(_number(part * pen.width) for part in DASHES)}"' if dashed else ""
    width = _number(theme.width(pen.ink, pen.width))
    look = f'stroke="{theme.line(pen.ink)}" stroke-width="{width}"{dashes}'
    return f'{look} stroke-linejoin="round"'


def _box(box: Sequence[float]) -> str:
    x, y, width, height = map(_number, box)
    return f'x="{x}" y="{y}" width="{width}" height="{height}"'


def _point(point: Point) -> str:
    return f"{_number(point.x)},{_number(point.y)}"


def _number(value: float) -> str:
    """Return a number with two decimals at most: a hundredth of a pixel is not to be seen."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _text(text: str) -> str:
    return escape(printable(text))
