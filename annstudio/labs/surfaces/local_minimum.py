"""Two valleys."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.labs.surfaces.base import Surface


class LocalMinimum(Surface):
    """A small valley beside a deep one: who stops too early?"""

    info = Info(
        key="local_minimum",
        label=QT_TRANSLATE_NOOP("annstudio", "Two valleys"),
        order=20,
        summary=QT_TRANSLATE_NOOP("annstudio", "A small valley beside a deep one: who stops too early?"),
        formula="−2·exp(−((x − 1)² + (1.4·y)²)/0.2) − 6·exp(−((x + 1)² + (1.4·y)²)/0.2) + x² + (1.4·y)²",
        reference="As in gradient_descent_viz (L. Jiang 2020)",
    )
