"""Quasi-hyperbolic momentum: a blend of plain descent and momentum."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.calls import Array, Calls, New, scalar
from annstudio.core.params import Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.optimizers._adam import AVERAGE
from annstudio.engine.optimizers._shared import (
    add_decay,
    decay,
    decay_lines,
    descend,
    learning_rate,
    running_average,
    weight_decay,
)
from annstudio.engine.optimizers.base import Optimizer, State, by_key
from annstudio.engine.rules import Line


class QHM(Optimizer):
    """m ← β·m + (1 − β)g, w ← w − η[(1 − ν)g + ν·m].

    ν = 0 is plain descent, ν = 1 is momentum with its velocity scaled by 1 − β, ν = β is Nesterov's. The paper
    recommends ν = 0.7 and β = 0.999, with η that of momentum 0.9, divided by 1 − 0.9; so is η's default here.

    Source: Ma & Yarats 2019, Quasi-hyperbolic momentum and Adam for deep learning, equations 3 and 4.
    """

    info = Info(
        key="qhm",
        label=QT_TRANSLATE_NOOP("annstudio", "QHM"),
        order=120,
        more=True,
        summary=QT_TRANSLATE_NOOP("annstudio", "Blends the present gradient with a long average of all gradients."),
        formula="m ← β·m + (1 − β)g,  w ← w − η[(1 − ν)g + ν·m]",
        reference="Ma & Yarats 2019, Quasi-hyperbolic momentum and Adam for deep learning",
        params=(
            learning_rate(0.3, usual=(0.001, 3)),
            Real(
                key="nu",
                label=QT_TRANSLATE_NOOP("annstudio", "Blend ν"),
                default=0.7,
                help=QT_TRANSLATE_NOOP(
                    "annstudio", "How much of a step is the average: 0 is plain descent, 1 is momentum."
                ),
                minimum=0,
                maximum=1,
            ),
            decay("beta", QT_TRANSLATE_NOOP("annstudio", "Decay β"), 0.999),
            weight_decay(),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "To see what lies between plain descent and momentum."),
        pros=QT_TRANSLATE_NOOP(
            "annstudio", "It can average over far more steps than momentum, and still turn at once."
        ),
        cons=QT_TRANSLATE_NOOP("annstudio", "Three numbers have to be found by trial."),
    )
    slots = by_key(AVERAGE)
    proportional = True

    def rule(self, t: int, kernel: bool = True) -> tuple[Line, ...]:
        """Return the rule in letters; see Optimizer.rule."""
        return (
            *decay_lines(self, kernel),
            Line("m", "β·m + (1 − β)·g"),
            Line("w", "w − η·((1 − ν)·g + ν·m)"),
        )

    def update(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New, decays: Array | None = None
    ) -> Calls:
        """Return the calls of one step; see Optimizer.update."""
        m, kept, nu = state["gradient_average"], live["beta"], live["nu"]
        rest, present, one, scratch = scalar(0, w), scalar(0, w), scalar(1, w), new(w)
        return [
            *add_decay(self, w, g, live, new, decays),
            (np.subtract, (one, kept, rest)),
            *running_average(m, g, kept, rest, scratch),
            (np.subtract, (one, nu, present)),
            (np.multiply, (g, present, g)),
            (np.multiply, (m, nu, scratch)),
            (np.add, (g, scratch, g)),
            *descend(w, g, live["learning_rate"], g),
        ]
