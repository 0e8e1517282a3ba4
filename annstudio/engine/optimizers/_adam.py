"""What Adam and its kin have in common: two running averages, and numbers that correct their start from zero."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.calls import Array, Calls, scalar
from annstudio.core.params import Real
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.optimizers._shared import decay, descend, running_average
from annstudio.engine.optimizers.base import Slot, State
from annstudio.engine.rules import Line

AVERAGE = Slot(key="gradient_average", label=QT_TRANSLATE_NOOP("annstudio", "Average gradient"), symbol="m")
SQUARED_AVERAGE = Slot(
    key="squared_average", label=QT_TRANSLATE_NOOP("annstudio", "Average squared gradient"), symbol="v"
)


def beta1(default: float = 0.9) -> Real:
    """Return the parameter β₁, the decay of the average gradient."""
    return decay("beta1", QT_TRANSLATE_NOOP("annstudio", "Decay β₁ (g)"), default)


def beta2(default: float = 0.999, label: str = QT_TRANSLATE_NOOP("annstudio", "Decay β₂ (g²)")) -> Real:
    """Return the parameter β₂, the decay of what measures the size of gradients."""
    return decay("beta2", label, default)


class Corrections:
    """The numbers of step t, computed anew by `tick` as each step begins.

    An average that starts at zero is too small at first, by the factor 1 − βᵗ. The corrections are numbers, so they
    go into η and ε instead of m and v (section 2 of Kingma & Ba 2015):
    η·m̂ / (√v̂ + ε) = η_t·m / (√v + ε_t) with ε_t = ε·√(1 − β₂ᵗ) and η_t = η·√(1 − β₂ᵗ) / (1 − β₁ᵗ).

    Attributes:
        rest1: 1 − β₁.
        square_rest: (1 − β₂) / (1 − β₁)², for the square of what has been multiplied by rest1.
        rate: η_t.
        epsilon: ε_t.
    """

    def __init__(self, w: Array, state: State, live: Mapping[str, Array]) -> None:
        self._step, self._live = state["step"], live
        self.rest1, self.square_rest, self.rate, self.epsilon = (scalar(0, w) for _ in range(4))

    def tick(self) -> None:
        """Count the step and compute its numbers."""
        live = self._live
        t = self._step.item() + 1
        kept1, kept2 = live["beta1"].item(), live["beta2"].item()
        root = (1 - kept2**t) ** 0.5
        self._step[()] = t
        self.rest1[()] = 1 - kept1
        self.square_rest[()] = (1 - kept2) / (1 - kept1) ** 2
        self.rate[()] = live["learning_rate"].item() * root / (1 - kept1**t)
        self.epsilon[()] = live["epsilon"].item() * root


def update_averages(g: Array, state: State, live: Mapping[str, Array], now: Corrections, scratch: Array) -> Calls:
    """Return the calls m ← β₁·m + (1 − β₁)g and v ← β₂·v + (1 − β₂)g².

    Args:
        g, state, live: see Optimizer.update.
        now: numbers of the step.
        scratch: overwritten; g itself, where nobody needs it any more: in long vectors, time is the memory touched.
    """
    return [
        *running_average(state["gradient_average"], g, live["beta1"], now.rest1, scratch),
        # Here scratch holds (1 − β₁)g.
        (np.square, (scratch, scratch)),
        *running_average(state["squared_average"], scratch, live["beta2"], now.square_rest, scratch),
    ]


def average_lines() -> tuple[Line, ...]:
    """Return what update_averages does, in letters."""
    return Line("m", "β₁·m + (1 − β₁)·g"), Line("v", "β₂·v + (1 − β₂)·g²")


def adam_descent(w: Array, m: Array, v: Array, now: Corrections, scratch: Array) -> Calls:
    """Return the calls w ← w − η_t·m / (√v + ε_t)."""
    return [
        (np.sqrt, (v, scratch)),
        (np.add, (scratch, now.epsilon, scratch)),
        (np.divide, (m, scratch, scratch)),
        *descend(w, scratch, now.rate, scratch),
    ]
