"""Normal initialization without its tails."""

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.initializers._shared import mean, standard_deviation
from annstudio.engine.initializers.base import Initializer

_CUT = 2
"""Deviations from the mean beyond which nothing is taken: one number of 22 is drawn again."""


class TruncatedNormal(Initializer):
    """w ~ N(μ, σ²), under the condition |w − μ| ≤ 2σ.

    Without its tails the curve is narrower: the weights' standard deviation is σ·√(1 − 4φ(2) / (2Φ(2) − 1)) =
    0.8796·σ, with φ and Φ the normal density and its integral. As in PyTorch's trunc_normal_, σ is that of the whole
    curve; Keras's scaled initializers divide by 0.8796 to make up for it.
    """

    info = Info(
        key="truncated_normal",
        label=QT_TRANSLATE_NOOP("annstudio", "Truncated normal"),
        order=110,
        more=True,
        summary=QT_TRANSLATE_NOOP("annstudio", "As Normal, but numbers further out than 2σ are drawn again."),
        formula="w ~ N(μ, σ²), |w − μ| ≤ 2σ",
        reference="Burkardt 2014, The truncated normal distribution",
        params=(mean(), standard_deviation()),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Where a few extreme weights would do harm, as in transformers."),
    )
    suits_biases = True

    def _draw(self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Array:
        z = rng.standard_normal(shape)
        while (outside := np.abs(z) > _CUT).any():
            z[outside] = rng.standard_normal(np.count_nonzero(outside))
        return float(self.params["mean"]) + float(self.params["standard_deviation"]) * z
