"""Stochastic gradient descent, with momentum and Nesterov's look-ahead."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.params import Flag, Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.calls import Array, Calls, New
from annstudio.engine.optimizers._shared import LARGEST_DECAY, learning_rate
from annstudio.engine.optimizers.base import Optimizer, State


class SGD(Optimizer):
    """w ← w − η·g; with momentum μ: v ← μ·v + g, w ← w − η·v; with look-ahead w ← w − η(g + μ·v).

    As PyTorch defines it: η stands outside the velocity, so a new η acts on all of it at once. In mid-run η can
    change, and μ if it started above 0: without momentum no velocity is computed.

    Source: Robbins & Monro 1951; Polyak 1964 (momentum); Sutskever et al. 2013 (look-ahead).
    """

    info = Info(
        key="sgd",
        label=QT_TRANSLATE_NOOP("annstudio", "SGD"),
        order=10,
        summary=QT_TRANSLATE_NOOP("annstudio", "Steps straight down the gradient, at one rate for all weights."),
        formula="v ← μ·v + g,  w ← w − η·v",
        reference="Robbins & Monro 1951, A stochastic approximation method",
        params=(
            learning_rate(0.03),
            Real(
                key="momentum",
                label=QT_TRANSLATE_NOOP("annstudio", "Momentum μ"),
                default=0.0,
                help=QT_TRANSLATE_NOOP("annstudio", "How much of the last step's velocity goes on. 0.9 is usual."),
                minimum=0,
                maximum=LARGEST_DECAY,
            ),
            Flag(
                key="nesterov",
                label=QT_TRANSLATE_NOOP("annstudio", "Nesterov"),
                default=False,
                help=QT_TRANSLATE_NOOP("annstudio", "Adds the momentum once more, as if looking one step ahead."),
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "To see gradient descent as it is in the textbook."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Simple, and well tuned with momentum it generalizes well."),
        cons=QT_TRANSLATE_NOOP("annstudio", "The learning rate has to be found by trial, and is one for all."),
    )
    slots = ("velocity",)

    def update(self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New) -> Calls:
        """Return the calls of one step; see Optimizer.update."""
        rate, momentum, v = live["learning_rate"], live["momentum"], state["velocity"]
        if not self.params["momentum"]:
            return [(np.multiply, (g, rate, g)), (np.subtract, (w, g, w))]
        velocity: Calls = [(np.multiply, (v, momentum, v)), (np.add, (v, g, v))]
        if not self.params["nesterov"]:
            return [*velocity, (np.multiply, (v, rate, g)), (np.subtract, (w, g, w))]
        ahead = new(v)
        return [
            *velocity,
            (np.multiply, (v, momentum, ahead)),
            (np.add, (g, ahead, g)),
            (np.multiply, (g, rate, g)),
            (np.subtract, (w, g, w)),
        ]
