"""The exponential linear unit."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant, maximum, minimum, scalar
from annstudio.core.params import Real, Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class ELU(Activation):
    """a = z where z > 0, else α(eᶻ − 1); da/dz is 1 where z > 0, else αeᶻ, by convention also at z = 0."""

    info = Info(
        key="elu",
        label=QT_TRANSLATE_NOOP("annstudio", "ELU"),
        order=80,
        summary=QT_TRANSLATE_NOOP("annstudio", "Passes what is positive and bends the rest smoothly down to −α."),
        formula="a = z for z > 0, α (eᶻ − 1) otherwise",
        derivative="da/dz = 1 for z > 0, α eᶻ = a + α otherwise",
        range="−α < a < ∞",
        reference="Clevert, Unterthiner & Hochreiter 2016, Fast and accurate deep network learning by exponential "
        "linear units (ELUs)",
        params=(
            Real(
                key="alpha",
                label=QT_TRANSLATE_NOOP("annstudio", "Depth α"),
                default=1.0,
                help=QT_TRANSLATE_NOOP("annstudio", "How far below zero the left end lies. At 1 there is no kink."),
                minimum=0,
                maximum=10,
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Hidden layers, when ReLU learns too slowly or units die."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Outputs lie around zero, and a negative z still gets some gradient."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Needs an exponential, and far on the left the gradient vanishes."),
    )
    reads_z = True

    def __init__(self, **values: Value) -> None:
        super().__init__(**values)
        self._alpha = float(self.params["alpha"])
        self.kinks = () if self._alpha == 1 else (0.0,)
        self.low = -self._alpha

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write max(z, 0) + α(exp(min(z, 0)) − 1) into a; see Activation.forward."""
        left, zero = new(z), constant(0, z)
        return [
            minimum(z, zero, left),
            (np.expm1, (left, left)),
            (np.multiply, (left, scalar(self._alpha, z), left)),
            maximum(z, zero, a),
            (np.add, (a, left, a)),
        ]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write α·exp(min(z, 0)) + (1 − α)[z > 0]; see Activation.slope."""
        right, zero = new(z), constant(0, z)
        return [
            minimum(z, zero, out),
            (np.exp, (out, out)),
            (np.multiply, (out, scalar(self._alpha, z), out)),
            maximum(z, zero, right),
            (np.sign, (right, right)),
            (np.multiply, (right, scalar(1 - self._alpha, z), right)),
            (np.add, (out, right, out)),
        ]
