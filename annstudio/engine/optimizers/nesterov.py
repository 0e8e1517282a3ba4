"""Nesterov's momentum: the heavy ball that looks ahead."""

from collections.abc import Mapping

from annstudio.core.calls import Array, Calls, New
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.optimizers._shared import (
    VELOCITY,
    add_decay,
    decay_lines,
    descend,
    learning_rate,
    look_ahead,
    momentum,
    speed_up,
    weight_decay,
)
from annstudio.engine.optimizers.base import Optimizer, State, by_key
from annstudio.engine.rules import Line


class Nesterov(Optimizer):
    """v ← μ·v + g, w ← w − η(g + μ·v): the step that momentum would take next is begun already.

    Written for the point looked ahead to, as in PyTorch, so that gradients are needed at w alone. The same as SGD
    with momentum and its Nesterov switch.

    Source: Nesterov 1983; in this form Sutskever et al. 2013, On the importance of initialization and momentum.
    """

    info = Info(
        key="nesterov",
        label=QT_TRANSLATE_NOOP("annstudio", "Nesterov"),
        order=70,
        more=True,
        summary=QT_TRANSLATE_NOOP("annstudio", "Momentum that looks one step ahead and so brakes in time."),
        formula="v ← μ·v + g,  w ← w − η(g + μ·v)",
        reference="Nesterov 1983, A method for solving the convex programming problem with convergence rate O(1/k²)",
        params=(learning_rate(0.03, usual=(0.0001, 0.3)), momentum(0.9), weight_decay()),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "In place of momentum, where that swings too far."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Runs past the minimum less than momentum does."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Two numbers, η and μ, have to be found by trial."),
    )
    slots = by_key(VELOCITY)
    proportional = True

    def rule(self, t: int, kernel: bool = True) -> tuple[Line, ...]:
        """Return the rule in letters; see Optimizer.rule."""
        return (
            *decay_lines(self, kernel),
            Line("v", "μ·v + g"),
            Line("w", "w − η·(g + μ·v)"),
        )

    def update(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New, decays: Array | None = None
    ) -> Calls:
        """Return the calls of one step; see Optimizer.update."""
        v = state["velocity"]
        return [
            *add_decay(self, w, g, live, new, decays),
            *speed_up(v, g, live["momentum"]),
            *look_ahead(v, g, live["momentum"], new),
            *descend(w, g, live["learning_rate"], g),
        ]
