"""Adam: momentum and a learning rate of its own for each weight."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.calls import Array, Calls, New, scalar
from annstudio.engine.optimizers._shared import decay, epsilon, learning_rate, running_average
from annstudio.engine.optimizers.base import Optimizer, State


class Adam(Optimizer):
    """w ← w − η·m̂ / (√v̂ + ε), m̂ and v̂ the bias-corrected averages of the gradient and of its square.

    m ← β₁·m + (1 − β₁)g,  v ← β₂·v + (1 − β₂)g²,  m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ) at step t.
    All parameters can change in mid-run.

    Source: Kingma & Ba 2015, Adam: a method for stochastic optimization, algorithm 1; so also PyTorch.
    """

    info = Info(
        key="adam",
        label=QT_TRANSLATE_NOOP("annstudio", "Adam"),
        order=20,
        summary=QT_TRANSLATE_NOOP("annstudio", "Momentum, and for each weight a step size fitted to its gradients."),
        formula="w ← w − η·m̂ / (√v̂ + ε)",
        reference="Kingma & Ba 2015, Adam: a method for stochastic optimization",
        params=(
            learning_rate(0.001),
            decay("beta1", QT_TRANSLATE_NOOP("annstudio", "Decay β₁ (g)"), 0.9),
            decay("beta2", QT_TRANSLATE_NOOP("annstudio", "Decay β₂ (g²)"), 0.999),
            epsilon(1e-8),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "The usual first choice for deep networks."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Works with its default settings on most problems."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Two more numbers to remember for each weight."),
    )
    slots = ("gradient_average", "squared_average")
    counts_steps = True

    def update(self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New) -> Calls:
        """Return the calls of one step; see Optimizer.update.

        The corrections are numbers, so they go into η and ε instead of m and v (section 2 of the paper):
        η·m̂ / (√v̂ + ε) = η_t·m / (√v + ε_t) with ε_t = ε·√(1 − β₂ᵗ) and η_t = η·√(1 − β₂ᵗ) / (1 − β₁ᵗ).
        """
        m, v, step = state["gradient_average"], state["squared_average"], state["step"]
        beta1, beta2 = live["beta1"], live["beta2"]
        rest1, rest2, rate, small = (scalar(0, w) for _ in range(4))
        scratch = new(w)

        def tick() -> None:
            """Count the step and compute the numbers of this step t."""
            t = step.item() + 1
            kept1, kept2 = beta1.item(), beta2.item()
            root = (1 - kept2**t) ** 0.5
            step[()] = t
            rest1[()] = 1 - kept1
            rest2[()] = 1 - kept2
            rate[()] = live["learning_rate"].item() * root / (1 - kept1**t)
            small[()] = live["epsilon"].item() * root

        return [
            (tick, ()),
            *running_average(m, g, beta1, rest1, scratch),
            (np.square, (g, scratch)),
            *running_average(v, scratch, beta2, rest2, scratch),
            (np.sqrt, (v, scratch)),
            (np.add, (scratch, small, scratch)),
            (np.divide, (m, scratch, scratch)),
            (np.multiply, (scratch, rate, scratch)),
            (np.subtract, (w, scratch, w)),
        ]
