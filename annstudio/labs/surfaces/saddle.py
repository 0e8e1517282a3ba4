"""Saddle."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.labs.surfaces.base import Surface


class Saddle(Surface):
    """Down one way, up the other: in the middle of a saddle the gradient is nothing."""

    info = Info(
        key="saddle",
        label=QT_TRANSLATE_NOOP("annstudio", "Saddle"),
        order=30,
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Down one way, up the other: in the middle of a saddle the gradient is nothing."
        ),
        formula="sin(x) + y²",
        reference="As in gradient_descent_viz (L. Jiang 2020)",
    )
