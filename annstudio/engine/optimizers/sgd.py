"""Stochastic gradient descent, with PyTorch's options: momentum, Nesterov's look-ahead, dampening."""

from collections.abc import Mapping

from annstudio.core.calls import Array, Calls, New, scalar
from annstudio.core.params import Flag, Real
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
    running_average,
    speed_up,
    weight_decay,
)
from annstudio.engine.optimizers.base import Optimizer, State, by_key
from annstudio.engine.rules import Line


class SGD(Optimizer):
    """w ← w − η·g; with momentum μ: v ← μ·v + g, w ← w − η·v; with look-ahead w ← w − η(g + μ·v).

    As PyTorch defines it: η stands outside the velocity, so a new η acts on all of it at once. Dampening d takes
    (1 − d)g into the velocity instead of g, but not at the first step; PyTorch refuses it together with look-ahead,
    here each does its part. Without momentum, look-ahead and dampening mean nothing.

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
            learning_rate(0.03, usual=(0.001, 1)),
            momentum(0.0),
            Flag(
                key="nesterov",
                label=QT_TRANSLATE_NOOP("annstudio", "Nesterov"),
                default=False,
                help=QT_TRANSLATE_NOOP("annstudio", "Adds the momentum once more, as if looking one step ahead."),
            ),
            weight_decay(),
            Real(
                key="dampening",
                label=QT_TRANSLATE_NOOP("annstudio", "Dampening d"),
                default=0.0,
                help=QT_TRANSLATE_NOOP("annstudio", "Which part of each new gradient the velocity leaves out."),
                minimum=0,
                maximum=1,
                more=True,
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "To see gradient descent as it is in the textbook."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Simple, and well tuned with momentum it generalizes well."),
        cons=QT_TRANSLATE_NOOP("annstudio", "The learning rate has to be found by trial, and is one for all."),
    )
    slots = by_key(VELOCITY)
    proportional = True
    counts_steps = True

    @property
    def folds_rate(self) -> bool:
        """Without momentum and weight decay; see Optimizer.folds_rate."""
        return not (self.params["momentum"] or self.params["weight_decay"])

    def rule(self, t: int, kernel: bool = True) -> tuple[Line, ...]:
        """Return the rule in letters; see Optimizer.rule."""
        decayed = decay_lines(self, kernel)
        if not self.params["momentum"]:
            return (*decayed, Line("w", "w − η·g"))
        damped = self.params["dampening"] and t > 1
        return (
            *decayed,
            Line("v", "μ·v + (1 − d)·g" if damped else "μ·v + g"),
            Line("w", "w − η·(g + μ·v)" if self.params["nesterov"] else "w − η·v"),
        )

    def update(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New, decays: Array | None = None
    ) -> Calls:
        """Return the calls of one step; see Optimizer.update."""
        v, rate = state["velocity"], live["learning_rate"]
        decayed = add_decay(self, w, g, live, new, decays)
        if not self.params["momentum"]:
            return [*decayed, *descend(w, g, rate, g)]
        velocity = [*decayed, *self._velocity(g, state, live, new)]
        if not self.params["nesterov"]:
            return [*velocity, *descend(w, v, rate, g)]
        return [*velocity, *look_ahead(v, g, live["momentum"], new), *descend(w, g, rate, g)]

    def _velocity(self, g: Array, state: State, live: Mapping[str, Array], new: New) -> Calls:
        """Return the calls v ← μ·v + (1 − d)g, where d = 0 at the first step."""
        if not self.params["dampening"]:
            return speed_up(state["velocity"], g, live["momentum"])
        step, part = state["step"], scalar(0, g)

        def tick() -> None:
            part[()] = 1 - live["dampening"].item() if step.item() else 1
            step[()] = step.item() + 1

        return [(tick, ()), *running_average(state["velocity"], g, live["momentum"], part, new(g))]
