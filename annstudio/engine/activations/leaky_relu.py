"""The leaky rectified linear unit."""

import numpy as np

from annstudio.core.params import Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation
from annstudio.engine.calls import Array, Calls, New, constant, maximum, scalar


class LeakyReLU(Activation):
    """a = max(z, s·z); da/dz is 1 where z > 0, else the slope s, by convention also at z = 0."""

    info = Info(
        key="leaky_relu",
        label=QT_TRANSLATE_NOOP("annstudio", "Leaky ReLU"),
        order=50,
        summary=QT_TRANSLATE_NOOP("annstudio", "Passes what is positive and a small part of what is negative."),
        formula="a = z for z > 0, s·z otherwise",
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

    @property
    def slope(self) -> float:
        """The slope for negative z."""
        return float(self.params["slope"])

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write max(z, s·z) into a: the right one of the two, as s is at most 1; see Activation.forward."""
        leak = new(z)
        return [(np.multiply, (z, scalar(self.slope, z), leak)), maximum(z, leak, a)]

    def backward(self, z: Array, a: Array, grad: Array, new: New) -> Calls:
        """Multiply grad by max(sign a, s): 1 where z > 0, else s; see Activation.backward."""
        slope = new(a)
        return [
            (np.sign, (a, slope)),
            maximum(slope, constant(self.slope, a), slope),
            (np.multiply, (grad, slope, grad)),
        ]
