"""Elliptic bowl."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.labs.surfaces.base import Surface


class EllipticBowl(Surface):
    """A valley that is steeper one way than the other, with a dent in the middle."""

    info = Info(
        key="elliptic_bowl",
        label=QT_TRANSLATE_NOOP("annstudio", "Elliptic bowl"),
        order=40,
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "A valley that is steeper one way than the other, with a dent in the middle."
        ),
        formula="−exp(−((x/2)² + 5·(y/2)²)) + (x/2)² + 0.5·(y/2)²",
        reference="As in gradient_descent_viz (L. Jiang 2020)",
        aliases=("ecliptic_bowl",),
    )
