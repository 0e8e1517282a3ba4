"""A trace: one batch through the network with every number kept, to be read and shown.

A plan is fast and forgets; a trace makes the same prepared calls, layer by layer, and copies what stands in the
buffers in between. It draws from copies of the generators and moves copies of the weights, so looking changes nothing.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.core.calls import Array, run
from annstudio.core.texts import Text
from annstudio.engine.board import Board
from annstudio.engine.checks import check_samples
from annstudio.engine.network import Network
from annstudio.engine.objective import Objective
from annstudio.engine.optimizers.base import State
from annstudio.engine.penalty import Penalty
from annstudio.engine.plan import GradientPlan
from annstudio.engine.stage import Stage
from annstudio.engine.update import Update


@dataclass(frozen=True, eq=False)
class LayerTrace:
    """Everything that one layer computed.

    Attributes:
        name: of the layer.
        inputs: what came in, one array per wire, each (batch, features).
        terms: by name, what the focused sample's outputs are made of; for Dense "products", wᵢⱼ·xᵢ with the bias in
            the last row, (inputs + 1, units), whose columns add up to z. See Layer.terms.
        z: pre-activations, (batch, units); for a layer without activation, its outputs.
        a: outputs, (batch, units).
        slope: da/dz at each z, (batch, units); None where there is no activation, or each a depends on every z.
        error_a: dJ/da, (batch, units); None where nobody needs it, and at an output whose loss gives dJ/dz at once.
        error_z: dJ/dz, (batch, units); None where nobody needs it.
        input_errors: this layer's share of dJ/dx for every wire, (batch, features); None where nobody needs it.
        gradients: dJ/d of each trained part ("kernel", "bias", …), the loss's part alone.
    """

    name: str | Text
    inputs: tuple[Array, ...]
    terms: Mapping[str, Array]
    z: Array
    a: Array
    slope: Array | None
    error_a: Array | None
    error_z: Array | None
    input_errors: tuple[Array | None, ...]
    gradients: Mapping[str, Array]


@dataclass(frozen=True, eq=False)
class UpdateTrace:
    """What the optimizer made of the gradient; all vectors in the order of the network's trained parameters.

    Attributes:
        gradient: dJ/dw, before penalty and clipping.
        before, after: the weights.
        state_before, state_after: what the optimizer remembered.
    """

    gradient: Array
    before: Array
    after: Array
    state_before: State
    state_after: State


@dataclass(frozen=True, eq=False)
class Trace:
    """One batch, with every number kept.

    Attributes:
        focus: number of the sample whose terms the layers keep.
        layers: in the order of the network.
        losses: of every sample, (batch,).
        cost: J of the batch, without the penalty.
        penalty: what L1 and L2 add to it.
        update: the optimizer's step; None if the trace was made without an optimizer.
    """

    focus: int
    layers: tuple[LayerTrace, ...]
    losses: Array
    cost: float
    penalty: float
    update: UpdateTrace | None


def trace(
    network: Network,
    weights: Array,
    inputs: NDArray[Any],
    targets: NDArray[Any],
    focus: int = 0,
    update: Update | None = None,
    luck: Sequence[np.random.Generator] = (),
    objective: Objective | None = None,
) -> Trace:
    """Return what a training step on these samples computes.

    Args:
        network: what to look into.
        weights: its flat vector; not changed.
        inputs: (batch, features).
        targets: (batch, outputs).
        focus: number of the sample whose terms are kept.
        update: what would make a step of the gradient; a copy is used. None: no step is traced.
        luck: generators of the layers that draw, by place; copies are used.
        objective: decides how errors begin; None is the network's own.

    Raises:
        UserError: the samples do not fit the network.
        IndexError: there is no such sample.
    """
    w = np.array(weights)
    x, t = check_samples(network, inputs, targets, w.dtype)
    if not 0 <= focus < len(x):
        raise IndexError(f"there is no sample {focus} among {len(x)}")
    gradient = np.zeros(network.trainable_count, w.dtype)
    board = Board(network, w, len(x), gradient, copy.deepcopy(list(luck)), True, objective, keep_z=True)
    plan = GradientPlan(board)
    with np.errstate(all="ignore"):
        layers = _layers(plan, gradient, x, t, focus)
        last = board.stages[-1]
        z, a = last.z.T.copy(), last.out.a.T.copy()
        return Trace(
            focus,
            layers,
            losses=network.objective.per_sample(z, a, t),
            cost=network.objective.cost(z, a, t),
            penalty=Penalty(network).cost(w),
            update=None if update is None else _traced(update, plan, w, gradient, x, t),
        )


def _layers(plan: GradientPlan, gradient: Array, x: Array, t: Array, focus: int) -> tuple[LayerTrace, ...]:
    """Run forward and backward, and copy what stands in the buffers in between."""
    board, network = plan.board, plan.board.network
    steps = plan.steps(_with_ones(x))
    if board.wants_copy:
        np.copyto(board.input.a, x.T)
    for step in steps:
        run(step.forward)
    forward = [_forward(network, place, stage, focus) for place, stage in enumerate(board.stages)]
    run(plan.errors(np.ascontiguousarray(t.T)))
    errors: list[tuple[Array | None, Array | None, tuple[Array | None, ...]]] = []
    for stage, step in zip(reversed(board.stages), reversed(steps), strict=True):
        error_a = None if stage.error is None or stage.error_is_dz else stage.error.T.copy()
        run(step.backward)
        error_z = None if stage.error is None else stage.error.T.copy()
        shares = tuple(None if values.error is None else values.error.T.copy() for values in stage.inputs)
        run(step.gather)
        errors.insert(0, (error_a, error_z, shares))
    parts = network.parts(gradient)
    return tuple(
        LayerTrace(
            **fields,
            error_a=error_a,
            error_z=error_z,
            input_errors=shares,
            gradients={name: part.copy() for name, part in named.items()},
        )
        for fields, (error_a, error_z, shares), named in zip(forward, errors, parts, strict=True)
    )


def _forward(network: Network, place: int, stage: Stage, focus: int) -> dict[str, Any]:
    """Return the fields of a layer's trace that forward fills."""
    activation, slope = stage.activation, None
    z, a = stage.z, stage.out.a
    if activation is not None and activation.elementwise:
        slope = np.empty_like(z)
        run(activation.slope(z, a, slope, np.empty_like))
    return {
        "name": network.names[place],
        "inputs": tuple(values.a.T.copy() for values in stage.inputs),
        "terms": {name: term.copy() for name, term in network.layers[place].terms(stage, focus).items()},
        "z": z.T.copy(),
        "a": a.T.copy(),
        "slope": None if slope is None else slope.T,
    }


def _traced(update: Update, plan: GradientPlan, w: Array, gradient: Array, x: Array, t: Array) -> UpdateTrace:
    """Take the step on the copies, and return what it did."""
    network, last = plan.board.network, plan.board.stages[-1]
    trained = w[: network.trainable_count]
    calls = plan.calls(_with_ones(x), np.ascontiguousarray(t.T))

    def evaluate() -> float:
        run(calls)
        return network.objective.cost(last.z.T, last.out.a.T, t)

    stepper = update.copied(w, gradient)
    before, before_state = trained.copy(), _copied(stepper.state)
    loss_gradient = gradient.copy()
    stepper.apply(evaluate)
    return UpdateTrace(loss_gradient, before, trained.copy(), before_state, _copied(stepper.state))


def _with_ones(x: Array) -> Array:
    """Return inputs as a plan reads them, with their row of ones: (features + 1, batch)."""
    return np.vstack([x.T, np.ones((1, len(x)), x.dtype)])


def _copied(state: State) -> State:
    return {key: values.copy() for key, values in state.items()}
