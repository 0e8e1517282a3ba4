"""Tensors as boxes in perspective, as large as what flows through the network."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.layers.base import Shape as TensorShape
from annstudio.project.figures.drawing import Box, Label, Lines, Pen, Point, Polygon, Shape
from annstudio.project.figures.inks import MUTED, WIRE, Hue, Ink
from annstudio.project.figures.layers import Part, Parts, Translate
from annstudio.project.figures.streets import Placed, Slot
from annstudio.project.figures.styles.base import Style, captions

_TALLEST, _SHORTEST = 130.0, 16.0
_THINNEST, _THICKEST = 7.0, 64.0
_BAR = 11.0
"""Width of a row of values, which has no channels."""
_BAR_DEPTH = 6.0
_BAR_UNIT = 17.0
"""How much taller a row of values gets as their number doubles."""

_AWAY, _UP = 0.44, 0.36
"""How far a line into the depth leads to the right and upwards, in shares of its length."""
_SIZE, _BELOW = 10.0, 13.0
"""Of the letters of sizes, and how far they stand below the boxes."""
_TEXTS = 32.0
"""From the boxes to the first line of text; the sizes stand in between."""
_SIDE = 2
"""Which of a box's faces is its right side."""


class _Measures(NamedTuple):
    """How large a tensor is drawn: what of it faces the reader, and how far it reaches back."""

    width: float
    height: float
    depth: float

    @property
    def away(self) -> float:
        return _AWAY * self.depth

    @property
    def up(self) -> float:
        return _UP * self.depth


class Blocks(Style):
    """Boxes as tall and deep as pictures are high and wide, as thick as their channels are many."""

    info = Info(
        key="blocks",
        label=QT_TRANSLATE_NOOP("annstudio", "Blocks"),
        summary=QT_TRANSLATE_NOOP("annstudio", "A box for every tensor: pictures shrink, channels grow."),
        order=30,
        reference="LeCun, Bottou, Bengio & Haffner 1998, Gradient-based learning applied to document recognition; "
        "Krizhevsky, Sutskever & Hinton 2012, ImageNet classification with deep convolutional neural networks",
    )
    gap = 34.0
    most_columns = 10

    def slot(self, part: Part, parts: Parts, translate: Translate) -> Slot:
        """See Style.slot."""
        size = _measures(part.output, _largest_picture(parts))
        front = Box(-(size.width + size.away) / 2, -size.height / 2, size.width, size.height)
        body = Box(front.x, front.y - size.up, size.width + size.away, size.height + size.up)
        shapes: list[Shape] = [*_faces(front, size, part.hue), _size(front, part)]
        return Slot(tuple(shapes), body, captions(part, _TEXTS), roof=size.away / 2)

    def link(self, source: Placed, target: Placed) -> Sequence[Shape]:
        """Return the window through which the target looks at the source, or an arrow; see Style.link."""
        if not target.part.window or len(source.part.output) != 3:
            return super().link(source, target)
        window = _window(source, target.part.window)
        point = Point(target.body.x, target.height)
        rays = Lines(tuple((corner, point) for corner in window), Pen(WIRE, 0.9, dashed=True))
        return [Polygon(window, Ink(target.part.hue, 0.55), Pen(Ink(target.part.hue), 1.0)), rays]


def _largest_picture(parts: Parts) -> int:
    """Return the height or width of the largest picture in the network; 1 without any."""
    return max((max(part.output[1:]) for part in parts.parts.values() if len(part.output) == 3), default=1)


def _measures(shape: TensorShape, largest: int) -> _Measures:
    """Return how large a tensor is drawn; roots and logarithms keep small ones in sight."""
    if len(shape) != 3:
        return _Measures(_BAR, min(_SHORTEST + _BAR_UNIT * math.log2(shape[0]), _TALLEST), _BAR_DEPTH)
    channels, rows, columns = shape
    width = min(_THINNEST + 6 * math.log2(channels), _THICKEST)
    height, depth = (max(_TALLEST * math.sqrt(size / largest), _SHORTEST) for size in (rows, columns))
    return _Measures(width, height, depth)


def _faces(front: Box, size: _Measures, hue: Hue) -> list[Shape]:
    """Return the front, the top and the right side of a box, then its edges, each of them once."""
    upper_left, upper_right = Point(front.x, front.y), Point(front.right, front.y)
    lower_left, lower_right = Point(front.x, front.bottom), Point(front.right, front.bottom)
    back_left, back_right, back_low = (
        corner.by(size.away, -size.up) for corner in (upper_left, upper_right, lower_right)
    )
    pen = Pen(Ink(hue), 1.2)
    return [
        Polygon((upper_left, upper_right, lower_right, lower_left), Ink(hue, 0.3)),
        Polygon((upper_left, back_left, back_right, upper_right), Ink(hue, 0.15)),
        Polygon((upper_right, back_right, back_low, lower_right), Ink(hue, 0.42)),
        Polygon((upper_left, back_left, back_right, back_low, lower_right, lower_left), None, pen),
        Lines(tuple((upper_right, corner) for corner in (upper_left, back_right, lower_right)), pen),
    ]


def _size(front: Box, part: Part) -> Label:
    """Return what stands below a box, as LeCun et al. wrote it: channels @ height × width; of a row its length."""
    shape = part.flow.output
    said = part.shape if shape is None or len(shape) != 3 else f"{shape[0]} @ {shape[1]} × {shape[2]}"
    return Label(said, Point(0, front.bottom + _BELOW), _SIZE, MUTED)


def _window(source: Placed, size: int) -> tuple[Point, ...]:
    """Return the corners of a window in the middle of the side of a box, where one looks at its pixels."""
    _, rows, columns = source.part.output
    side = [shape for shape in source.shapes if isinstance(shape, Polygon)][_SIDE]
    upper, upper_back, _, lower = side.corners
    across = min(1.0, size / columns) / 2
    down = min(1.0, size / rows) / 2
    shares = ((-across, -down), (across, -down), (across, down), (-across, down))
    return tuple(
        Point(
            upper.x + (0.5 + along) * (upper_back.x - upper.x),
            upper.y + (0.5 + along) * (upper_back.y - upper.y) + (0.5 + deep) * (lower.y - upper.y),
        )
        for along, deep in shares
    )
