"""A stack beside one straight map."""

from dataclasses import dataclass, replace

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.labs.linear.pieces import Regions, breaks, countable, regions
from annstudio.labs.linear.stack import Stack
from annstudio.labs.notation import PLUS, TIMES, Equation, Figure, Matrix, Row, Sign, joined, matrix

_MOST_SHOWN = 4
"""Factors that are written out with their numbers."""
SIDE, COLUMNS = 161, 481
"""Points along each side of a plane, and of a line."""


@dataclass(frozen=True, eq=False)
class View:
    """Where a stack is looked at.

    Args:
        extent: ends of the first and of the second input in the units of its axes; of one input, only the first counts.
        points: what goes into the stack there, (points, inputs); the last point of a row is at its end.
        shape: rows and columns; one row for one input; (0, 0) where there is no picture.
        names: of the inputs.
    """

    extent: tuple[tuple[float, float], tuple[float, float]]
    points: Array
    shape: tuple[int, int]
    names: tuple[str, ...] = ("x", "y")


@dataclass(frozen=True, eq=False)
class Comparison:
    """What came of it.

    Args:
        stack: that was looked at.
        view: where.
        values: z of the stack, (points, outputs).
        line: W·x + b, (points, outputs).
        weights, bias: W, (outputs, inputs), and b, (outputs,): the product, or the best fit where something bends.
        difference: the largest between both.
        regions: of a plane made of straight pieces; else None.
        kinks: of a line made of straight pieces, in the units of the axis; else None.
    """

    stack: Stack
    view: View
    values: Array
    line: Array
    weights: Array
    bias: Array
    difference: float
    regions: Regions | None = None
    kinks: Array | None = None

    @property
    def pieces(self) -> int | None:
        """Straight pieces, where they can be counted."""
        if self.kinks is not None:
            return len(self.kinks) + 1
        return None if self.regions is None else self.regions.count

    def equations(self) -> tuple[Equation, ...]:
        """Return how W and b come about, with numbers."""
        result = _matrix_of(self.weights), _matrix_of(self.bias[:, np.newaxis])
        if not self.stack.straight:
            nearest = QT_TRANSLATE_NOOP("annstudio", "The straight map that comes nearest")
            return (
                Equation((Sign("W"),), result=result[0], words=Text(nearest)),
                Equation((Sign("b"),), result=result[1]),
            )
        count = len(self.stack.links)
        words = text(QT_TRANSLATE_NOOP("annstudio", "All {count} layers in one"), count=str(count))
        letters: Row = joined([(Sign("W", str(place + 1)),) for place in reversed(range(count))], TIMES)
        numbers: Row = ()
        if 1 < count <= _MOST_SHOWN:
            factors = [(_matrix_of(link.kernel.T),) for link in reversed(self.stack.links)]
            numbers = joined(factors, TIMES)
        return (
            Equation((Sign("W"),), letters if count > 1 else (), numbers, result[0], words),
            Equation((Sign("b"),), _bias_letters(count), (), result[1]),
        )


def plane(extent: float, inputs: int) -> View:
    """Return a view around 0, for a stack without data.

    Args:
        extent: it reaches from −extent to extent.
        inputs: one or two.
    """
    ends = (-extent, extent)
    if inputs == 1:
        return View((ends, ends), np.linspace(*ends, COLUMNS)[:, np.newaxis], (1, COLUMNS))
    x, y = np.meshgrid(np.linspace(*ends, SIDE), np.linspace(*ends, SIDE))
    return View((ends, ends), np.column_stack([x.ravel(), y.ravel()]), (SIDE, SIDE))


def compare(stack: Stack, view: View) -> Comparison:
    """Return a stack beside the one map that its layers multiply to, or beside the best one where something bends."""
    values = stack.value(view.points)
    weights, bias = stack.product() if stack.straight else stack.best_line(view.points)
    line = view.points @ weights.T + bias
    difference = float(np.abs(values - line).max())
    found = Comparison(stack, view, values, line, weights, bias, difference)
    if not view.shape[0] or not countable(stack):
        return found
    if view.shape[0] > 1:
        return replace(found, regions=regions(stack, view.points, view.shape))
    low, high = float(view.points[0, 0]), float(view.points[-1, 0])
    share = (breaks(stack, low, high) - low) / (high - low)
    begin, end = view.extent[0]
    return replace(found, kinks=begin + share * (end - begin))


def _matrix_of(values: Array) -> Matrix:
    rows, columns = values.shape
    return matrix(rows, columns, lambda row, column: (Figure(float(values[row, column])),))


def _bias_letters(count: int) -> Row:
    """Return W₂·b₁ + b₂ and the like; nothing for one layer."""
    if count == 1:
        return ()
    terms: list[Row] = []
    for place in range(count):
        factors: list[Row] = [(Sign("W", str(later + 1)),) for later in reversed(range(place + 1, count))]
        terms.append(joined([*factors, (Sign("b", str(place + 1)),)], TIMES))
    return joined(terms, PLUS)
