"""One step of training, before it is taken: the samples, the weights, and every number of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from annstudio.core.calls import Array, run
from annstudio.engine.network import INPUT, Network
from annstudio.engine.optimizers.base import Optimizer
from annstudio.engine.tracing import LayerTrace, Trace
from annstudio.engine.update import Clipping
from annstudio.labs.glass_box.letters import Letters


@dataclass(frozen=True, eq=False)
class Moment:
    """All that the walk through one step speaks of.

    Args:
        network: at work.
        optimizer: that moves the weights.
        clipping: of the gradient.
        weights: flat, before the step.
        samples: numbers of the batch's samples in the training part.
        inputs: of the batch, (batch, features).
        targets: (batch, outputs).
        trace: every number of the step.
        live: the optimizer's numbers, by key.
    """

    network: Network
    optimizer: Optimizer
    clipping: Clipping
    weights: Array
    samples: NDArray[np.intp]
    inputs: Array
    targets: Array
    trace: Trace
    live: Mapping[str, float]

    @property
    def focus(self) -> int:
        """Place of the sample in the batch that is looked at."""
        return self.trace.focus

    @property
    def batch(self) -> int:
        """Number of samples."""
        return len(self.inputs)

    @property
    def last(self) -> int:
        """Place of the output layer."""
        return len(self.network.layers) - 1

    @cached_property
    def letters(self) -> Letters:
        """Signs for its numbers."""
        return Letters(self.network)

    @cached_property
    def parts(self) -> list[dict[str, Array]]:
        """The weights of each layer by name, before the step."""
        return self.network.parts(self.weights)

    def layer(self, place: int) -> LayerTrace:
        """Return what a layer computed."""
        return self.trace.layers[place]

    def size(self, place: int) -> int:
        """Return how many values a layer gives, or the data have."""
        return self.network.inputs if place == INPUT else self.layer(place).a.shape[1]

    def value(self, place: int, unit: int) -> float:
        """Return an output of a layer, or a feature, of the sample that is looked at."""
        values = self.inputs if place == INPUT else self.layer(place).a
        return float(values[self.focus, unit])

    def sum(self, place: int, unit: int) -> float:
        """Return a z."""
        return float(self.layer(place).z[self.focus, unit])

    def target(self, unit: int) -> float:
        """Return what an output should be; what the loss's parameters make of it."""
        return float(self.asked[self.focus, unit])

    @cached_property
    def asked(self) -> Array:
        """The targets as the loss takes them, (batch, outputs)."""
        return self.network.objective.loss.asked(self.targets)

    @cached_property
    def output_errors(self) -> Array | None:
        """∂J/∂ŷ of the batch, (batch, outputs); None where the loss is not one of the outputs as they are."""
        objective = self.network.objective
        if self.optimizer.own_error or objective.of_logs:
            return None
        a, t = self.layer(self.last).a.T.copy(), self.targets.T.astype(self.weights.dtype)
        found = np.empty_like(a)
        with np.errstate(all="ignore"):
            run(objective.loss.slope(a, t, found, np.empty_like))
        return (found * objective.scale(self.batch, self.network.outputs)).T

    def error(self, place: int, unit: int) -> float | None:
        """Return the sample's share of ∂J/∂a; None where nobody needs it."""
        errors = self.output_errors if place == self.last else self.layer(place).error_a
        return None if errors is None else float(errors[self.focus, unit])

    def delta(self, place: int, unit: int) -> float | None:
        """Return the sample's share of ∂J/∂z; None where nobody needs it."""
        errors = self.layer(place).error_z
        return None if errors is None else float(errors[self.focus, unit])

    def readers(self, place: int) -> list[tuple[int, int]]:
        """Return which layers read a layer's values, each with the number of the wire."""
        wires = enumerate(self.network.wires)
        return [(reader, wire) for reader, sources in wires for wire, source in enumerate(sources) if source == place]

    def is_dense(self, place: int) -> bool:
        """Return whether every unit of a layer weighs every value that comes in."""
        products = self.layer(place).terms.get("products")
        return products is not None and products.ndim == _DENSE

    @cached_property
    def trained(self) -> list[dict[str, Array]]:
        """Each layer's weights after the step, by name; those that training does not change are left out."""
        update = self.trace.update
        return [] if update is None else self.network.parts(update.after)


_DENSE = 2
