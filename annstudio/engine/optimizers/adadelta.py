"""Adadelta: step sizes from the ratio of past steps to past gradients."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.calls import Array, Calls, New, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.optimizers._shared import (
    add_decay,
    decay,
    decay_lines,
    descend,
    epsilon,
    learning_rate,
    running_average,
    weight_decay,
)
from annstudio.engine.optimizers.base import Optimizer, Slot, State, by_key
from annstudio.engine.rules import Line


class Adadelta(Optimizer):
    """Δ = g·√(d + ε) / √(s + ε), w ← w − η·Δ, with s and d the running averages of g² and Δ².

    s ← ρ·s + (1 − ρ)g² before the step, d ← ρ·d + (1 − ρ)Δ² after it.

    Source: Zeiler 2012, ADADELTA: an adaptive learning rate method, algorithm 1, where η = 1; η is PyTorch's.
    """

    info = Info(
        key="adadelta",
        label=QT_TRANSLATE_NOOP("annstudio", "Adadelta"),
        order=30,
        summary=QT_TRANSLATE_NOOP("annstudio", "Finds its own step sizes from how large its last steps were."),
        formula="Δ = g·√(d + ε) / √(s + ε),  w ← w − η·Δ",
        reference="Zeiler 2012, ADADELTA: an adaptive learning rate method",
        params=(
            learning_rate(1.0, usual=(0.1, 10)),
            decay("decay", QT_TRANSLATE_NOOP("annstudio", "Decay ρ"), 0.9),
            epsilon(1e-6),
            weight_decay(),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "When no learning rate is to be chosen at all."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Its steps have the unit of the weights; η can stay at 1."),
        cons=QT_TRANSLATE_NOOP("annstudio", "A slow start: its first steps are about √ε."),
    )
    slots = by_key(
        Slot(key="squared_average", label=QT_TRANSLATE_NOOP("annstudio", "Average squared gradient"), symbol="s"),
        Slot(key="step_average", label=QT_TRANSLATE_NOOP("annstudio", "Average squared step"), symbol="d"),
    )

    def rule(self, t: int, kernel: bool = True) -> tuple[Line, ...]:
        """Return the rule in letters; see Optimizer.rule."""
        return (
            *decay_lines(self, kernel),
            Line("s", "ρ·s + (1 − ρ)·g²"),
            Line("Δ", "g·sqrt(d + ε) / sqrt(s + ε)"),
            Line("d", "ρ·d + (1 − ρ)·Δ²"),
            Line("w", "w − η·Δ"),
        )

    def update(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New, decays: Array | None = None
    ) -> Calls:
        """Return the calls of one step; see Optimizer.update."""
        s, d = state["squared_average"], state["step_average"]
        kept, small, rest = live["decay"], live["epsilon"], scalar(0, w)
        typical, scratch = new(w), new(w)
        return [
            *add_decay(self, w, g, live, new, decays),
            (np.subtract, (scalar(1, w), kept, rest)),
            (np.square, (g, scratch)),
            *running_average(s, scratch, kept, rest, scratch),
            (np.add, (d, small, typical)),
            (np.sqrt, (typical, typical)),
            (np.add, (s, small, scratch)),
            (np.sqrt, (scratch, scratch)),
            (np.divide, (typical, scratch, scratch)),
            (np.multiply, (g, scratch, g)),
            (np.square, (g, scratch)),
            *running_average(d, scratch, kept, rest, scratch),
            *descend(w, g, live["learning_rate"], g),
        ]
