"""Adamax: Adam that divides by the largest recent gradient."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.calls import Array, Calls, New, maximum, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.optimizers._adam import AVERAGE, beta1, beta2
from annstudio.engine.optimizers._shared import (
    add_decay,
    decay_lines,
    descend,
    epsilon,
    learning_rate,
    running_average,
    weight_decay,
)
from annstudio.engine.optimizers.base import Optimizer, Slot, State, by_key
from annstudio.engine.rules import Line


class Adamax(Optimizer):
    """u ← max(β₂·u, |g| + ε), w ← w − η·m̂ / u with m ← β₁·m + (1 − β₁)g and m̂ = m / (1 − β₁ᵗ) at step t.

    As PyTorch defines it; the ε, which the paper does not have, keeps u above zero.

    Source: Kingma & Ba 2015, Adam: a method for stochastic optimization, algorithm 2.
    """

    info = Info(
        key="adamax",
        label=QT_TRANSLATE_NOOP("annstudio", "Adamax"),
        order=100,
        more=True,
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Adam that goes by the largest recent gradient, not by the average one."
        ),
        formula="u ← max(β₂·u, |g| + ε),  w ← w − η·m̂ / u",
        reference="Kingma & Ba 2015, Adam: a method for stochastic optimization",
        params=(
            learning_rate(0.002, usual=(0.0001, 0.3)),
            beta1(),
            beta2(label=QT_TRANSLATE_NOOP("annstudio", "Decay β₂ (|g|)")),
            epsilon(1e-8),
            weight_decay(),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Where gradients are mostly near zero, with large ones in between."),
        pros=QT_TRANSLATE_NOOP("annstudio", "A step is hardly ever longer than η; its squares cannot overflow."),
        cons=QT_TRANSLATE_NOOP("annstudio", "After one large gradient, steps stay small for long."),
    )
    slots = by_key(
        AVERAGE, Slot(key="largest", label=QT_TRANSLATE_NOOP("annstudio", "Largest recent gradient"), symbol="u")
    )
    counts_steps = True

    def rule(self, t: int, kernel: bool = True) -> tuple[Line, ...]:
        """Return the rule in letters; see Optimizer.rule."""
        return (
            *decay_lines(self, kernel),
            Line("m", "β₁·m + (1 − β₁)·g"),
            Line("u", "max(β₂·u, abs(g) + ε)"),
            Line("m_hat", "m / (1 − β₁**t)"),
            Line("w", "w − η·m_hat / u"),
        )

    def update(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New, decays: Array | None = None
    ) -> Calls:
        """Return the calls of one step; see Optimizer.update."""
        m, u, step = state["gradient_average"], state["largest"], state["step"]
        rest, rate, scratch = scalar(0, w), scalar(0, w), new(w)

        def tick() -> None:
            """Count the step t and compute its numbers: 1 − β₁ and η / (1 − β₁ᵗ)."""
            kept = live["beta1"].item()
            step[()] = step.item() + 1
            rest[()] = 1 - kept
            rate[()] = live["learning_rate"].item() / (1 - kept ** step.item())

        return [
            (tick, ()),
            *add_decay(self, w, g, live, new, decays),
            *running_average(m, g, live["beta1"], rest, scratch),
            (np.multiply, (u, live["beta2"], u)),
            (np.absolute, (g, scratch)),
            (np.add, (scratch, live["epsilon"], scratch)),
            maximum(u, scratch, u),
            (np.divide, (m, u, scratch)),
            *descend(w, scratch, rate, scratch),
        ]
