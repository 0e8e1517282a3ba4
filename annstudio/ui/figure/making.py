"""Making figures from a project and what was chosen; none of it touches a widget, so it may run beside the window."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtGui import QImage

from annstudio.project.figures import Drawing, draw
from annstudio.project.figures.inks import THEMES
from annstudio.project.file.atomic import replace_content
from annstudio.project.model import Project
from annstudio.ui.figure.choices import Choices
from annstudio.ui.figure.painting import encoded, image_of
from annstudio.ui.translate import translate

_LARGEST = 3.0
"""How much larger than it is a small figure is shown at most."""


@dataclass(frozen=True)
class Sketch:
    """A drawing, and how it looks in the preview."""

    drawing: Drawing
    image: QImage


def sketched(project: Project, choices: Choices, room: tuple[int, int]) -> Sketch:
    """Return the figure with an image of it that fits into so many pixels."""
    drawing = _drawn(project, choices)
    scale = min(room[0] / drawing.page.width, room[1] / drawing.page.height, _LARGEST)
    return Sketch(drawing, image_of(drawing, THEMES[choices.theme], scale, transparent=choices.transparent))


def saved(project: Project, choices: Choices, path: Path) -> Path:
    """Write the figure into a file and return where it is.

    Raises:
        UserError: it cannot be written there, or has too many pixels.
    """
    replace_content(path, _content(project, choices))
    return path


def copied(project: Project, choices: Choices) -> tuple[bytes, QImage]:
    """Return the figure as SVG and as an image, for programs that take either.

    Raises:
        UserError: it has too many pixels.
    """
    drawing, theme = _drawn(project, choices), THEMES[choices.theme]
    image = image_of(drawing, theme, choices.scale, transparent=choices.transparent)
    return _content(project, replace(choices, kind="svg")), image


def _content(project: Project, choices: Choices) -> bytes:
    drawing, theme = _drawn(project, choices), THEMES[choices.theme]
    return encoded(drawing, theme, choices.kind, choices.scale, transparent=choices.transparent)


def _drawn(project: Project, choices: Choices) -> Drawing:
    return draw(project, choices.style, legend=choices.legend, translate=translate)
