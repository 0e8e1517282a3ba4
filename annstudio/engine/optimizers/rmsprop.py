"""RMSProp: gradients divided by their recent size."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.calls import Array, Calls, New, scalar
from annstudio.engine.optimizers._shared import decay, epsilon, learning_rate, running_average
from annstudio.engine.optimizers.base import Optimizer, State


class RMSProp(Optimizer):
    """v ← ρ·v + (1 − ρ)g², w ← w − η·g / (√v + ε).

    As PyTorch defines it, which calls the decay ρ alpha. All parameters can change in mid-run.

    Source: Tieleman & Hinton 2012, Lecture 6.5 of the course Neural networks for machine learning.
    """

    info = Info(
        key="rmsprop",
        label=QT_TRANSLATE_NOOP("annstudio", "RMSProp"),
        order=50,
        summary=QT_TRANSLATE_NOOP("annstudio", "Divides each gradient by how large it has been lately."),
        formula="v ← ρ·v + (1 − ρ)g²,  w ← w − η·g / (√v + ε)",
        reference="Tieleman & Hinton 2012, Lecture 6.5: RMSProp",
        params=(
            learning_rate(0.01),
            decay("decay", QT_TRANSLATE_NOOP("annstudio", "Decay ρ"), 0.99),
            epsilon(1e-8),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Where gradients differ much in size from weight to weight."),
        pros=QT_TRANSLATE_NOOP("annstudio", "It forgets old gradients, so unlike Adagrad it does not stall."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Its first steps are long: the average starts at zero."),
    )
    slots = ("squared_average",)

    def update(self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New) -> Calls:
        """Return the calls of one step; see Optimizer.update."""
        v, kept, rest, scratch = state["squared_average"], live["decay"], scalar(0, w), new(w)
        return [
            (np.subtract, (scalar(1, w), kept, rest)),
            (np.square, (g, scratch)),
            *running_average(v, scratch, kept, rest, scratch),
            (np.sqrt, (v, scratch)),
            (np.add, (scratch, live["epsilon"], scratch)),
            (np.divide, (g, scratch, g)),
            (np.multiply, (g, live["learning_rate"], g)),
            (np.subtract, (w, g, w)),
        ]
