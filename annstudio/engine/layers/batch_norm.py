"""Batch normalization."""

from collections.abc import Sequence

import numpy as np

from annstudio.core.calls import Array, Calls, scalar
from annstudio.core.params import Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.layers._normalization import EPSILON, Normalization, Standardized
from annstudio.engine.layers._weighted import TRAINABLE
from annstudio.engine.layers.base import Block, Shape, features
from annstudio.engine.stage import Stage


class BatchNorm(Normalization):
    """a = γ·(x − μ)/√(σ² + ε) + β, with mean μ and biased variance σ² of every value over the batch.

    Of a picture, every channel is measured over batch, height and width together. Training keeps running statistics,
    running ← (1 − m)·running + m·measured, the variance measured without bias, Σ (x − μ)²/(M − 1); after training
    they take the place of μ and σ². These are PyTorch's definitions.

    Args:
        epsilon: ε.
        momentum: m.
        trainable: see Layer; a frozen layer, too, measures its batches in training.
    """

    info = Info(
        key="batch_norm",
        label=QT_TRANSLATE_NOOP("annstudio", "Batch normalization"),
        order=110,
        category=QT_TRANSLATE_NOOP("annstudio", "Normalization"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Brings every value to mean 0 and spread 1 over the batch, then scales and shifts it."
        ),
        formula="a = γ (x − μ) / √(σ² + ε) + β, μ and σ² over the batch",
        reference="Ioffe & Szegedy 2015, Batch normalization, arXiv 1502.03167",
        params=(
            EPSILON,
            Real(
                "momentum",
                QT_TRANSLATE_NOOP("annstudio", "Momentum m"),
                default=0.1,
                minimum=0,
                maximum=1,
                help=QT_TRANSLATE_NOOP(
                    "annstudio", "How much each batch counts in the running statistics that are used after training."
                ),
                more=True,
            ),
            TRAINABLE,
        ),
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "Between the weighted sum and its activation, in deep networks or with saturating activations."
        ),
        pros=QT_TRANSLATE_NOOP("annstudio", "Keeps activations out of saturation and allows larger learning rates."),
        cons=QT_TRANSLATE_NOOP(
            "annstudio", "Needs batches that are not too small; in training it works differently than afterwards."
        ),
    )
    icon = "chart-column"
    letter = "B"
    needs_batch = True
    axis = 1

    def __init__(self, epsilon: float = 1e-5, momentum: float = 0.1, *, trainable: bool = True) -> None:
        super().__init__(epsilon, trainable=trainable)
        self.momentum = momentum

    def count(self, shape: Shape) -> int:
        """Return the number of values, or of a picture's channels; see Normalization.count."""
        return shape[0]

    def multiply_adds(self, inputs: Sequence[Shape]) -> int:
        """Return one per value: after training γ/σ is one number; see Layer.multiply_adds."""
        return features(inputs[0])

    def statistics(self, inputs: Sequence[Shape]) -> tuple[Block, ...]:
        """Return the block of running means and running variances, (2, count); see Layer.statistics."""
        return (Block(2, self.count(inputs[0])),)

    def parts(self, blocks: Sequence[Array]) -> dict[str, Array]:
        """Return "gamma", "beta", and of the statistics "running_mean" and "running_var"; see Layer.parts."""
        named = super().parts(blocks)
        for mean, variance in blocks[1:]:
            named |= {"running_mean": mean, "running_var": variance}
        return named

    def initialize(self, rng: np.random.Generator, blocks: Sequence[Array]) -> None:
        """Let γ and the running variance start at 1, β and the running mean at 0; see Layer.initialize."""
        super().initialize(rng, blocks)
        blocks[1][1] = 1

    def calls(self, stage: Stage) -> tuple[Calls, Calls]:
        """Return those of Normalization in training, else a by the running statistics; see Layer.calls."""
        if stage.training:
            return super().calls(stage)
        gamma, beta = stage.weights[0][:, :, np.newaxis]
        mean, variance = stage.statistics[0][:, :, np.newaxis]
        x, a = (values.reshape(len(gamma), -1) for values in (stage.inputs[0].a, stage.out.a))
        scale = stage.new(gamma)
        return [
            (np.add, (variance, scalar(self.epsilon, a), scale)),
            (np.sqrt, (scale, scale)),
            (np.divide, (gamma, scale, scale)),
            (np.subtract, (x, mean, a)),
            (np.multiply, (a, scale, a)),
            (np.add, (a, beta, a)),
        ], []

    def track(self, stage: Stage, standard: Standardized) -> Calls:
        """Return the calls that move the running statistics; see Normalization.track."""
        running_mean, running_variance = stage.statistics[0]
        size = standard.normal.shape[1]
        return [
            *self._moved(running_mean, standard.mean, 1, stage),
            *self._moved(running_variance, standard.variance, size / (size - 1), stage),
        ]

    def _moved(self, running: Array, measured: Array, factor: float, stage: Stage) -> Calls:
        """Return running ← (1 − m)·running + m·factor·measured."""
        share = stage.new(measured)
        return [
            (np.multiply, (measured, scalar(self.momentum * factor, measured), share)),
            (np.multiply, (running, scalar(1 - self.momentum, running), running)),
            (np.add, (running, share, running)),
        ]
