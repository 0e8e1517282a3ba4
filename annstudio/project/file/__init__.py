"""Project files: one .ann holds the design, the settings and the trained weights.

It is a zip of project.json and, after training, weights.safetensors. Nothing in it is ever executed or extracted.
A file may come from a stranger, so that everything is checked before memory is given to it.
"""

from dataclasses import dataclass
from pathlib import Path

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.file import archive, record, tensors
from annstudio.project.file.atomic import replace_file
from annstudio.project.file.record import Progress
from annstudio.project.file.tensors import Weights
from annstudio.project.model import Project

__all__ = ["Loaded", "Progress", "Weights", "load", "save"]


@dataclass(frozen=True, eq=False)
class Loaded:
    """What a file holds.

    Attributes:
        project: the document.
        weights: by node id "kernel" (inputs, units) and "bias" (units,), float32 or float64; None if untrained.
        progress: how far the weights were trained; None if the file does not say.
    """

    project: Project
    weights: Weights | None
    progress: Progress | None


def save(path: Path, project: Project, weights: Weights | None, progress: Progress | None) -> None:
    """Write a project file; whatever goes wrong, the path holds the old file or the new one, never half.

    Args:
        path: of the file.
        project: the document.
        weights: by node id "kernel" (inputs, units) and "bias" (units,). Layers whose weights do not fit the
            design any more, or are not finite, are saved without.
        progress: how far the weights were trained.

    Raises:
        UserError: there is no such folder, no permission or no space, or the disk fails.
    """
    kept = tensors.fitting(project, weights or {})
    entries = {archive.PROJECT: record.encode(project, progress if kept else None)}
    if kept:
        entries[archive.WEIGHTS] = tensors.encode(kept)
    replace_file(path, lambda stream: archive.write(stream, entries))


def load(path: Path) -> Loaded:
    """Read a project file.

    Raises:
        UserError: the file cannot be read, or anything in it is not as it should be.
    """
    try:
        with archive.opened(path) as entries:
            project, progress = record.decode(entries.read(archive.PROJECT))
            if archive.WEIGHTS not in entries:
                return Loaded(project, None, progress)
            with entries.stream(archive.WEIGHTS) as stream:
                weights = tensors.decode(stream, entries.size(archive.WEIGHTS), project)
            return Loaded(project, weights, progress)
    except UserError as error:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "“{file}” cannot be opened: {problem}"),
                file=path.name,
                problem=error.message,
            )
        ) from None
