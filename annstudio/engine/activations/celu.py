"""The continuously differentiable exponential linear unit."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant, maximum, minimum, scalar
from annstudio.core.params import Real, Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class CELU(Activation):
    """a = z where z > 0, else α(exp(z/α) − 1); da/dz = exp(min(z, 0)/α), so there is no kink at any α."""

    info = Info(
        key="celu",
        label=QT_TRANSLATE_NOOP("annstudio", "CELU"),
        order=140,
        summary=QT_TRANSLATE_NOOP("annstudio", "An ELU that is smooth at zero whatever its α."),
        formula="a = z for z > 0, α (exp(z/α) − 1) otherwise",
        derivative="da/dz = 1 for z > 0, exp(z/α) otherwise",
        range="−α < a < ∞",
        reference="Barron 2017, Continuously differentiable exponential linear units",
        params=(
            Real(
                key="alpha",
                label=QT_TRANSLATE_NOOP("annstudio", "Depth α"),
                default=1.0,
                help=QT_TRANSLATE_NOOP("annstudio", "How far below zero the left end lies, and how wide the bend is."),
                minimum=0,
                maximum=10,
                above_minimum=True,
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "In place of ELU, when you want an α other than 1."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Its slope has no jump and never exceeds 1."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Needs an exponential, and at α = 1 it is just ELU."),
        more=True,
    )
    reads_z = True

    def __init__(self, **values: Value) -> None:
        super().__init__(**values)
        self._alpha = float(self.params["alpha"])
        self.low = -self._alpha

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write max(z, 0) + α(exp(min(z, 0)/α) − 1) into a; see Activation.forward."""
        left, zero, alpha = new(z), constant(0, z), scalar(self._alpha, z)
        return [
            minimum(z, zero, left),
            (np.divide, (left, alpha, left)),
            (np.expm1, (left, left)),
            (np.multiply, (left, alpha, left)),
            maximum(z, zero, a),
            (np.add, (a, left, a)),
        ]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write exp(min(z, 0)/α); see Activation.slope."""
        return [
            minimum(z, constant(0, z), out),
            (np.divide, (out, scalar(self._alpha, z), out)),
            (np.exp, (out, out)),
        ]
