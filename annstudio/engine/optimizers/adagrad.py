"""Adagrad: the more a weight's gradients have added up, the smaller its steps."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.calls import Array, Calls, New
from annstudio.engine.optimizers._shared import epsilon, learning_rate
from annstudio.engine.optimizers.base import Optimizer, State


class Adagrad(Optimizer):
    """s ← s + g², w ← w − η·g / (√s + ε).

    As PyTorch defines it: the sum starts at 0. All parameters can change in mid-run.

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
        params=(learning_rate(0.01), epsilon(1e-10)),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Data with rare features, such as words."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Weights that are rarely needed still get large steps."),
        cons=QT_TRANSLATE_NOOP("annstudio", "The sum only grows, so in the end it hardly moves."),
    )
    slots = ("squared_sum",)

    def update(self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New) -> Calls:
        """Return the calls of one step; see Optimizer.update."""
        s, scratch = state["squared_sum"], new(w)
        return [
            (np.square, (g, scratch)),
            (np.add, (s, scratch, s)),
            (np.sqrt, (s, scratch)),
            (np.add, (scratch, live["epsilon"], scratch)),
            (np.divide, (g, scratch, g)),
            (np.multiply, (g, live["learning_rate"], g)),
            (np.subtract, (w, g, w)),
        ]
