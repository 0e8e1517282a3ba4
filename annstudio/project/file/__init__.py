"""Project files: one .ann holds the design, the settings and the trained weights.

It is a zip of project.json and, after training, weights.safetensors, and runs.json where runs are kept. Nothing in it
is ever executed or extracted. A file may come from a stranger, so that everything is checked before memory is given to
it.

Progress belongs to the network as a whole. A file may hold weights of only some layers, as when a design was edited
after training and saved; then the counts are left out, as in the window an edited network starts a new count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annstudio.core.errors import UserError
from annstudio.project.file import archive, problems, record, runs, tensors
from annstudio.project.file.atomic import check_place, replace_file
from annstudio.project.file.record import Progress
from annstudio.project.file.tensors import Weights
from annstudio.project.kept import KeptRun
from annstudio.project.model import Project

__all__ = ["Loaded", "Progress", "Weights", "check_place", "check_there", "load", "save"]


@dataclass(frozen=True, eq=False)
class Loaded:
    """What a file holds.

    Attributes:
        project: the document.
        weights: by node id each layer's parameters and statistics by name, such as "kernel" (inputs, units) and
            "bias" (units,), float32 or float64; None if untrained. Layers may be missing; they start from the seed.
        progress: how far the weights were trained; None if the file does not say, or layers are missing.
        runs: that are kept with it.
    """

    project: Project
    weights: Weights | None
    progress: Progress | None
    runs: tuple[KeptRun, ...] = ()


def save(
    path: Path,
    project: Project,
    weights: Weights | None,
    progress: Progress | None,
    kept_runs: Sequence[KeptRun] = (),
) -> None:
    """Write a project file; whatever goes wrong, the path holds the old file or the new one, never half.

    Args:
        path: of the file.
        project: the document.
        weights: by node id each layer's parameters and statistics by name. Layers whose weights do not fit the
            design any more, or are not finite in its precision, are saved without.
        progress: how far the weights were trained; saved only if every layer that is used has its weights.
        kept_runs: to be kept with it.

    Raises:
        UserError: there is no such folder, no permission or no space, or the disk fails.
    """
    kept = tensors.fitting(project, weights or {})
    entries = {archive.PROJECT: record.encode(project, progress if tensors.complete(project, kept) else None)}
    if kept:
        entries[archive.WEIGHTS] = tensors.encode(kept)
    if kept_runs:
        entries[archive.RUNS] = runs.encode(kept_runs)
    replace_file(path, lambda stream: archive.write(stream, entries))


def load(path: Path) -> Loaded:
    """Read a project file.

    Raises:
        UserError: the file cannot be read, or anything in it is not as it should be.
    """
    try:
        with archive.opened(path) as entries:
            return _loaded(entries)
    except UserError as error:
        raise problems.unopened(path, error.message) from None
    except MemoryError:
        raise problems.unopened(path, problems.no_memory()) from None


def check_there(path: Path) -> None:
    """Check that there is something to open, without reading it.

    Raises:
        UserError: there is no such file, or nobody may know.
    """
    try:
        path.stat()
    except OSError as error:
        raise problems.unopened(path, problems.of_reading(error)) from None


def _loaded(entries: archive.Entries) -> Loaded:
    project, progress = record.decode(entries.read(archive.PROJECT))
    kept = runs.decode(entries.read(archive.RUNS)) if archive.RUNS in entries else ()
    if archive.WEIGHTS not in entries:
        return Loaded(project, None, None, kept)
    with entries.stream(archive.WEIGHTS) as stream:
        weights = tensors.decode(stream, entries.size(archive.WEIGHTS), project)
    return Loaded(project, weights, progress if tensors.complete(project, weights) else None, kept)
