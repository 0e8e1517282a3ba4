"""All weights alike."""

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.params import Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.initializers._shared import LARGEST_WEIGHT
from annstudio.engine.initializers.base import Initializer


class Constant(Initializer):
    """w = c. The biases of these weights are zero all the same."""

    info = Info(
        key="constant",
        label=QT_TRANSLATE_NOOP("annstudio", "Constant"),
        order=80,
        more=True,
        summary=QT_TRANSLATE_NOOP("annstudio", "Every weight starts at the same value that you choose."),
        formula="w = c",
        reference=(
            "Krizhevsky, Sutskever & Hinton 2012, ImageNet classification, section 5 (biases of 1, so that ReLU is on)"
        ),
        params=(
            Real(
                key="value",
                label=QT_TRANSLATE_NOOP("annstudio", "Value c"),
                default=0.1,
                help=QT_TRANSLATE_NOOP("annstudio", "What every weight is at the start."),
                minimum=-LARGEST_WEIGHT,
                maximum=LARGEST_WEIGHT,
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "For biases, or to start a single neuron where you want."),
        cons=QT_TRANSLATE_NOOP("annstudio", "As weights of a hidden layer, it keeps all units alike."),
    )
    suits_biases = True

    def _draw(self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Array:
        return np.full(shape, float(self.params["value"]))
