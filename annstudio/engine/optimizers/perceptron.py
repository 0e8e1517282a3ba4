"""Rosenblatt's perceptron rule: learn from mistakes only."""

from collections.abc import Mapping

from annstudio.core.calls import Array, Calls, New
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.optimizers._shared import descend, learning_rate
from annstudio.engine.optimizers.base import Optimizer, State
from annstudio.engine.rules import Line


class Perceptron(Optimizer):
    """w ← w + η(t − ŷ)x for one layer of neurons with a step: only a wrong answer changes anything.

    The gradient that it is given is (ŷ − t)x, summed over the batch (own_error), so that the rule reads w ← w − η·g.
    With weights that start at zero, η only scales them and no answer changes, therefore it is 1.

    If a line (a plane) separates the classes, the rule finds one after at most (R/γ)² mistakes, R the length of the
    longest x and γ the width that the best line keeps clear on either side (Novikoff 1962). If none does, as for XOR,
    it never settles (Minsky & Papert 1969).

    Source: Rosenblatt 1958, The perceptron.
    """

    info = Info(
        key="perceptron",
        label=QT_TRANSLATE_NOOP("annstudio", "Perceptron rule"),
        order=150,
        more=True,
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "The first learning rule: a wrong answer moves the weights, a right one does not."
        ),
        formula="w ← w + η(t − ŷ)x",
        reference="Rosenblatt 1958, The perceptron; Novikoff 1962, On convergence proofs on perceptrons; "
        "Minsky & Papert 1969, Perceptrons",
        params=(learning_rate(1.0),),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "For a single layer of step neurons, to see how it all began."),
        pros=QT_TRANSLATE_NOOP("annstudio", "If a straight line can separate the classes, it is sure to find one."),
        cons=QT_TRANSLATE_NOOP("annstudio", "If no line can, as for XOR, it never comes to rest. No hidden layers."),
    )
    own_error = True

    @property
    def folds_rate(self) -> bool:
        """Always; see Optimizer.folds_rate."""
        return True

    def rule(self, t: int, kernel: bool = True) -> tuple[Line, ...]:
        """Return the rule in letters; see Optimizer.rule."""
        return (Line("w", "w − η·g"),)

    def update(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New, decays: Array | None = None
    ) -> Calls:
        """Return the calls of one step; see Optimizer.update."""
        return descend(w, g, live["learning_rate"], g)
