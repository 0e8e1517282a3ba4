"""Pictures of a network for papers and slides, as plain values; one style, one file."""

from collections.abc import Callable

from annstudio.project.figures.drawing import Drawing
from annstudio.project.figures.layers import parts_of
from annstudio.project.figures.styles import styles
from annstudio.project.model import Project

__all__ = ["Drawing", "draw", "styles"]


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
