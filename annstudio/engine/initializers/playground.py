"""What TensorFlow Playground starts with."""

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.initializers.base import Initializer


class Playground(Initializer):
    """w ~ U(−½, ½), b = 0.1, whatever the size of the layer."""

    info = Info(
        key="playground",
        label=QT_TRANSLATE_NOOP("annstudio", "Playground"),
        order=140,
        more=True,
        summary=QT_TRANSLATE_NOOP("annstudio", "How TensorFlow Playground starts: every bias at 0.1."),
        formula="w ~ U(−½, ½), b = 0.1",
        reference="Smilkov & Carter 2016, TensorFlow Playground, nn.ts",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "To compare with a network of the Playground."),
    )

    def biases(self, rng: np.random.Generator, fan_in: int, units: int) -> Array:
        """Return 0.1 for every unit; see Initializer.biases."""
        return np.full(units, 0.1)

    def _draw(self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Array:
        return rng.uniform(-0.5, 0.5, shape)
