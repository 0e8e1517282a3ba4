"""Rings."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.labs.surfaces.base import Surface


class Plateau(Surface):
    """Ring after ring of valleys around the lowest one: most ways end too early."""

    info = Info(
        key="plateau",
        label=QT_TRANSLATE_NOOP("annstudio", "Rings"),
        order=60,
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Ring after ring of valleys around the lowest one: most ways end too early."
        ),
        formula=(
            "−sin(sqrt((10·x)² + (10·y)²) + 0.01)/(sqrt((10·x)² + (10·y)²) + 0.01)"
            " + 0.01·(sqrt((10·x)² + (10·y)²) + 0.01)²"
        ),
        reference="As in gradient_descent_viz (L. Jiang 2020)",
    )
