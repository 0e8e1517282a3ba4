"""QHAdam: Adam whose averages are blended with the present gradient."""

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
from annstudio.engine.optimizers._shared import add_decay, decay_lines, descend, epsilon, learning_rate, weight_decay
from annstudio.engine.optimizers.base import Optimizer, State, by_key
from annstudio.engine.rules import Line


def _nu(key: str, label: str, default: float) -> Real:
    return Real(
        key=key,
        label=label,
        default=default,
        help=QT_TRANSLATE_NOOP(
            "annstudio", "How much the average counts; the rest is the present gradient. 1 is Adam."
        ),
        minimum=0,
        maximum=1,
    )


class QHAdam(Optimizer):
    """w ← w − η·[(1 − ν₁)g + ν₁·m̂] / (√((1 − ν₂)g² + ν₂·v̂) + ε), with m̂ and v̂ those of Adam.

    ν₁ = ν₂ = 1 is Adam, ν₁ = 0 and ν₂ = 1 is RMSProp with bias correction. Defaults are those that the paper
    recommends in place of Adam's.

    Source: Ma & Yarats 2019, Quasi-hyperbolic momentum and Adam for deep learning.
    """

    info = Info(
        key="qhadam",
        label=QT_TRANSLATE_NOOP("annstudio", "QHAdam"),
        order=130,
        more=True,
        summary=QT_TRANSLATE_NOOP("annstudio", "Adam with a longer average, blended with the present gradient."),
        formula="w ← w − η·[(1 − ν₁)g + ν₁·m̂] / (√((1 − ν₂)g² + ν₂·v̂) + ε)",
        reference="Ma & Yarats 2019, Quasi-hyperbolic momentum and Adam for deep learning",
        params=(
            learning_rate(0.001, usual=(0.0001, 0.3)),
            _nu("nu1", QT_TRANSLATE_NOOP("annstudio", "Blend ν₁ (g)"), 0.7),
            _nu("nu2", QT_TRANSLATE_NOOP("annstudio", "Blend ν₂ (g²)"), 1.0),
            beta1(0.995),
            beta2(),
            epsilon(1e-8),
            weight_decay(),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "In place of Adam, where batches are small and gradients noisy."),
        pros=QT_TRANSLATE_NOOP("annstudio", "A longer memory than Adam's that still turns at once."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Two more numbers to choose than in Adam."),
    )
    slots = by_key(AVERAGE, SQUARED_AVERAGE)
    counts_steps = True

    def rule(self, t: int, kernel: bool = True) -> tuple[Line, ...]:
        """Return the rule in letters; see Optimizer.rule."""
        return (
            *decay_lines(self, kernel),
            *average_lines(),
            Line("m_hat", "m / (1 − β₁**t)"),
            Line("v_hat", "v / (1 − β₂**t)"),
            Line("Δ", "((1 − ν₁)·g + ν₁·m_hat) / (sqrt((1 − ν₂)·g² + ν₂·v_hat) + ε)"),
            Line("w", "w − η·Δ"),
        )

    def update(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], new: New, decays: Array | None = None
    ) -> Calls:
        """Return the calls of one step; see Optimizer.update."""
        m, v, now = state["gradient_average"], state["squared_average"], Corrections(w, state, live)
        part_of_g, part_of_m, part_of_square, part_of_v = parts = [scalar(0, w) for _ in range(4)]
        scratch, size = new(w), new(w)

        def weigh() -> None:
            for part, value in zip(parts, _parts(state, live), strict=True):
                part[()] = value

        return [
            (now.tick, ()),
            (weigh, ()),
            *add_decay(self, w, g, live, new, decays),
            *update_averages(g, state, live, now, scratch),
            (np.square, (g, size)),
            (np.multiply, (size, part_of_square, size)),
            (np.multiply, (v, part_of_v, scratch)),
            (np.add, (size, scratch, size)),
            (np.sqrt, (size, size)),
            (np.add, (size, live["epsilon"], size)),
            (np.multiply, (g, part_of_g, g)),
            (np.multiply, (m, part_of_m, scratch)),
            (np.add, (g, scratch, g)),
            (np.divide, (g, size, g)),
            *descend(w, g, live["learning_rate"], g),
        ]


def _parts(state: State, live: Mapping[str, Array]) -> tuple[float, float, float, float]:
    """Return what g, m, g² and v are multiplied with at step t: the blends, and in them the bias corrections."""
    t, nu1, nu2 = state["step"].item(), live["nu1"].item(), live["nu2"].item()
    return 1 - nu1, nu1 / (1 - live["beta1"].item() ** t), 1 - nu2, nu2 / (1 - live["beta2"].item() ** t)
