"""Every unit as a circle, every weight as a line."""

from collections.abc import Iterable, Sequence
from itertools import product

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.layers.base import features
from annstudio.project.figures.drawing import Anchor, Box, Circle, Label, Lines, Pen, Point, Rect, Shape, cover
from annstudio.project.figures.inks import HAIRLINE, MUTED, TEXT, Ink
from annstudio.project.figures.layers import Part, Parts, Translate
from annstudio.project.figures.streets import Placed, Slot
from annstudio.project.figures.styles.base import Style, captions

_RADIUS, _PITCH = 9.0, 24.0
_MOST = 16
"""Layers of more units are drawn with a gap."""
_KEPT = 6
"""So many units stand on each side of the gap."""
_DOT, _DOTS = 1.5, 6.0
_SMALL = 11.0
_TEXTS = 22.0
"""From the units to the first line of text."""
_SHEETS, _SHEET, _AWAY = 5, 46.0, 5.0
"""How many sheets a picture's channels are drawn as at most, how large, and how far apart."""

_LINK, _FINE_LINK, _MANY = 0.8, 0.5, 100
"""Width of the lines between units, and of finer ones where there are more than so many."""

_NEAR = 6.0
"""Between a unit and its name."""


class Neurons(Style):
    """Circles and lines between them; pictures are stacks of sheets."""

    info = Info(
        key="neurons",
        label=QT_TRANSLATE_NOOP("annstudio", "Neurons"),
        summary=QT_TRANSLATE_NOOP("annstudio", "A circle for every unit and a line for every weight."),
        order=20,
    )
    gap = 84.0
    most_columns = 9

    def slot(self, part: Part, parts: Parts, translate: Translate) -> Slot:
        """See Style.slot."""
        shapes = _units(part) if len(part.output) == 1 else _sheets(part)
        body = cover([shape.box for shape in shapes])
        return Slot(tuple(shapes), body, captions(part, _TEXTS, part.shape))

    def link(self, source: Placed, target: Placed) -> Sequence[Shape]:
        """See Style.link."""
        pairs = _pairs(source.part, target.part)
        starts, ends = _circles(source), _circles(target)
        lines = [
            (starts[before].by(_RADIUS), ends[after].by(-_RADIUS))
            for before, after in pairs
            if before in starts and after in ends
        ]
        width = _LINK if len(lines) <= _MANY else _FINE_LINK
        return [Lines(tuple(lines), Pen(HAIRLINE, width))] if lines else super().link(source, target)


def _units(part: Part) -> list[Shape]:
    """Return the circles of a layer, with the names of its values beside them."""
    count = features(part.output)
    shapes: list[Shape] = [
        Circle(Point(0, y), _RADIUS, Ink(part.hue, 0.2), Pen(Ink(part.hue), 1.3)) for y in _heights(count).values()
    ]
    if count > _MOST:
        shapes += [Circle(Point(0, y), _DOT, TEXT) for y in (-_DOTS, 0, _DOTS)]
    return shapes + _names(part)


def _names(part: Part) -> list[Shape]:
    """Return the names of features, left of their units, or of classes, right of theirs."""
    side, anchor = (1, Anchor.START) if part.sources else (-1, Anchor.END)
    beside = side * (_RADIUS + _NEAR)
    rows = enumerate(_heights(len(part.ports)).values())
    return [Label(part.ports[index], Point(beside, y + 4), _SMALL, MUTED, anchor) for index, y in rows]


def _heights(count: int) -> dict[int, float]:
    """Return the height of every unit that is drawn, by its number; the middle is at 0."""
    if count <= _MOST:
        return {index: (index - (count - 1) / 2) * _PITCH for index in range(count)}
    above = {index: (index - _KEPT - 0.5) * _PITCH for index in range(_KEPT)}
    return above | {count - 1 - index: -y for index, y in above.items()}


def _sheets(part: Part) -> list[Shape]:
    """Return a picture's channels as sheets, one behind the other."""
    channels, rows, columns = part.output
    longest = max(rows, columns)
    width, height = (max(_SHEET * size / longest, 6.0) for size in (columns, rows))
    count = min(channels, _SHEETS)
    first = -(count - 1) / 2
    fill, pen = Ink(part.hue, 0.2), Pen(Ink(part.hue), 1.2)
    places = [(first + index) * _AWAY for index in range(count)]
    return [Rect(Box(place - width / 2, place - height / 2, width, height), 2, fill, pen) for place in places]


def _circles(placed: Placed) -> dict[int, Point]:
    """Return where the units of a layer are, by their numbers; a picture has none."""
    if len(placed.part.output) != 1:
        return {}
    centers = (shape.center for shape in placed.shapes if isinstance(shape, Circle) and shape.radius == _RADIUS)
    return dict(zip(sorted(_heights(features(placed.part.output))), sorted(centers), strict=True))


def _pairs(source: Part, target: Part) -> Iterable[tuple[int, int]]:
    """Return which units of the source lead to which of the target; none where that is not drawn by units."""
    if len(source.output) != 1 or len(target.output) != 1 or target.flow.inputs is None:
        return []
    given, taken = features(source.output), features(target.output)
    if target.flow.tensors.get("kernel") == (given, taken):
        return product(_heights(given), _heights(taken))
    coming = [features(shape) for shape in target.flow.inputs]
    before = sum(coming[: target.sources.index(source.node.id)])
    if sum(coming) == taken:
        return [(index, before + index) for index in range(given)]
    return [(index, index) for index in range(given)] if given == taken else []
