"""Adam: momentum and a learning rate of its own for each weight."""

from collections.abc import Mapping

from annstudio.core.calls import Array, Calls, New
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
from annstudio.engine.optimizers.base import Optimizer, State, by_key
from annstudio.engine.rules import Line


class Adam(Optimizer):
    """w ← w − η·m̂ / (√v̂ + ε), m̂ and v̂ the bias-corrected averages of the gradient and of its square.

    m ← β₁·m + (1 − β₁)g,  v ← β₂·v + (1 − β₂)g²,  m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ) at step t.

    Source: Kingma & Ba 2015, Adam: a method for stochastic optimization, algorithm 1; so also PyTorch.
    """

    info = Info(
        key="adam",
        label=QT_TRANSLATE_NOOP("annstudio", "Adam"),
        order=20,
        summary=QT_TRANSLATE_NOOP("annstudio", "Momentum, and for each weight a step size fitted to its gradients."),
        formula="w ← w − η·m̂ / (√v̂ + ε)",
        reference="Kingma & Ba 2015, Adam: a method for stochastic optimization",
        params=(learning_rate(0.001, usual=(0.0001, 0.1)), beta1(), beta2(), epsilon(1e-8), weight_decay()),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "The usual first choice for deep networks."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Works with its default settings on most problems."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Two more numbers to remember for each weight."),
    )
    slots = by_key(AVERAGE, SQUARED_AVERAGE)
    counts_steps = True

    def rule(self, t: int, kernel: bool = True) -> tuple[Line, ...]:
        """Return the rule in letters; see Optimizer.rule."""
        return (
            *decay_lines(self, kernel),
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
            *add_decay(self, w, g, live, new, decays),
            *update_averages(g, state, live, now, scratch=g),
            *adam_descent(w, state["gradient_average"], state["squared_average"], now, scratch=g),
        ]
