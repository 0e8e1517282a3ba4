"""Beale's function."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.labs.surfaces.base import Surface


class Beale(Surface):
    """Flat in the middle, with walls at the corners that throw large steps far away."""

    info = Info(
        key="beale",
        label=QT_TRANSLATE_NOOP("annstudio", "Beale's function"),
        order=90,
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Flat in the middle, with walls at the corners that throw large steps far away."
        ),
        formula="(1.5 − x + x·y)² + (2.25 − x + x·y²)² + (2.625 − x + x·y³)²",
        reference=(
            "Beale 1958, On an iterative method for finding a local minimum of a function of more than one variable"
        ),
    )
    extent = 4.0
    start = (1.0, 1.5)
