"""How many samples there are, without making them."""

from itertools import count

from annstudio.project.model import Project
from annstudio.project.settings import source_of


def training_samples(project: Project) -> int | None:
    """Return the number of training samples; None where it hangs on how a share is rounded, class by class."""
    samples = _samples(project)
    if samples is None:
        return None
    parts = [round(samples * float(project.data[share]), 9) for share in ("train", "validation")]
    return int(parts[0]) if all(part.is_integer() for part in parts) else None


def about_training_samples(project: Project) -> int | None:
    """Return the number of training samples, give or take what rounding shifts; None where nothing says it."""
    samples = _samples(project)
    return None if samples is None else round(samples * float(project.data["train"]))


def fitting_batch_size(project: Project, least: int) -> int:
    """Return the smallest batch size from this one on that leaves no single sample over at an epoch's end."""
    training = training_samples(project)
    return next(size for size in count(least) if training in (None, 1) or training % size != 1)


def _samples(project: Project) -> int | None:
    chosen = project.data.values.get("source.samples", source_of(project.data).samples)
    return None if chosen is None else int(chosen)
