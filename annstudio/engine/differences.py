"""Gradients by backpropagation against gradients by differences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from annstudio.core.calls import Array, run
from annstudio.core.random import stream
from annstudio.core.texts import Text
from annstudio.engine.board import Board
from annstudio.engine.network import Network
from annstudio.engine.plan import GradientPlan

STEP = 1e-5
"""h of a difference."""

TOLERANCE = 1e-7
"""Largest relative error of a gradient that is right."""

_NOISE = 4
"""How many roundings of J a difference may hold."""

_BEND = 0.01
"""Something lies between w − h and w + h if its two sides differ by more than this share: smooth is straight there."""
_SMALLEST_BEND = 1e-3
"""Likewise, by more than this share of h: where a smooth function stands still, both sides are almost zero."""


@dataclass(frozen=True)
class GradientCheck:
    """How far two gradients are apart: ‖backpropagation − differences‖ / ‖differences‖.

    Attributes:
        parameters: of the gradient of all trained parameters.
        inputs: of the gradient of the inputs.
        layers: of the trained parameters of each layer; 0 for a layer without.
        kinks: names of the layers, or of the loss, that bend, jump or end between w − h and w + h, where a difference
            is no gradient; looked for only where the two disagree.
        undefined: name of the first layer, or of the loss, whose values are not finite at w: there is nothing to
            compare then, and the errors are NaN. None if all are.
    """

    parameters: float
    inputs: float
    layers: tuple[float, ...]
    kinks: tuple[str | Text, ...] = ()
    undefined: str | Text | None = None

    @property
    def holds(self) -> bool:
        """The gradients are the same but for rounding."""
        return self.parameters <= TOLERANCE and self.inputs <= TOLERANCE


def gradient_check(
    network: Network, weights: NDArray[np.floating], inputs: NDArray[np.floating], targets: Array, step: float = STEP
) -> GradientCheck:
    """Compare what a plan computes with central differences, (J(w + h) − J(w − h)) / 2h, in float64.

    The network computes as in training: batch normalization measures the batch, and dropout drops values, the same
    ones at every evaluation. J is the cost of the loss alone, without the penalties L1 and L2.

    Differences are exact to about h² of the third derivative, and to the rounding of J over h; a gradient too small
    to be measured so is compared with what could be measured. Where a function has a kink, as ReLU, max pooling and the
    absolute error have, or jumps, as the binary step does, and a sample comes nearer to it than h, a difference reaches
    over it: it is neither of the two slopes, and the check fails although both gradients are right. `kinks` says so;
    other weights or another step then tell.

    Args:
        network: what to check.
        weights: its flat vector; not changed.
        inputs: (batch, features).
        targets: (batch, outputs).
        step: h.
    """
    probe = CostProbe(network, weights, inputs, targets)
    names = (*network.names, Text(network.objective.loss.info.label))
    cost = abs(probe.cost())
    if not np.isfinite(cost):
        nothing = (np.nan,) * len(network.layers)
        return GradientCheck(np.nan, np.nan, nothing, undefined=names[_undefined(probe)])
    found, vectors = probe.gradients(), (probe.trained, probe.inputs)
    expected = [_differences(probe, flat, step) for flat in vectors]
    noise = _NOISE * np.finfo(np.float64).eps * cost / step
    layers = zip(network.views(found[0]), network.views(expected[0]), strict=True)
    check = GradientCheck(
        _error(found[0], expected[0], noise),
        _error(found[1], expected[1], noise),
        tuple(_error(_joined(computed), _joined(measured), noise) for computed, measured in layers),
    )
    if check.holds:
        return check
    places = sorted(set().union(*(_kinks(probe, flat, step) for flat in vectors)))
    return replace(check, kinks=tuple(names[place] for place in places))


def _error(computed: Array, measured: Array, noise: float) -> float:
    """Return how far two gradients are apart, relative to the second, or to the smallest that can be measured."""
    smallest = noise * np.sqrt(computed.size) / TOLERANCE
    distance = np.linalg.norm(computed - measured)
    return float(distance / max(np.linalg.norm(measured), smallest, np.finfo(np.float64).tiny))


class CostProbe:
    """A network whose cost can be asked for again and again, while numbers in its flat vectors change.

    Attributes:
        trained: the trained parameters.
        inputs: features times samples.

    Args:
        network, weights, inputs, targets: see gradient_check.
        luck: generators of the layers that draw, by place; used up. None given: some of its own.
    """

    def __init__(
        self,
        network: Network,
        weights: NDArray[np.floating],
        inputs: NDArray[np.floating],
        targets: Array,
        luck: Sequence[np.random.Generator] = (),
    ) -> None:
        self._network = network
        self._targets = np.array(targets, np.float64)
        batch, features = inputs.shape
        flat = np.array(weights, np.float64)
        h = np.ones((features + 1, batch))
        h[:-1] = inputs.T
        self._gradient = np.zeros(network.trainable_count)
        rngs = list(luck) or [stream(0, "dropout", place) for place in range(len(network.layers))]
        drawing = [rng for rng, layer in zip(rngs, network.layers, strict=True) if layer.draws]
        self._luck = [(rng.bit_generator, rng.bit_generator.state) for rng in drawing]
        self._board = Board(network, flat, batch, self._gradient, rngs, input_error=True)
        plan = GradientPlan(self._board)
        z = np.empty((network.outputs, batch))
        self._forward, self._backward = plan.halves(h, np.ascontiguousarray(self._targets.T), z)
        self._z = z.T
        self.trained = flat[: network.trainable_count]
        self.inputs = h[:-1].reshape(-1)

    def cost(self) -> float:
        """Return J of the vectors as they are now, always with the same luck."""
        for generator, state in self._luck:
            generator.state = state
        with np.errstate(all="ignore"):
            run(self._forward)
        return self._network.objective.cost(self._z, self._board.stages[-1].out.a.T, self._targets)

    def values(self) -> list[Array]:
        """Return the outputs of every layer, then the loss of every sample, after cost; copies."""
        outputs = [stage.out.a.copy() for stage in self._board.stages]
        return [*outputs, self._network.objective.per_sample(self._z, outputs[-1].T, self._targets)]

    def gradients(self) -> tuple[Array, Array]:
        """Return dJ/d(trained) and dJ/d(inputs) by backpropagation, after cost."""
        with np.errstate(all="ignore"):
            run(self._backward)
        error = self._board.input.error
        assert error is not None
        return self._gradient.copy(), error.ravel()


def _differences(probe: CostProbe, flat: Array, step: float) -> Array:
    """Return (J(w + h) − J(w − h)) / 2h for every number w of a vector of the probe."""
    return np.array([central_difference(probe, flat, place, step) for place in range(flat.size)])


def central_difference(probe: CostProbe, flat: Array, place: int, step: float = STEP) -> float:
    """Return (J(w + h) − J(w − h)) / 2h for one number w of a vector of the probe."""
    value = flat[place]
    flat[place] = value + step
    above = probe.cost()
    flat[place] = value - step
    slope = (above - probe.cost()) / (2 * step)
    flat[place] = value
    return float(slope)


def _undefined(probe: CostProbe) -> int:
    """Return the place of the first layer whose values are not all finite, else that of the loss, after the last."""
    values = probe.values()
    return next((place for place, each in enumerate(values) if not np.isfinite(each).all()), len(values) - 1)


def _kinks(probe: CostProbe, flat: Array, step: float) -> set[int]:
    """Return the places of layers that bend, jump or end within the step of some number of a vector of the probe.

    What lies behind hands a bend on, so that for each number only the first counts. The place after the last layer's
    is that of the loss.
    """
    places: set[int] = set()
    probe.cost()
    here = probe.values()
    for number in range(flat.size):
        places.update(islice(_bent(probe, flat, number, here, step), 1))
    return places


def is_bent(probe: CostProbe, flat: Array, place: int, step: float = STEP) -> bool:
    """Return whether something bends, jumps or ends within the step of one number of a vector of the probe."""
    probe.cost()
    return any(True for _ in _bent(probe, flat, place, probe.values(), step))


def _bent(probe: CostProbe, flat: Array, number: int, here: Sequence[Array], step: float) -> Iterator[int]:
    """Return the places of all layers that do not go straight on around a number."""
    value, sides = flat[number], []
    for moved in (value - step, value + step):
        flat[number] = moved
        probe.cost()
        sides.append(probe.values())
    flat[number] = value
    return (place for place, at in enumerate(here) if _bends(sides[0][place], at, sides[1][place], step))


def _bends(below: Array, here: Array, above: Array, step: float) -> bool:
    """Return whether the differences to the two sides tell of a kink, a jump or an end, where there is NaN."""
    with np.errstate(invalid="ignore"):
        left, right = here - below, above - here
        smooth = np.abs(right - left) <= np.maximum(_BEND * np.maximum(abs(left), abs(right)), _SMALLEST_BEND * step)
    return not smooth.all()


def _joined(blocks: Sequence[Array]) -> Array:
    return np.concatenate([np.empty(0), *(block.ravel() for block in blocks)])
