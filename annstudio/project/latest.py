"""Remembering what was found out about the latest project, because several ask within one edit."""

from collections.abc import Callable
from typing import TypeVar

from annstudio.project.model import Project

T = TypeVar("T")


def latest(function: Callable[[Project], T]) -> Callable[[Project], T]:
    """Return the function with a memory of one answer: a project never changes, so the answer stays right.

    Args:
        function: does not care for names and places of cards, so a card that is moved does not wear the answer out.
    """
    kept: tuple[Project, T] | None = None

    def remembered(project: Project) -> T:
        # The window and the thread that trains both ask: the pair is read once and replaced as a whole.
        nonlocal kept
        found = kept
        if found is None or not (found[0] is project or found[0].computes_as(project)):
            found = kept = (project, function(project))
        return found[1]

    return remembered
