"""The training samples themselves, for the few rules that must look at them."""

from functools import lru_cache

from annstudio.core.errors import UserError
from annstudio.core.params import Value
from annstudio.data.prepare import Part
from annstudio.project.model import Project, Settings
from annstudio.project.prepared import prepared


def training_part(project: Project) -> Part | None:
    """Return the training samples; None where the settings give none."""
    return _made(tuple(project.data.values.items()))


@lru_cache(maxsize=8)
def _made(data: tuple[tuple[str, Value], ...]) -> Part | None:
    """Make them once: most edits leave the data as they are."""
    try:
        return prepared(Settings(dict(data))).train
    except UserError:
        return None
