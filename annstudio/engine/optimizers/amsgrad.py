"""AMSGrad: Adam that never forgets a large gradient."""

from collections.abc import Mapping

from annstudio.core.calls import Array, Calls, New, maximum
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
from annstudio.engine.optimizers._shared import add_decay, decay_lines, epsilon, learning_rate, weight_decay
from annstudio.engine.optimizers.base import Optimizer, Slot, State, by_key
from annstudio.engine.rules import Line


class AMSGrad(Optimizer):
    """u ← max(u, v), w ← w − η·m̂ / (√û + ε): Adam with the largest v so far in place of v.

    m, v and the bias corrections are those of Adam. As PyTorch defines it, where û = u / (1 − β₂ᵗ); the paper leaves
    the corrections out.

    Source: Reddi, Kale & Kumar 2018, On the convergence of Adam and beyond, algorithm 2.
    """

    info = Info(
        key="amsgrad",
        label=QT_TRANSLATE_NOOP("annstudio", "AMSGrad"),
        order=90,
        more=True,
        summary=QT_TRANSLATE_NOOP("annstudio", "Adam whose step sizes never grow back after a large gradient."),
        formula="u ← max(u, v),  w ← w − η·m̂ / (√û + ε)",
        reference="Reddi, Kale & Kumar 2018, On the convergence of Adam and beyond",
        params=(learning_rate(0.001, usual=(0.0001, 0.1)), beta1(), beta2(), epsilon(1e-8), weight_decay()),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Where Adam does not settle, because large gradients are rare."),
        pros=QT_TRANSLATE_NOOP("annstudio", "It is proven to converge in convex cases where Adam fails."),
        cons=QT_TRANSLATE_NOOP("annstudio", "One gradient that is far too large slows a weight down for good."),
    )
    slots = by_key(
        AVERAGE,
        SQUARED_AVERAGE,
        Slot(key="largest_average", label=QT_TRANSLATE_NOOP("annstudio", "Largest average"), symbol="u"),
    )
    counts_steps = True

    def rule(self, t: int, kernel: bool = True) -> tuple[Line, ...]:
        """Return the rule in letters; see Optimizer.rule."""
        return (
            *decay_lines(self, kernel),
            *average_lines(),
            Line("u", "max(u, v)"),
            Line("m_hat", "m / (1 − β₁**t)"),
            Line("u_hat", "u / (1 − β₂**t)"),
            Line("w", "w − η·m_hat / (sqrt(u_hat) + ε)"),
        )

    def update(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New, decays: Array | None = None
    ) -> Calls:
        """Return the calls of one step; see Optimizer.update."""
        u, now = state["largest_average"], Corrections(w, state, live)
        return [
            (now.tick, ()),
            *add_decay(self, w, g, live, new, decays),
            *update_averages(g, state, live, now, scratch=g),
            maximum(u, state["squared_average"], u),
            *adam_descent(w, state["gradient_average"], u, now, scratch=g),
        ]
