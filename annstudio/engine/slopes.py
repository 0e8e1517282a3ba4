"""One pass for the slopes of several layers.

In a small network the time of a step is the number of its calls. Where layers share an activation, their outputs can
lie side by side in memory, and da/dz of all of them takes one pass.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from annstudio.core.calls import Array, Calls
from annstudio.engine.activations.base import Activation
from annstudio.engine.layers.base import features
from annstudio.engine.network import Network
from annstudio.engine.objective import Objective

_MOST_VALUES = 16_384
"""Beyond it a pass leaves the cache, and saving calls saves nothing."""


@dataclass(frozen=True, eq=False)
class _Place:
    """The buffers of one layer, (features + 1, batch), the last row all ones."""

    out: Array
    z: Array | None
    slope: Array


@dataclass(frozen=True, eq=False)
class Slopes:
    """Buffers that lie side by side, and the calls that compute all slopes at once.

    Attributes:
        calls: to be made between forward and backward.
    """

    calls: Calls = field(default_factory=list)
    places: Mapping[int, _Place] = field(default_factory=dict)

    def output_of(self, place: int) -> Array | None:
        """Return the buffer for a layer's outputs with their row of ones; None: it has one of its own."""
        return self.places[place].out if place in self.places else None

    def z_of(self, place: int) -> Array | None:
        """Return the buffer for a layer's z likewise; None also where z and a share one."""
        return self.places[place].z if place in self.places else None

    def slope_of(self, place: int) -> Array | None:
        """Return where backward finds da/dz, (features, batch); None: the layer computes it."""
        return self.places[place].slope[:-1] if place in self.places else None


def shared_slopes(network: Network, needed: frozenset[int], batch: int, like: Array, objective: Objective) -> Slopes:
    """Return the shared buffers for a plan.

    Args:
        network: what to compute.
        needed: places whose error is needed; the others take no part.
        batch: number of samples.
        like: an array of the plan's type.
        objective: where it gives dJ/dz itself, the last layer's slope is not needed.
    """
    calls: Calls = []
    places: dict[int, _Place] = {}
    for group in _groups(network, needed, objective):
        sizes = [features(network.shapes[place]) + 1 for place in group]
        if sum(sizes) * batch > _MOST_VALUES:
            continue
        activation = network.layers[group[0]].activation
        assert activation is not None
        out, z, slope = (np.ones((sum(sizes), batch), like.dtype) for _ in range(3))
        flat_z = z.ravel() if activation.reads_z else out.ravel()
        calls += activation.slope(flat_z, out.ravel(), slope.ravel(), np.empty_like)
        ends = np.cumsum(sizes)
        for place, size, end in zip(group, sizes, ends, strict=True):
            rows = slice(int(end) - size, int(end))
            places[place] = _Place(out[rows], z[rows] if activation.reads_z else None, slope[rows])
    return Slopes(calls, places)


def _groups(network: Network, needed: frozenset[int], objective: Objective) -> list[list[int]]:
    """Return the places that share an activation, where there are at least two."""
    groups: dict[object, list[int]] = {}
    last = len(network.layers) - 1
    for place, layer in enumerate(network.layers):
        activation = layer.activation
        if activation is None or not layer.own_z or place not in needed or not _alike(activation):
            continue
        # The plan keeps the last layer's z elsewhere, and the loss may know dJ/dz by itself.
        if place == last and (activation.reads_z or objective.gives_dz):
            continue
        groups.setdefault((type(activation), *sorted(activation.params.items())), []).append(place)
    return [group for group in groups.values() if len(group) > 1]


def _alike(activation: Activation) -> bool:
    return activation.elementwise and not len(activation.learned())
