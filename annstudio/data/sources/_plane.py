"""What the four classification sets of the TensorFlow Playground share: points in a plane, of two classes."""

import numpy as np

from annstudio.core.params import Integer, Real
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.dataset import Array, Column, DataSet, Schema, Task

CATEGORY = QT_TRANSLATE_NOOP("annstudio", "Playground")
REFERENCE = QT_TRANSLATE_NOOP("annstudio", "D. Smilkov, S. Carter et al. 2016, TensorFlow Playground, dataset.ts")
ORIGIN = QT_TRANSLATE_NOOP("annstudio", "Drawn by this program with the rule of the TensorFlow Playground.")
RADIUS = 5.0
"""The points lie between about −5 and 5."""

PARAMS = (
    Integer(
        "samples",
        QT_TRANSLATE_NOOP("annstudio", "Samples"),
        500,
        QT_TRANSLATE_NOOP("annstudio", "How many points are drawn, both classes together."),
        minimum=10,
        maximum=5000,
    ),
    Real(
        "noise",
        QT_TRANSLATE_NOOP("annstudio", "Noise"),
        0.0,
        QT_TRANSLATE_NOOP("annstudio", "0: the classes are cleanly apart; 0.5: they mix a lot."),
        minimum=0.0,
        maximum=0.5,
    ),
)

SCHEMA = Schema(
    task=Task.BINARY,
    features=(Column("x₁"), Column("x₂")),
    target=Column(QT_TRANSLATE_NOOP("annstudio", "Class")),
    classes=(QT_TRANSLATE_NOOP("annstudio", "Negative"), QT_TRANSLATE_NOOP("annstudio", "Positive")),
)
"""The Playground's label −1 is class 0, its label +1 is class 1."""


def halves(samples: int) -> tuple[int, int]:
    """Return how many points the first and the second half hold; the first takes the odd one."""
    return samples - samples // 2, samples // 2


def jitter(rng: np.random.Generator, samples: int, noise: float) -> Array:
    """Return shifts that blur a label, not the point: uniform up to noise · RADIUS, (samples, 2)."""
    return rng.uniform(-RADIUS, RADIUS, (samples, 2)) * noise


def points(inputs: Array, positive: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> DataSet:
    """Return the data set of these points.

    Args:
        inputs: (samples, 2).
        positive: whether the point is of class 1, (samples,).
    """
    return DataSet(SCHEMA, inputs, positive.astype(np.float64)[:, np.newaxis])
