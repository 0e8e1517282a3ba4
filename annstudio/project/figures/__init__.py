"""Pictures of a network for papers and slides, as plain values; one style, one file."""

from collections.abc import Callable

from annstudio.core.params import Real
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.figures.drawing import Drawing
from annstudio.project.figures.layers import parts_of
from annstudio.project.figures.styles import styles
from annstudio.project.model import Project

__all__ = ["FORMATS", "SCALE", "Drawing", "draw", "styles"]

FORMATS = ("svg", "pdf", "png")
"""What a figure can be written as, by the ending of the file; PDF and PNG are painted by ui."""

SCALE = Real("scale", QT_TRANSLATE_NOOP("annstudio", "Size"), default=1.0, minimum=0.1, maximum=20.0)
"""How much larger than one unit = one pixel a figure can be."""


def draw(project: Project, style: str, *, legend: bool = False, translate: Callable[[str], str] = str) -> Drawing:
    """Return the picture of a project's network, whatever state it is in.

    Args:
        project: any, finished or not.
        style: key of a figure style.
        legend: whether a line below says what the colors mean.
        translate: brings marked texts into the reader's language.

    Raises:
        UserError: there is no such style.
    """
    return styles.resolve(style)().draw(parts_of(project, translate), legend, translate)
