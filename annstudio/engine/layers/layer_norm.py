"""Layer normalization."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.layers._normalization import EPSILON, Normalization
from annstudio.engine.layers._weighted import TRAINABLE
from annstudio.engine.layers.base import Shape, features


class LayerNorm(Normalization):
    """a = γ·(x − μ)/√(σ² + ε) + β, with mean μ and biased variance σ² of the values of each sample by itself.

    Every value has a γ and a β of its own, those of a picture as well.

    Args:
        epsilon: ε.
        trainable: see Layer.
    """

    info = Info(
        key="layer_norm",
        label=QT_TRANSLATE_NOOP("annstudio", "Layer normalization"),
        order=120,
        category=QT_TRANSLATE_NOOP("annstudio", "Normalization"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Brings the values of every sample to mean 0 and spread 1, then scales and shifts each one."
        ),
        formula="a = γ (x − μ) / √(σ² + ε) + β, μ and σ² over the values of a sample",
        reference="Ba, Kiros & Hinton 2016, Layer normalization",
        params=(EPSILON, TRAINABLE),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Instead of batch normalization, when batches are small."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Works the same in training and afterwards, whatever the batch."),
        cons=QT_TRANSLATE_NOOP("annstudio", "It takes away how large a sample is as a whole."),
    )
    icon = "ruler"
    letter = "L"
    axis = 0

    def count(self, shape: Shape) -> int:
        """Return the number of values; see Normalization.count."""
        return features(shape)
