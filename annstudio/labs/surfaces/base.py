"""What a surface is."""

from typing import ClassVar

from annstudio.core.registry import Info


class Surface:
    """A height f(x, y) over a square map. The formula in its info is the surface: it is parsed and differentiated.

    Attributes:
        extent: the map reaches from −extent to extent, both ways.
        start: where a race begins unless the student chooses otherwise.
    """

    info: ClassVar[Info]
    extent: ClassVar[float] = 2.0
    start: ClassVar[tuple[float, float]] = (1.5, 1.5)
