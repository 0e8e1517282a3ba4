"""Hills."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.labs.surfaces.base import Surface


class Hills(Surface):
    """Two hills and a small valley between you and the bottom."""

    info = Info(
        key="hills",
        label=QT_TRANSLATE_NOOP("annstudio", "Hills"),
        order=50,
        summary=QT_TRANSLATE_NOOP("annstudio", "Two hills and a small valley between you and the bottom."),
        formula=(
            "2·exp(−((x − 1)² + (1.4·y)²)/0.2) + 6·exp(−((x + 1)² + (1.4·y)²)/0.2) − 2·exp(−((x"
            " − 1)² + (1.4·y + 1)²)/0.2) + x² + (1.4·y)²"
        ),
        reference="As in gradient_descent_viz (L. Jiang 2020)",
    )
