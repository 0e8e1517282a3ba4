"""What an optimizer is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import numpy as np

from annstudio.core.calls import Array, Calls, New
from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.engine.rules import Line

State = dict[str, Array]


@dataclass(frozen=True)
class Slot:
    """Something that a rule remembers from step to step, as it is shown.

    Args:
        key: its name in the state.
        label: its marked name on the screen.
        symbol: its letter in the rule's formula.
    """

    key: str
    label: str
    symbol: str


def by_key(*slots: Slot) -> Mapping[str, Slot]:
    """Return slots by their keys, in their order."""
    return MappingProxyType({slot.key: slot for slot in slots})


class Optimizer:
    """A rule that moves the weights against the gradient.

    All weights of a network are one flat vector w, their gradients another, g; a rule is written once, for vectors.
    Every real parameter of a rule is a 0-d array while it runs, so that it can be changed in mid-run. There is one
    exception: a number whose default is 0 and which is 0 is an option that is off. It is left out of the calls, so
    that it costs nothing, and turning it on takes a new `update`. Whole numbers, flags and choices are fixed likewise.

    Attributes:
        slots: what the rule remembers from step to step (a velocity, squared averages), by key.
        counts_steps: the rule needs the number of steps taken so far; it is kept in the state as "step". A rule that
            needs it for an option only does not count while that is off.
        evaluates: the rule asks for cost and gradient itself, at several points in one step and always for all
            samples: it has `step` instead of `update`.
        own_error: the rule goes with an error of its own instead of a loss: the gradient that it is given is made of
            dJ/dz = ŷ − t at the output, summed over the batch, whatever the loss.
        proportional: twice the gradient makes twice the step.
    """

    info: ClassVar[Info]
    slots: ClassVar[Mapping[str, Slot]] = by_key()
    counts_steps: ClassVar[bool] = False
    evaluates: ClassVar[bool] = False
    own_error: ClassVar[bool] = False
    proportional: ClassVar[bool] = False

    def __init__(self, **values: Value) -> None:
        self.params = self.info.check(values)

    @property
    def folds_rate(self) -> bool:
        """Whether the rule, as it is set, only subtracts η·g: whoever makes g may fold η into it; see `folded`."""
        return False

    def initial_state(self, w: Array) -> State:
        """Return all that the rule remembers, as it is before the first step: vectors like w, zero, and the count."""
        state: State = {key: np.zeros_like(w) for key in self.slots}
        if self.counts_steps:
            state["step"] = np.zeros((), np.float64)
        return state

    def update(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New, decays: Array | None = None
    ) -> Calls:
        """Return the calls of one update step.

        Args:
            w: weights, (parameters,); changed in place.
            g: gradient dJ/dw, same shape; may be overwritten.
            state: what `initial_state` returns; changed in place.
            live: each real parameter of `info` as a 0-d array of w's type; read at every step.
            new: gives scratch buffers.
            decays: like w, 1 where weight decay counts (kernels) and 0 elsewhere (biases); None means everywhere.
        """
        raise NotImplementedError

    def rule(self, t: int, kernel: bool = True) -> tuple[Line, ...]:
        """Return the same step as people read it, for one weight; empty where each weight's depends on all.

        Args:
            t: number of the step, from 1.
            kernel: the weight decays, where weights do; biases do not.
        """
        return ()

    def folded(self, w: Array, g: Array) -> Calls:
        """Return the call w ← w − g, which is one update step where folds_rate and η has been multiplied into g."""
        return [(np.subtract, (w, g, w))]

    def step(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], evaluate: Callable[[], float]
    ) -> float | None:
        """Take one step of a rule that evaluates; return the cost at its start.

        Args:
            w, g, state, live: as for `update`; all that counts for the next step is in w and state.
            evaluate: computes the gradient at the present w into g and returns the cost J there.
        """
        raise NotImplementedError
