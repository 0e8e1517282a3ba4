"""The space of the last hidden layer: where samples stand in it, and how the output layer cuts it up."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.core.calls import Array
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.dataset import Column
from annstudio.engine.layers.base import features
from annstudio.engine.network import INPUT, Network
from annstudio.engine.plan import Evaluator, ForwardPlan
from annstudio.project.compile import Compiled

MOST_SAMPLES = 400
_MOST_WORK = 1e8
"""Multiply-adds of one look, some milliseconds: larger networks are asked about fewer samples."""
_FEWEST_SAMPLES = 20
_WIDE = 128
"""Units from which on half as many samples have to do: their components take longer to find."""


class HiddenSpace:
    """What comes into the output layer, and what this makes of it, with a network's weights as they are now.

    Args:
        compiled: the network; its output layer reads another layer.
        flat: its weights.
    """

    def __init__(self, compiled: Compiled, flat: Array) -> None:
        network = self._network = compiled.network
        self._flat = flat
        self._source = source_of(network)
        self._readout = Network(network.shape_of(self._source), network.layers[-1:], network.objective.loss)
        weights = np.concatenate([block.ravel() for block in network.views(flat)[-1]])
        self._answers = Evaluator(self._readout, weights)

    @property
    def units(self) -> int:
        """Number of dimensions."""
        return self._readout.inputs

    def values(self, inputs: NDArray[Any]) -> NDArray[np.float64]:
        """Return what comes into the output layer, (samples, units), for scaled inputs, (samples, features)."""
        plan = ForwardPlan(self._network, self._flat, len(inputs))
        with np.errstate(all="ignore"):
            plan.run(inputs.astype(self._flat.dtype))
        values: NDArray[np.float64] = plan.outputs[self._source].T.astype(np.float64)
        return values

    def answers(self, values: NDArray[Any]) -> Array:
        """Return what the output layer answers to such values, (samples, outputs); see Objective.readable."""
        _, outputs = self._answers.outputs(values.astype(self._flat.dtype))
        return self._network.objective.readable(outputs)


def source_of(network: Network) -> int:
    """Return the place of the layer that the output layer reads, or INPUT."""
    return network.wires[-1][0]


def has_hidden_space(network: Network) -> bool:
    """Return whether there is a layer before the output layer, and the network is not too large to be looked into."""
    return source_of(network) != INPUT and samples_to_ask(network) >= _FEWEST_SAMPLES


def samples_to_ask(network: Network) -> int:
    """Return how many samples may be asked about at a time."""
    most = MOST_SAMPLES if features(network.shape_of(source_of(network))) <= _WIDE else MOST_SAMPLES // 2
    return int(min(most, _MOST_WORK / max(1, network.multiply_adds)))


def unit_columns(count: int) -> tuple[Column, ...]:
    """Return names for the units of a layer."""
    if count == 2:
        return Column(QT_TRANSLATE_NOOP("annstudio", "unit 1")), Column(QT_TRANSLATE_NOOP("annstudio", "unit 2"))
    return tuple(Column(str(number)) for number in range(1, count + 1))
