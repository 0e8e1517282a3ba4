"""What an optimizer is."""

from collections.abc import Mapping
from typing import ClassVar

from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.engine.calls import Array, Calls, New

State = dict[str, Array]


class Optimizer:
    """A rule that moves the weights against the gradient.

    All weights of a network are one flat vector w, their gradients another, g; a rule is written once, for vectors.
    Every parameter of a rule is a 0-d array while it runs, so that it can be changed in mid-run.

    Attributes:
        slots: names of the vectors that the rule remembers from step to step (a velocity, squared averages).
        counts_steps: the rule needs the number of steps taken so far; it is kept in the state as "step".
    """

    info: ClassVar[Info]
    slots: ClassVar[tuple[str, ...]] = ()
    counts_steps: ClassVar[bool] = False

    def __init__(self, **values: Value) -> None:
        self.params = self.info.check(values)

    def update(self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New) -> Calls:
        """Return the calls of one update step.

        Args:
            w: weights, (parameters,); changed in place.
            g: gradient dJ/dw, same shape; may be overwritten.
            state: a vector per slot, zero at the start, and "step" (0-d) where counts_steps.
            live: each numeric parameter of `info` as a 0-d array of w's type; read at every step.
            new: gives scratch buffers.
        """
        raise NotImplementedError
