"""Flat slices through the space of all weights, and the cost over them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from annstudio.core.calls import Array
from annstudio.engine.network import Network
from annstudio.engine.plan import Evaluator

_MARGIN = 1.25
"""A map reaches so much further than the ways on it."""
_MOST_ROWS = 400
"""Moments by which principal directions are found."""
_TINY = 1e-12


class Kind(StrEnum):
    """How a slice lies."""

    PRINCIPAL = "principal"
    """In the two directions in which the race has moved most."""
    RANDOM = "random"
    """In two random directions, in proportion to each unit's own weights."""
    WEIGHTS = "weights"
    """Along two weights; all others stay."""


@dataclass(frozen=True, eq=False)
class Slice:
    """A plane in the space of the weights.

    Args:
        kind: how it lies.
        center: the flat vector in its middle, (size,).
        across, up: by how much the trained weights change from there to the edge of the map, (trained,) each.
        explained: the share of all squared movement that lies in the plane, where it was laid through movements.
    """

    kind: Kind
    center: Array
    across: Array
    up: Array
    explained: float | None = None

    def weights(self, x: float, y: float) -> Array:
        """Return the flat vector at a place of the map; −1 to 1 are its edges."""
        flat = self.center.copy()
        flat[: len(self.across)] += x * self.across + y * self.up
        return flat

    def shadow(self, way: Array) -> Array:
        """Return the nearest places of the plane to weights, (moments, trained), as places of the map, (moments, 2)."""
        moved = way - self.center[: len(self.across)]
        products = np.column_stack([moved @ self.across, moved @ self.up])
        shadow: Array = products @ self._inverse
        return shadow

    @property
    def spanned(self) -> bool:
        """Its two directions lead to different places: it is no line, and no point."""
        lengths = float(self.across @ self.across) * float(self.up @ self.up)
        return lengths - float(self.across @ self.up) ** 2 > _TINY * lengths

    @cached_property
    def _inverse(self) -> Array:
        """Takes products with both directions to coordinates, whatever angle they have."""
        mixed = float(self.across @ self.up)
        inverse: Array = np.linalg.inv(np.array([[self.across @ self.across, mixed], [mixed, self.up @ self.up]]))
        return inverse


def principal(center: Array, ways: Sequence[Array], trained: int) -> Slice | None:
    """Return the plane through a point in which ways have moved most; None while there is no plane in them.

    The principal directions of the differences to the point, as in Li et al. 2018, Visualizing the loss landscape of
    neural nets, section 7; both axes have the same scale.

    Args:
        center: the flat vector that lies in the plane, (size,).
        ways: weights of each racer, (moments, trained).
        trained: how many of the flat vector are trained.
    """
    moved = np.concatenate([way[:: -(-len(way) // (_MOST_ROWS // len(ways)))] for way in ways]) - center[:trained]
    # As few rows as moments: their products are quicker taken apart than the weights'.
    values, vectors = np.linalg.eigh(moved @ moved.T)
    if len(values) < 2 or not np.isfinite(values).all() or values[-2] <= _TINY * values[-1]:
        return None
    across, up = (moved.T @ vectors[:, -place] / np.sqrt(values[-place]) for place in (1, 2))
    explained = float(values[-2:].sum() / values.sum())
    plane = Slice(Kind.PRINCIPAL, center, across, up, explained)
    shadows = np.concatenate([plane.shadow(way) for way in ways])
    low, high = shadows.min(axis=0), shadows.max(axis=0)
    middle, reach = (low + high) / 2, float((high - low).max()) / 2 * _MARGIN
    return Slice(Kind.PRINCIPAL, plane.weights(*middle.tolist()), across * reach, up * reach, explained)


def random_directions(network: Network, center: Array, seed: int) -> Slice:
    """Return a plane in two random directions, each unit's part as long as that unit's own weights.

    Filter normalization, Li et al. 2018, Visualizing the loss landscape of neural nets, section 4; biases and the
    numbers of batch normalization stay, as in the authors' pictures.

    Args:
        network: whose weights they are.
        center: the flat vector in the middle, (size,).
        seed: of the directions.
    """
    generator = np.random.default_rng(seed)
    across, up = (_random_direction(network, center, generator) for _ in range(2))
    return Slice(Kind.RANDOM, center, across, up)


def two_weights(center: Array, trained: int, places: tuple[int, int], ways: Sequence[Array]) -> Slice:
    """Return the plane along two weights, wide enough for ways.

    Args:
        center: the flat vector in it, (size,).
        trained: how many of the flat vector are trained.
        places: of the weights, different ones.
        ways: weights of each racer, (moments, trained).
    """
    center = center.copy()
    directions = []
    for place in places:
        values = np.concatenate([way[:, place] for way in ways])
        low, high = min(values.min(), center[place]), max(values.max(), center[place])
        center[place] = (low + high) / 2
        direction = np.zeros(trained)
        direction[place] = max((high - low) / 2 * _MARGIN, 1.0)
        directions.append(direction)
    return Slice(Kind.WEIGHTS, center, directions[0], directions[1])


def costs_over(
    network: Network,
    plane: Slice,
    samples: tuple[Array, Array],
    side: int,
    wanted: Callable[[], bool] = lambda: True,
) -> Array | None:
    """Return the cost J all over a slice, (side, side), its rows from the lower edge up; None if given up.

    Args:
        network: whose cost.
        plane: the slice.
        samples: inputs and targets.
        side: points along each edge.
        wanted: asked before each row.
    """
    weights = plane.center.astype(samples[0].dtype)
    evaluator = Evaluator(network, weights)
    axis = np.linspace(-1, 1, side)
    costs = np.empty((side, side))
    with np.errstate(all="ignore"):
        for row, y in enumerate(axis):
            if not wanted():
                return None
            for column, x in enumerate(axis):
                weights[:] = plane.weights(x, y)
                costs[row, column] = evaluator.cost(*samples)[0]
    return costs


def _random_direction(network: Network, center: Array, generator: np.random.Generator) -> Array:
    direction = np.zeros(network.size)
    pairs = zip(network.blocks, network.views(direction), network.views(center), strict=True)
    for blocks, views, own in pairs:
        for block, view, weights in zip(blocks, views, own, strict=True):
            rows = block.kernel_rows
            drawn = generator.normal(size=(rows, view.shape[1]))
            lengths = np.maximum(np.linalg.norm(drawn, axis=0), _TINY)
            view[:rows] = drawn / lengths * np.linalg.norm(weights[:rows], axis=0)
    return direction[: network.trainable_count]
