"""NAdam: Adam with Nesterov's look-ahead."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.calls import Array, Calls, New, scalar
from annstudio.core.params import Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.optimizers._adam import (
    AVERAGE,
    SQUARED_AVERAGE,
    Corrections,
    average_lines,
    beta1,
    beta2,
    update_averages,
)
from annstudio.engine.optimizers._shared import add_decay, decay_lines, epsilon, learning_rate, weight_decay
from annstudio.engine.optimizers.base import Optimizer, Slot, State, by_key
from annstudio.engine.rules import Line


class NAdam(Optimizer):
    """w ← w − η·ĝ / (√v̂ + ε), where ĝ looks ahead: in it the next step's momentum is at work on m already.

    ĝ = μₜ₊₁·m / (1 − μ₁…μₜ₊₁) + (1 − μₜ)·g / (1 − μ₁…μₜ) with the momentum μₜ = β₁(1 − ½·0.96^(ψ·t)), which grows
    toward β₁; m, v and v̂ are those of Adam. As PyTorch defines it.

    Source: Dozat 2016, Incorporating Nesterov momentum into Adam.
    """

    info = Info(
        key="nadam",
        label=QT_TRANSLATE_NOOP("annstudio", "NAdam"),
        order=110,
        more=True,
        summary=QT_TRANSLATE_NOOP("annstudio", "Adam that looks one step ahead, as Nesterov's momentum does."),
        formula="w ← w − η·[μₜ₊₁·m / (1 − Πμ·μₜ₊₁) + (1 − μₜ)·g / (1 − Πμ)] / (√v̂ + ε)",
        reference="Dozat 2016, Incorporating Nesterov momentum into Adam",
        params=(
            learning_rate(0.002, usual=(0.0001, 0.1)),
            beta1(),
            beta2(),
            epsilon(1e-8),
            weight_decay(),
            Real(
                key="momentum_decay",
                label=QT_TRANSLATE_NOOP("annstudio", "Momentum growth ψ"),
                default=0.004,
                help=QT_TRANSLATE_NOOP("annstudio", "How fast the momentum grows from half of β₁ to all of it."),
                minimum=0,
                maximum=1,
                more=True,
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "In place of Adam, where that swings around the minimum."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Often a little faster than Adam at no extra memory."),
        cons=QT_TRANSLATE_NOOP("annstudio", "A formula that is hard to read off."),
    )
    slots = by_key(
        AVERAGE,
        SQUARED_AVERAGE,
        Slot(key="momentum_product", label=QT_TRANSLATE_NOOP("annstudio", "Product of the momenta"), symbol="Πμ"),
    )
    counts_steps = True

    def initial_state(self, w: Array) -> State:
        """Return Optimizer.initial_state, where the product of no momenta is the number 1."""
        return super().initial_state(w) | {"momentum_product": np.ones((), np.float64)}

    def rule(self, t: int, kernel: bool = True) -> tuple[Line, ...]:
        """Return the rule in letters; see Optimizer.rule."""
        return (
            *decay_lines(self, kernel),
            *average_lines(),
            Line("μ_t", "β₁·(1 − 0.5·0.96**(ψ·t))"),
            Line("μ_next", "β₁·(1 − 0.5·0.96**(ψ·(t + 1)))"),
            Line("Πμ", "Πμ·μ_t"),
            Line("g_hat", "μ_next·m / (1 − Πμ·μ_next) + (1 − μ_t)·g / (1 − Πμ)"),
            Line("v_hat", "v / (1 − β₂**t)"),
            Line("w", "w − η·g_hat / (sqrt(v_hat) + ε)"),
        )

    def update(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New, decays: Array | None = None
    ) -> Calls:
        """Return the calls of one step; see Optimizer.update."""
        m, v, now = state["gradient_average"], state["squared_average"], Corrections(w, state, live)
        part_of_g, part_of_m = scalar(0, w), scalar(0, w)
        scratch, ahead = new(w), new(w)

        def weigh() -> None:
            part_of_g[()], part_of_m[()] = _parts(state, live)

        return [
            (now.tick, ()),
            (weigh, ()),
            *add_decay(self, w, g, live, new, decays),
            *update_averages(g, state, live, now, scratch),
            (np.multiply, (g, part_of_g, g)),
            (np.multiply, (m, part_of_m, ahead)),
            (np.add, (g, ahead, g)),
            (np.sqrt, (v, scratch)),
            (np.add, (scratch, now.epsilon, scratch)),
            (np.divide, (g, scratch, g)),
            (np.subtract, (w, g, w)),
        ]


def _parts(state: State, live: Mapping[str, Array]) -> tuple[float, float]:
    """Multiply the momentum of step t into their product; return what g and m are multiplied with.

    As in Corrections, √v̂ = √v / √(1 − β₂ᵗ) takes its root out of the denominator.
    """
    t, growth, kept = state["step"].item(), live["momentum_decay"].item(), live["beta1"].item()
    momentum, next_momentum = (kept * (1 - 0.5 * 0.96 ** (n * growth)) for n in (t, t + 1))
    product = state["momentum_product"].item() * momentum
    state["momentum_product"][()] = product
    rate = live["learning_rate"].item() * (1 - live["beta2"].item() ** t) ** 0.5
    return rate * (1 - momentum) / (1 - product), rate * next_momentum / (1 - product * next_momentum)
