"""Splitting a data set into training, validation and test samples."""

from dataclasses import astuple, dataclass

import numpy as np

from annstudio.core.errors import UserError
from annstudio.core.random import stream
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.data.dataset import Array, DataSet, Indices, Task

_PARTS = 3
_TOLERANCE = 1e-6
"""Three rounded decimals may miss 1 by this much."""


@dataclass(frozen=True)
class Shares:
    """Which share of the samples each part gets.

    Args:
        train: what the network learns from, greater than 0.
        validation: what its settings are judged with during training.
        test: what is looked at once, at the end.

    Raises:
        UserError: a share is not between 0 and 1, nothing is left to train on, or they do not add up to 1.
    """

    train: float = 0.6
    validation: float = 0.2
    test: float = 0.2

    def __post_init__(self) -> None:
        if not all(0 <= share <= 1 for share in astuple(self)):
            raise UserError(
                text(QT_TRANSLATE_NOOP("annstudio", "Each share of the data must be from 0 to 100 percent."))
            )
        if self.train == 0:
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio", "Nothing is left to learn from: give the training data a share above 0."
                    )
                )
            )
        total = sum(astuple(self))
        if abs(total - 1) > _TOLERANCE:
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio",
                        "The shares for training, validation and test add up to {total} percent: "
                        "change them so that they make 100.",
                    ),
                    total=f"{100 * total:g}",
                )
            )


def split_indices(data: DataSet, shares: Shares, seed: int) -> tuple[Indices, Indices, Indices]:
    """Return the sample numbers for training, validation and test, each in random order.

    Every sample is in exactly one part. Each class of a classification is shared out alike, always less than
    one sample off its exact share; only a part that would get nothing may cost a class one sample more, since
    each part with a share gets at least one as soon as there are enough.

    Args:
        data: the samples to share out.
        shares: how much each part gets.
        seed: the student's seed; the same seed gives the same split.
    """
    order = stream(seed, "split").permutation(data.samples)
    groups = _groups(data)[order]
    fractions = np.array(astuple(shares)) / sum(astuple(shares))
    counts = _apportion(np.bincount(groups), fractions)
    _fill_empty_parts(counts, fractions)
    part_of = np.empty(data.samples, dtype=np.intp)
    for group, row in enumerate(counts):
        part_of[groups == group] = np.repeat(np.arange(_PARTS), row)
    return order[part_of == 0], order[part_of == 1], order[part_of == 2]


def _groups(data: DataSet) -> Indices:
    """Return what is kept in proportion: the classes; a regression is one group."""
    if data.schema.task is Task.REGRESSION:
        return np.zeros(data.samples, dtype=np.intp)
    return data.labels


def _apportion(sizes: Indices, fractions: Array) -> Indices:
    """Share out each group by the largest-remainder method (Hamilton 1792).

    What rounding owes a part is carried to the next group. Otherwise many small groups would all round the
    same way: of ten classes with two samples each, no sample would reach the test part.

    Args:
        sizes: samples per group, (groups,).
        fractions: share per part, adding up to 1, (parts,).

    Returns:
        Samples per group and part, (groups, parts); each is its exact quota rounded down or up.
    """
    counts = np.zeros((len(sizes), len(fractions)), dtype=np.intp)
    owed = np.zeros(len(fractions))
    for row, size in zip(counts, sizes, strict=True):
        # 0.6 · 5 must count as 3, not as 3 and a remainder of 4e-16.
        quota = np.round(size * fractions, 9)
        row[:] = np.floor(quota)
        remainder = quota - row
        claim = np.where(remainder > 0, remainder + owed, -np.inf)
        row[np.argsort(-claim, kind="stable")[: size - row.sum()]] += 1
        owed += quota - row
    return counts


def _fill_empty_parts(counts: Indices, fractions: Array) -> None:
    """Move a sample of the largest part into each part that has a share but no sample, training first."""
    for part in np.flatnonzero(fractions > 0):
        totals = counts.sum(axis=0)
        donor = totals.argmax()
        spare = totals[donor] > 1 or part == 0
        if totals[part] == 0 and spare:
            group = counts[:, donor].argmax()
            counts[group, donor] -= 1
            counts[group, part] += 1
