"""The line below a figure that says what its colors mean."""

from collections.abc import Mapping
from types import MappingProxyType

from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.figures.drawing import Anchor, Box, Label, Pen, Point, Rect, Shape
from annstudio.project.figures.inks import MUTED, Hue, Ink
from annstudio.project.figures.layers import Parts, Translate

_MEANINGS: Mapping[Hue, str] = MappingProxyType(
    {
        Hue.INPUT: QT_TRANSLATE_NOOP("annstudio", "input"),
        Hue.WEIGHTS: QT_TRANSLATE_NOOP("annstudio", "layer with weights"),
        Hue.PLAIN: QT_TRANSLATE_NOOP("annstudio", "layer without weights"),
        Hue.OUTPUT: QT_TRANSLATE_NOOP("annstudio", "output"),
    }
)
_SIZE, _SWATCH, _GAP = 11.0, 12.0, 18.0
_ABOVE = 26.0


def legend(parts: Parts, below: Box, translate: Translate) -> list[Shape]:
    """Return the legend of a figure, centered below it; of the sorts of layers that it has.

    Args:
        parts: the network.
        below: what the figure covers.
        translate: brings marked texts into the reader's language.
    """
    present = {part.hue for part in parts.parts.values()}
    line, x = below.bottom + _ABOVE, 0.0
    shapes: list[Shape] = []
    for hue, meaning in _MEANINGS.items():
        if hue in present:
            label = _label(translate(meaning), Point(x + _SWATCH + 6, line))
            area = Box(x, line - _SWATCH + 2, _SWATCH, _SWATCH)
            shapes += [Rect(area, 3, Ink(hue, 0.3), Pen(Ink(hue), 1.2)), label]
            x = label.box.right + _GAP
    count = text(QT_TRANSLATE_NOOP("annstudio", "{count} parameters"), count=f"{parts.parameters:,}")
    total = _label(count.render(translate), Point(x, line))
    width = total.box.right
    start = below.x + (below.width - width) / 2
    return [shape.moved(start, 0) for shape in (*shapes, total)]


def _label(said: str, at: Point) -> Label:
    return Label(said, at, _SIZE, MUTED, Anchor.START)
