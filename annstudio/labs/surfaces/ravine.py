"""Ravine."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.labs.surfaces.base import Surface


class Ravine(Surface):
    """Fifty times steeper across than along: plain descent zigzags."""

    info = Info(
        key="ravine",
        label=QT_TRANSLATE_NOOP("annstudio", "Ravine"),
        order=70,
        summary=QT_TRANSLATE_NOOP("annstudio", "Fifty times steeper across than along: plain descent zigzags."),
        formula="x² + 50·y²",
        reference="A quadratic form with condition number 50, the textbook case of zigzagging",
    )
    start = (-1.8, 1.0)
