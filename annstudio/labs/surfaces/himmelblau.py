"""Himmelblau's function."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.labs.surfaces.base import Surface


class Himmelblau(Surface):
    """Four valleys, all equally deep: the start decides."""

    info = Info(
        key="himmelblau",
        label=QT_TRANSLATE_NOOP("annstudio", "Himmelblau's function"),
        order=100,
        summary=QT_TRANSLATE_NOOP("annstudio", "Four valleys, all equally deep: the start decides."),
        formula="(x² + y − 11)² + (x + y² − 7)²",
        reference="Himmelblau 1972, Applied nonlinear programming",
    )
    extent = 5.0
    start = (0.0, 0.0)
