"""Layers as cards with what they do, as on the canvas."""

import numpy as np

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation
from annstudio.project.figures.drawing import Anchor, Box, Label, Path, Pen, Point, Rect, Shape
from annstudio.project.figures.inks import HAIRLINE, MUTED, TEXT, Hue, Ink
from annstudio.project.figures.layers import Part, Parts, Translate, counted
from annstudio.project.figures.streets import Slot
from annstudio.project.figures.styles.base import Style

_HEIGHT, _PAD, _RADIUS = 76.0, 11.0, 8.0
_NARROWEST = 96.0
_NAME, _SMALL = 13.0, 11.0
_CURVE = Box(0, -29, 32, 26)
_BESIDE = 10.0
_FOOT_GAP = 14.0
_REACH, _SAMPLES = 4.0, 41


class Cards(Style):
    """A card per layer: its name, what it does, what it gives, its parameters."""

    info = Info(
        key="cards",
        label=QT_TRANSLATE_NOOP("annstudio", "Cards"),
        summary=QT_TRANSLATE_NOOP("annstudio", "A card for every layer, with what it does and how large it is."),
        order=10,
    )
    most_columns = 7

    def slot(self, part: Part, parts: Parts, translate: Translate) -> Slot:
        """See Style.slot."""
        name = Label(part.name, Point(0, -16 if part.details else -8), _NAME, TEXT, Anchor.START, bold=True)
        detail = Label(" · ".join(part.details), Point(0, 1), _SMALL, MUTED, Anchor.START)
        foot = Label(f"→ {part.shape}", Point(0, 27), _SMALL, TEXT, Anchor.START)
        count = counted(part.flow.parameters, translate) if part.flow.parameters else ""
        weights = Label(count, Point(0, 27), _SMALL, MUTED, Anchor.END)
        curve = _curve(part.function, part.hue) if part.function else []
        head = max(name.box.width, detail.box.width if detail.text else 0) + (_CURVE.width + _BESIDE if curve else 0)
        feet = foot.box.width + (_FOOT_GAP + weights.box.width if count else 0)
        width = max(_NARROWEST, head + 2 * _PAD, feet + 2 * _PAD)
        left, right = -width / 2 + _PAD, width / 2 - _PAD
        area = Box(-width / 2, -_HEIGHT / 2, width, _HEIGHT)
        shapes: list[Shape] = [
            Rect(area, _RADIUS, Ink(part.hue, 0.1), Pen(Ink(part.hue), 1.3)),
            Path(Point(left, 11), ((Point(right, 11),),), Pen(HAIRLINE, 0.8)),
            *(label.moved(left, 0) for label in (name, detail, foot) if label.text),
            *([weights.moved(right, 0)] if count else []),
            *(path.moved(right - _CURVE.width, 0) for path in curve),
        ]
        return Slot(tuple(shapes), area)


def _curve(function: Activation, hue: Hue) -> list[Path]:
    """Return an activation's axes and its curve over z from −4 to 4; nothing where it makes no single curve."""
    if not function.elementwise:
        return []
    z = np.linspace(-_REACH, _REACH, _SAMPLES)
    with np.errstate(all="ignore"):
        a = function.value(z[:, None])[:, 0]
    if not np.isfinite(a).all():
        return []
    low, high = min(0.0, float(a.min())), max(0.0, float(a.max()))
    size = high - low or 1.0
    down = [_CURVE.y + _CURVE.height * (high - float(value)) / size for value in a]
    across = np.linspace(_CURVE.x, _CURVE.right, _SAMPLES).tolist()
    start, *others = map(Point, across, down)
    zero = _CURVE.y + _CURVE.height * high / size
    middle = _CURVE.x + _CURVE.width / 2
    axes = Pen(HAIRLINE, 0.8)
    return [
        Path(Point(_CURVE.x, zero), ((Point(_CURVE.right, zero),),), axes),
        Path(Point(middle, _CURVE.y), ((Point(middle, _CURVE.bottom),),), axes),
        Path(start, tuple((point,) for point in others), Pen(Ink(hue), 1.6)),
    ]
