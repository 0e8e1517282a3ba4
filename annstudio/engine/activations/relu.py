"""The rectified linear unit."""

from annstudio.core.calls import Array, Calls, New, constant, maximum, positive
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class ReLU(Activation):
    """a = max(z, 0); da/dz is 1 where z > 0, else 0, by convention also at z = 0."""

    info = Info(
        key="relu",
        label=QT_TRANSLATE_NOOP("annstudio", "ReLU"),
        order=40,
        summary=QT_TRANSLATE_NOOP("annstudio", "Passes what is positive and turns the rest into zero."),
        formula="a = max(0, z)",
        derivative="da/dz = 1 for z > 0, 0 otherwise",
        range="0 ≤ a < ∞",
        reference="Nair & Hinton 2010, Rectified linear units improve restricted Boltzmann machines",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Hidden layers: the usual first choice in deep networks."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Fast, and where z is positive the gradient passes undiminished."),
        cons=QT_TRANSLATE_NOOP(
            "annstudio", "A unit whose z is negative for every sample gets no gradient: it is dead."
        ),
    )
    kinks = (0.0,)
    low = 0.0

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write max(z, 0) into a; see Activation.forward."""
        return [maximum(z, constant(0, z), a)]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write the sign of a, which is 1 where z > 0, else 0; see Activation.slope."""
        return [positive(a, out)]
