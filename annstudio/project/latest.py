"""Remembering what was found out about the latest project, because several ask within one edit."""

from collections.abc import Callable
from typing import TypeVar

from annstudio.project.model import Project

T = TypeVar("T")


def latest(function: Callable[[Project], T]) -> Callable[[Project], T]:
    """Return the function with a memory of one answer: a project never changes, so the answer stays right."""
    kept: tuple[Project, T] | None = None

    def remembered(project: Project) -> T:
        # The window and the thread that trains both ask: the pair is read once and replaced as a whole.
        nonlocal kept
        found = kept
        if found is None or found[0] is not project:
            found = kept = (project, function(project))
        return found[1]

    return remembered
