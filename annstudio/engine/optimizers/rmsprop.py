"""RMSProp: gradients divided by their recent size."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant, maximum, scalar
from annstudio.core.params import Flag
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.optimizers._shared import (
    add_decay,
    decay,
    decay_lines,
    descend,
    epsilon,
    learning_rate,
    momentum,
    running_average,
    speed_up,
    weight_decay,
)
from annstudio.engine.optimizers.base import Optimizer, Slot, State, by_key
from annstudio.engine.rules import Line


class RMSProp(Optimizer):
    """v ← ρ·v + (1 − ρ)g², w ← w − η·g / (√v + ε).

    As PyTorch defines it, which calls the decay ρ alpha, with its options. Centered: m ← ρ·m + (1 − ρ)g and
    √(v − m²) in place of √v, the deviation instead of the size. With momentum μ: b ← μ·b + g / (√v + ε), w ← w − η·b.

    Source: Tieleman & Hinton 2012, Lecture 6.5 of the course Neural networks for machine learning; centered and with
    momentum: Graves 2013, Generating sequences with recurrent neural networks, equations 38–41.
    """

    info = Info(
        key="rmsprop",
        label=QT_TRANSLATE_NOOP("annstudio", "RMSProp"),
        order=50,
        summary=QT_TRANSLATE_NOOP("annstudio", "Divides each gradient by how large it has been lately."),
        formula="v ← ρ·v + (1 − ρ)g²,  w ← w − η·g / (√v + ε)",
        reference="Tieleman & Hinton 2012, Lecture 6.5: RMSProp",
        params=(
            learning_rate(0.01, usual=(0.0001, 0.1)),
            decay("decay", QT_TRANSLATE_NOOP("annstudio", "Decay ρ"), 0.99),
            epsilon(1e-8),
            momentum(0.0),
            Flag(
                key="centered",
                label=QT_TRANSLATE_NOOP("annstudio", "Centered"),
                default=False,
                help=QT_TRANSLATE_NOOP(
                    "annstudio", "Divides by how much gradients vary, instead of by how large they are."
                ),
            ),
            weight_decay(),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Where gradients differ much in size from weight to weight."),
        pros=QT_TRANSLATE_NOOP("annstudio", "It forgets old gradients, so unlike Adagrad it does not stall."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Its first steps are long: the average starts at zero."),
    )
    slots = by_key(
        Slot(key="squared_average", label=QT_TRANSLATE_NOOP("annstudio", "Average squared gradient"), symbol="v"),
        Slot(key="gradient_average", label=QT_TRANSLATE_NOOP("annstudio", "Average gradient"), symbol="m"),
        Slot(key="velocity", label=QT_TRANSLATE_NOOP("annstudio", "Velocity"), symbol="b"),
    )

    def rule(self, t: int, kernel: bool = True) -> tuple[Line, ...]:
        """Return the rule in letters; see Optimizer.rule."""
        centered = self.params["centered"]
        average = (Line("m", "ρ·m + (1 − ρ)·g"),) if centered else ()
        root = "sqrt(max(v − m², 0))" if centered else "sqrt(v)"
        moved = (
            (Line("b", f"μ·b + g / ({root} + ε)"), Line("w", "w − η·b"))
            if self.params["momentum"]
            else (Line("w", f"w − η·g / ({root} + ε)"),)
        )
        return (
            *decay_lines(self, kernel),
            Line("v", "ρ·v + (1 − ρ)·g²"),
            *average,
            *moved,
        )

    def update(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New, decays: Array | None = None
    ) -> Calls:
        """Return the calls of one step; see Optimizer.update."""
        v, kept, rest, scratch = state["squared_average"], live["decay"], scalar(0, w), new(w)
        size: Calls = [(np.sqrt, (v, scratch))]
        if self.params["centered"]:
            size = self._deviation(g, state, kept, rest, scratch)
        descent = descend(w, g, live["learning_rate"], g)
        if self.params["momentum"]:
            b = state["velocity"]
            descent = [*speed_up(b, g, live["momentum"]), *descend(w, b, live["learning_rate"], g)]
        return [
            *add_decay(self, w, g, live, new, decays),
            (np.subtract, (scalar(1, w), kept, rest)),
            (np.square, (g, scratch)),
            *running_average(v, scratch, kept, rest, scratch),
            *size,
            (np.add, (scratch, live["epsilon"], scratch)),
            (np.divide, (g, scratch, g)),
            *descent,
        ]

    def _deviation(self, g: Array, state: State, kept: Array, rest: Array, deviation: Array) -> Calls:
        """Return the calls m ← ρ·m + (1 − ρ)g, deviation ← √(v − m²).

        The variance of gradients that are all alike is 0, and rounding may leave less, which has no root.
        """
        m, v = state["gradient_average"], state["squared_average"]
        return [
            *running_average(m, g, kept, rest, deviation),
            (np.square, (m, deviation)),
            (np.subtract, (v, deviation, deviation)),
            maximum(deviation, constant(0, deviation), deviation),
            (np.sqrt, (deviation, deviation)),
        ]
