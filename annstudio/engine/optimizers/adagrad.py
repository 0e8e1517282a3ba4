"""Adagrad: the more a weight's gradients have added up, the smaller its steps."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.calls import Array, Calls, New, scalar
from annstudio.core.params import Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.optimizers._shared import add_decay, decay_lines, descend, epsilon, learning_rate, weight_decay
from annstudio.engine.optimizers.base import Optimizer, Slot, State, by_key
from annstudio.engine.rules import Line


class Adagrad(Optimizer):
    """s ← s + g², w ← w − η·g / (√s + ε).

    As PyTorch defines it, with its options: s₀ + s in place of s, so that the first steps are no longer than later
    ones, and the rate η / (1 + (t − 1)·δ) at step t.

    Source: Duchi, Hazan & Singer 2011, Adaptive subgradient methods for online learning and stochastic
    optimization.
    """

    info = Info(
        key="adagrad",
        label=QT_TRANSLATE_NOOP("annstudio", "Adagrad"),
        order=40,
        summary=QT_TRANSLATE_NOOP("annstudio", "Weights with large gradients so far take smaller steps."),
        formula="s ← s + g²,  w ← w − η·g / (√s + ε)",
        reference="Duchi, Hazan & Singer 2011, Adaptive subgradient methods",
        params=(
            learning_rate(0.01, usual=(0.001, 1)),
            epsilon(1e-10),
            weight_decay(),
            Real(
                key="lr_decay",
                label=QT_TRANSLATE_NOOP("annstudio", "Rate decay δ"),
                default=0.0,
                help=QT_TRANSLATE_NOOP(
                    "annstudio", "How fast the learning rate falls: 1 halves it at the second step."
                ),
                minimum=0,
                maximum=1,
                more=True,
            ),
            Real(
                key="initial_sum",
                label=QT_TRANSLATE_NOOP("annstudio", "Initial sum s₀"),
                default=0.0,
                help=QT_TRANSLATE_NOOP(
                    "annstudio", "What the sum of squares begins with: more makes first steps smaller."
                ),
                minimum=0,
                maximum=100,
                more=True,
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Data with rare features, such as words."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Weights that are rarely needed still get large steps."),
        cons=QT_TRANSLATE_NOOP("annstudio", "The sum only grows, so in the end it hardly moves."),
    )
    slots = by_key(
        Slot(key="squared_sum", label=QT_TRANSLATE_NOOP("annstudio", "Sum of squared gradients"), symbol="s")
    )
    counts_steps = True

    def rule(self, t: int, kernel: bool = True) -> tuple[Line, ...]:
        """Return the rule in letters; see Optimizer.rule."""
        rate = "η / (1 + (t − 1)·δ)" if self.params["lr_decay"] else "η"
        root = "sqrt(s₀ + s)" if self.params["initial_sum"] else "sqrt(s)"
        return (
            *decay_lines(self, kernel),
            Line("s", "s + g²"),
            Line("w", f"w − {rate}·g / ({root} + ε)"),
        )

    def update(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New, decays: Array | None = None
    ) -> Calls:
        """Return the calls of one step; see Optimizer.update."""
        s, scratch = state["squared_sum"], new(w)
        ticking, rate = self._rate(w, state, live)
        root: Calls = [(np.sqrt, (s, scratch))]
        if self.params["initial_sum"]:
            root = [(np.add, (s, live["initial_sum"], scratch)), (np.sqrt, (scratch, scratch))]
        return [
            *ticking,
            *add_decay(self, w, g, live, new, decays),
            (np.square, (g, scratch)),
            (np.add, (s, scratch, s)),
            *root,
            (np.add, (scratch, live["epsilon"], scratch)),
            (np.divide, (g, scratch, g)),
            *descend(w, g, rate, g),
        ]

    def _rate(self, w: Array, state: State, live: Mapping[str, Array]) -> tuple[Calls, Array]:
        """Return the rate of each step, 0-d, and the calls that compute it: none as long as it is η itself."""
        if not self.params["lr_decay"]:
            return [], live["learning_rate"]
        step, rate = state["step"], scalar(0, w)

        def tick() -> None:
            rate[()] = live["learning_rate"].item() / (1 + step.item() * live["lr_decay"].item())
            step[()] = step.item() + 1

        return [(tick, ())], rate
