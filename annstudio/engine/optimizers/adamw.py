"""AdamW: Adam with a weight decay that its step sizes do not distort."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.optimizers._adam import (
    AVERAGE,
    SQUARED_AVERAGE,
    Corrections,
    adam_descent,
    average_lines,
    beta1,
    beta2,
    update_averages,
)
from annstudio.engine.optimizers._shared import decaying, epsilon, learning_rate, weight_decay
from annstudio.engine.optimizers.base import Optimizer, State, by_key
from annstudio.engine.rules import Line


class AdamW(Optimizer):
    """w ← w − η·λ·w − η·m̂ / (√v̂ + ε): Adam's step, and apart from it a step toward zero.

    The decay never enters m and v, where Adam would divide it by √v̂ and so shrink the weights with large gradients
    least. As in PyTorch, the pull toward zero comes first and is proportional to η.

    Source: Loshchilov & Hutter 2019, Decoupled weight decay regularization, algorithm 2.
    """

    info = Info(
        key="adamw",
        label=QT_TRANSLATE_NOOP("annstudio", "AdamW"),
        order=80,
        more=True,
        summary=QT_TRANSLATE_NOOP("annstudio", "Adam, and all weights shrink by the same small part at each step."),
        formula="w ← w − η·λ·w − η·m̂ / (√v̂ + ε)",
        reference="Loshchilov & Hutter 2019, Decoupled weight decay regularization",
        params=(learning_rate(0.001, usual=(0.0001, 0.1)), beta1(), beta2(), epsilon(1e-8), weight_decay(0.01)),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "For deep networks that fit the training data too closely."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Its weight decay does what it says, whatever the gradients."),
        cons=QT_TRANSLATE_NOOP("annstudio", "One more number, λ, has to be found by trial."),
    )
    slots = by_key(AVERAGE, SQUARED_AVERAGE)
    counts_steps = True

    def rule(self, t: int, kernel: bool = True) -> tuple[Line, ...]:
        """Return the rule in letters; see Optimizer.rule."""
        shrunk = (Line("w", "w − η·λ·w"),) if kernel else ()
        return (
            *shrunk,
            *average_lines(),
            Line("m_hat", "m / (1 − β₁**t)"),
            Line("v_hat", "v / (1 − β₂**t)"),
            Line("w", "w − η·m_hat / (sqrt(v_hat) + ε)"),
        )

    def update(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New, decays: Array | None = None
    ) -> Calls:
        """Return the calls of one step; see Optimizer.update."""
        now = Corrections(w, state, live)
        return [
            (now.tick, ()),
            *self._shrink(w, live, decays, new(w)),
            *update_averages(g, state, live, now, scratch=g),
            *adam_descent(w, state["gradient_average"], state["squared_average"], now, scratch=g),
        ]

    def _shrink(self, w: Array, live: Mapping[str, Array], decays: Array | None, scratch: Array) -> Calls:
        """Return the calls w ← w·(1 − η·λ), without the biases."""
        part = scalar(0, w)
        return [
            (np.multiply, (live["learning_rate"], live["weight_decay"], part)),
            (np.multiply, (decaying(w, decays), part, scratch)),
            (np.subtract, (constant(1, w), scratch, scratch)),
            (np.multiply, (w, scratch, w)),
        ]
