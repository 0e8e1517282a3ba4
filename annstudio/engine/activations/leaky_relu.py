"""The leaky rectified linear unit."""

import math

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant, maximum, scalar
from annstudio.core.params import Real, Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class LeakyReLU(Activation):
    """a = max(z, s·z); da/dz is 1 where z > 0, else the slope s, by convention also at z = 0."""

    info = Info(
        key="leaky_relu",
        label=QT_TRANSLATE_NOOP("annstudio", "Leaky ReLU"),
        order=50,
        summary=QT_TRANSLATE_NOOP("annstudio", "Passes what is positive and a small part of what is negative."),
        formula="a = z for z > 0, s·z otherwise",
        derivative="da/dz = 1 for z > 0, s otherwise",
        range="−∞ < a < ∞",
        reference="Maas, Hannun & Ng 2013, Rectifier nonlinearities improve neural network acoustic models",
        params=(
            Real(
                key="slope",
                label=QT_TRANSLATE_NOOP("annstudio", "Negative slope s"),
                default=0.01,
                help=QT_TRANSLATE_NOOP("annstudio", "How much of a negative z passes. 0.01 is PyTorch's default."),
                minimum=0,
                maximum=1,
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Hidden layers, when units with ReLU die."),
        pros=QT_TRANSLATE_NOOP("annstudio", "As fast as ReLU, and no unit can die: some gradient always passes."),
        cons=QT_TRANSLATE_NOOP("annstudio", "One more number to choose, and no output is exactly zero."),
    )
    kinks = (0.0,)

    def __init__(self, **values: Value) -> None:
        super().__init__(**values)
        self._leak = float(self.params["slope"])
        self.low = -math.inf if self._leak else 0.0

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write max(z, s·z) into a: the right one of the two, as s is at most 1; see Activation.forward."""
        leak = new(z)
        return [(np.multiply, (z, scalar(self._leak, z), leak)), maximum(z, leak, a)]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write max(sign a, s): 1 where z > 0, else s; see Activation.slope."""
        return [(np.sign, (a, out)), maximum(out, constant(self._leak, a), out)]
