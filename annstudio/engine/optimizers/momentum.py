"""Gradient descent with momentum: the heavy ball."""

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
    momentum,
    speed_up,
    weight_decay,
)
from annstudio.engine.optimizers.base import Optimizer, State, by_key
from annstudio.engine.rules import Line


class Momentum(Optimizer):
    """v ← μ·v + g, w ← w − η·v: a ball that rolls down, rather than a walker who starts anew at each step.

    The same as SGD with its momentum. On a slope that stays, v grows to g / (1 − μ).

    Source: Polyak 1964, Some methods of speeding up the convergence of iteration methods.
    """

    info = Info(
        key="momentum",
        label=QT_TRANSLATE_NOOP("annstudio", "Momentum"),
        order=60,
        more=True,
        summary=QT_TRANSLATE_NOOP("annstudio", "Gathers speed where gradients agree, like a ball that rolls downhill."),
        formula="v ← μ·v + g,  w ← w − η·v",
        reference="Polyak 1964, Some methods of speeding up the convergence of iteration methods",
        params=(learning_rate(0.03, usual=(0.0001, 0.3)), momentum(0.9), weight_decay()),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Where plain descent is slow or zigzags through a narrow valley."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Zigzags cancel out, and what all gradients agree on adds up."),
        cons=QT_TRANSLATE_NOOP("annstudio", "It runs past the minimum and swings back."),
    )
    slots = by_key(VELOCITY)
    proportional = True

    def rule(self, t: int, kernel: bool = True) -> tuple[Line, ...]:
        """Return the rule in letters; see Optimizer.rule."""
        return (
            *decay_lines(self, kernel),
            Line("v", "μ·v + g"),
            Line("w", "w − η·v"),
        )

    def update(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New, decays: Array | None = None
    ) -> Calls:
        """Return the calls of one step; see Optimizer.update."""
        v = state["velocity"]
        return [
            *add_decay(self, w, g, live, new, decays),
            *speed_up(v, g, live["momentum"]),
            *descend(w, v, live["learning_rate"], g),
        ]
