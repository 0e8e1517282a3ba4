"""How many straight pieces a stack of piecewise linear layers is made of."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annstudio.core.calls import Array
from annstudio.labs.linear.stack import Stack, piecewise_linear

_SAME = 1e-9
"""Slopes that differ by no more than this share are one slope."""
_NEAR = 1e-12


@dataclass(frozen=True, eq=False)
class Regions:
    """The pieces of a plane, as far as a grid has met them.

    Args:
        numbers: of the piece at each point, (rows, columns); 0 is the first.
        count: pieces that were met; there may be smaller ones between the points.
    """

    numbers: NDArray[np.intp]
    count: int


def countable(stack: Stack) -> bool:
    """Return whether a stack is made of straight pieces at all."""
    return all(piecewise_linear(link.bent) for link in stack.links)


def breaks(stack: Stack, low: float, high: float) -> Array:
    """Return where a stack of one input has its kinks between two ends, ascending; exact to rounding.

    Between the kinks of the layers before, a layer's z are straight: where one crosses a kink of the activation, there
    is another. Those at which no output changes its slope are left out.

    Args:
        stack: of one input, piecewise linear.
        low, high: ends of what is looked at.
    """
    edges = np.array([low, high])
    for place, link in enumerate(stack.links):
        if link.bent is None:
            continue
        z = stack.sums(edges[:, np.newaxis])[place]
        found = [edges]
        for kink in link.bent.kinks:
            before, after = z[:-1] - kink, z[1:] - kink
            crossed = (before < 0) != (after < 0)
            with np.errstate(all="ignore"):
                share = before / (before - after)
            places = edges[:-1, np.newaxis] + share * np.diff(edges)[:, np.newaxis]
            found.append(places[crossed])
        edges = np.unique(np.concatenate(found))
        edges = edges[np.concatenate([[True], np.diff(edges) > _NEAR * (high - low)])]
    return _that_bend(stack, edges)


def regions(stack: Stack, points: Array, shape: tuple[int, int]) -> Regions:
    """Return which points of a grid lie in one piece: there, every unit is between the same kinks.

    Args:
        stack: piecewise linear.
        points: of the grid, (rows · columns, inputs).
        shape: its rows and columns.
    """
    pattern = np.zeros((len(points), 0), np.int64)
    for link, z in zip(stack.links, stack.sums(points), strict=True):
        if link.bent is not None:
            kinks = np.sort(np.array(link.bent.kinks))
            pattern = np.column_stack([pattern, np.searchsorted(kinks, z)])
    if not pattern.shape[1]:
        return Regions(np.zeros(shape, np.intp), 1)
    found, numbers = np.unique(pattern, axis=0, return_inverse=True)
    return Regions(numbers.reshape(shape), len(found))


def _that_bend(stack: Stack, edges: Array) -> Array:
    """Return those of the inner edges at which an output changes its slope."""
    values = stack.value(edges[:, np.newaxis])
    slopes = np.diff(values, axis=0) / np.diff(edges)[:, np.newaxis]
    scale = max(float(np.abs(slopes).max()), 1e-300)
    changes = np.abs(np.diff(slopes, axis=0)).max(axis=1) > _SAME * scale
    bending: Array = edges[1:-1][changes]
    return bending
