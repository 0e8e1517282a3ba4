"""Runs that are kept with a project, to compare others with."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.project.model import Project

MOST_RUNS = 20
MOST_POINTS = 500


@dataclass(frozen=True, eq=False)
class KeptRun:
    """A run as it was when it was kept.

    Attributes:
        name: what the student calls it.
        note: what they wrote about it.
        project: what ran.
        epoch: whole epochs done.
        curves: (points, 5), ascending epochs: epoch, cost of training and validation, metric of training and
            validation; NaN where nothing was measured.
    """

    name: str
    project: Project
    epoch: int
    curves: NDArray[np.float64]
    note: str = ""


def thinned(curves: NDArray[Any]) -> NDArray[np.float64]:
    """Return at most MOST_POINTS rows of curves, the first and the last among them."""
    rows = np.unique(np.linspace(0, len(curves) - 1, min(MOST_POINTS, len(curves))).astype(np.intp))
    return np.asarray(curves[rows], np.float64)
