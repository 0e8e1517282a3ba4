"""Remembering what was found out about the latest project, because several ask within one edit."""

from collections.abc import Callable
from typing import TypeVar

from annstudio.project.model import Project

T = TypeVar("T")
_KEPT = 2
"""The latest project, and beside it one that is only tried, as the critic does before it offers a fix."""


def latest(function: Callable[[Project], T]) -> Callable[[Project], T]:
    """Return the function with a memory of few answers: a project never changes, so an answer stays right.

    Args:
        function: does not care for names and places of cards, so a card that is moved does not wear an answer out.
    """
    kept: tuple[tuple[Project, T], ...] = ()

    def remembered(project: Project) -> T:
        # The window and the thread that trains both ask: the pairs are read once and replaced as a whole.
        nonlocal kept
        pairs = kept
        found = _found(pairs, project) or (project, function(project))
        kept = (found, *(pair for pair in pairs if pair is not found))[:_KEPT]
        return found[1]

    return remembered


def _found(pairs: tuple[tuple[Project, T], ...], project: Project) -> tuple[Project, T] | None:
    same = (pair for pair in pairs if pair[0] is project)
    alike = (pair for pair in pairs if pair[0].computes_as(project))
    return next(same, None) or next(alike, None)
