"""Weights that are given number by number."""

from math import prod

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.params import Numbers, numbers_in
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.initializers._shared import LARGEST_WEIGHT
from annstudio.engine.initializers.base import Initializer


class Listed(Initializer):
    """w = the numbers of a list, those into the first unit first; a list that is too short begins again."""

    info = Info(
        key="listed",
        label=QT_TRANSLATE_NOOP("annstudio", "Listed"),
        order=85,
        more=True,
        summary=QT_TRANSLATE_NOOP("annstudio", "Every weight starts at the number that you give for it."),
        formula="w = 0.15, 0.2, …",
        reference="Mazur 2015, A step by step backpropagation example",
        params=(
            Numbers(
                "values",
                QT_TRANSLATE_NOOP("annstudio", "Numbers"),
                default="0.1",
                help=QT_TRANSLATE_NOOP(
                    "annstudio",
                    "The weights into the first unit, then those into the second, and so on. A list that is too short "
                    "begins again.",
                ),
                minimum=-LARGEST_WEIGHT,
                maximum=LARGEST_WEIGHT,
            ),
            Numbers(
                "biases",
                QT_TRANSLATE_NOOP("annstudio", "Biases"),
                default="0",
                help=QT_TRANSLATE_NOOP("annstudio", "The bias of the first unit, of the second, and so on."),
                minimum=-LARGEST_WEIGHT,
                maximum=LARGEST_WEIGHT,
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "To follow an example that somebody has computed by hand."),
        cons=QT_TRANSLATE_NOOP("annstudio", "A short list makes units alike, and they stay alike."),
    )

    def biases(self, rng: np.random.Generator, fan_in: int, units: int) -> Array:
        """Return the listed biases; see Initializer.biases."""
        return _filled(str(self.params["biases"]), (units,))

    def _draw(self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Array:
        return _filled(str(self.params["values"]), shape)


def _filled(listed: str, shape: tuple[int, ...]) -> Array:
    """Return an array of numbers, unit by unit, over and over."""
    numbers = np.array(numbers_in(listed) or (0.0,), np.float64)
    *inputs, units = shape
    by_unit: Array = np.resize(numbers, (units, prod(inputs))).T
    return by_unit.reshape(shape)
