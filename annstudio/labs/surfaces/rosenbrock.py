"""Rosenbrock's valley."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.labs.surfaces.base import Surface


class Rosenbrock(Surface):
    """A bent, almost flat valley floor: easy to enter, slow to follow."""

    info = Info(
        key="rosenbrock",
        label=QT_TRANSLATE_NOOP("annstudio", "Rosenbrock's valley"),
        order=80,
        summary=QT_TRANSLATE_NOOP("annstudio", "A bent, almost flat valley floor: easy to enter, slow to follow."),
        formula="(1 − x)² + 100·(y − x²)²",
        reference="Rosenbrock 1960, An automatic method for finding the greatest or least value of a function",
    )
    start = (-1.2, 1.0)
