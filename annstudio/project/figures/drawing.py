"""What a figure is made of: a few shapes, in units of a screen's pixels, x to the right and y downwards.

Shapes say what a color is for, never which color it is: a theme decides that when the drawing is written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from annstudio.project.figures.extents import ASCENT, DESCENT, width_of
from annstudio.project.figures.inks import PAPER, Ink


class Point(NamedTuple):
    """A place in a drawing."""

    x: float
    y: float

    def by(self, dx: float = 0.0, dy: float = 0.0) -> "Point":
        """Return the place that is so far away."""
        return Point(self.x + dx, self.y + dy)


class Box(NamedTuple):
    """A rectangle, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def grown(self, margin: float) -> "Box":
        """Return the box with a margin around it."""
        return Box(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)


class Pen(NamedTuple):
    """How a line is drawn."""

    ink: Ink
    width: float = 1.0
    dashed: bool = False


class Anchor(StrEnum):
    """Which end of a text stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True)
class Path:
    """A line through the plane.

    Args:
        start: where it begins.
        steps: where it goes on to: one point for a straight line, two for a quadratic and three for a cubic Bézier
            curve, its last point being the end.
        pen: how it is drawn.
    """

    start: Point
    steps: tuple[tuple[Point, ...], ...]
    pen: Pen

    def moved(self, dx: float, dy: float) -> "Path":
        """Return it elsewhere."""
        steps = tuple(tuple(point.by(dx, dy) for point in step) for step in self.steps)
        return replace(self, start=self.start.by(dx, dy), steps=steps)

    @property
    def box(self) -> Box:
        """What it covers at most."""
        return around([self.start, *(point for step in self.steps for point in step)])


@dataclass(frozen=True)
class Lines:
    """Many straight lines of one kind, as between two layers of neurons."""

    ends: tuple[tuple[Point, Point], ...]
    pen: Pen

    def moved(self, dx: float, dy: float) -> "Lines":
        """Return them elsewhere."""
        return replace(self, ends=tuple((start.by(dx, dy), end.by(dx, dy)) for start, end in self.ends))

    @property
    def box(self) -> Box:
        """What they cover."""
        return around([point for line in self.ends for point in line])


@dataclass(frozen=True)
class Rect:
    """A rectangle with rounded corners; without a fill one sees through it."""

    area: Box
    radius: float
    fill: Ink | None
    pen: Pen

    def moved(self, dx: float, dy: float) -> "Rect":
        """Return it elsewhere."""
        return replace(self, area=self.area._replace(x=self.area.x + dx, y=self.area.y + dy))

    @property
    def box(self) -> Box:
        """What it covers."""
        return self.area.grown(self.pen.width / 2)


@dataclass(frozen=True)
class Circle:
    """A circle, without an edge where there is no pen."""

    center: Point
    radius: float
    fill: Ink
    pen: Pen | None = None

    def moved(self, dx: float, dy: float) -> "Circle":
        """Return it elsewhere."""
        return replace(self, center=self.center.by(dx, dy))

    @property
    def box(self) -> Box:
        """What it covers."""
        return Box(*self.center, 0, 0).grown(self.radius + (self.pen.width / 2 if self.pen else 0))


@dataclass(frozen=True)
class Polygon:
    """A closed shape with corners; without a fill one sees through it, without a pen it has no edge."""

    corners: tuple[Point, ...]
    fill: Ink | None
    pen: Pen | None = None

    def moved(self, dx: float, dy: float) -> "Polygon":
        """Return it elsewhere."""
        return replace(self, corners=tuple(corner.by(dx, dy) for corner in self.corners))

    @property
    def box(self) -> Box:
        """What it covers."""
        return around(self.corners).grown(self.pen.width / 2 if self.pen else 0)


@dataclass(frozen=True)
class Label:
    """A line of text.

    Args:
        text: what it says.
        at: on its base line; which end of it, the anchor says.
        size: of the letters, as font sizes are measured.
        ink: its color.
        anchor: see there.
        bold: in the heavier face.
    """

    text: str
    at: Point
    size: float
    ink: Ink
    anchor: Anchor = Anchor.MIDDLE
    bold: bool = False

    def moved(self, dx: float, dy: float) -> "Label":
        """Return it elsewhere."""
        return replace(self, at=self.at.by(dx, dy))

    @property
    def box(self) -> Box:
        """What it covers, as far as that can be told without the font."""
        width = width_of(self.text, self.size, bold=self.bold)
        before = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[self.anchor]
        height = (ASCENT + DESCENT) * self.size
        return Box(self.at.x - before * width, self.at.y - ASCENT * self.size, width, height)


Shape = Path | Lines | Rect | Circle | Polygon | Label


@dataclass(frozen=True)
class Drawing:
    """A finished figure.

    Args:
        title: what it shows, for programs that read pictures aloud.
        page: the part of the plane that is shown.
        shapes: from the back to the front.
        paper: color behind them all.
    """

    title: str
    page: Box
    shapes: tuple[Shape, ...]
    paper: Ink = PAPER


def around(points: Iterable[Point]) -> Box:
    """Return the smallest box that holds these points, of which there is at least one."""
    across, down = zip(*points, strict=True)
    return Box(min(across), min(down), max(across) - min(across), max(down) - min(down))


def cover(boxes: Sequence[Box]) -> Box:
    """Return the smallest box that holds these boxes; an empty one where there is none."""
    corners = [point for box in boxes for point in (Point(box.x, box.y), Point(box.right, box.bottom))]
    return around(corners or [Point(0, 0)])
