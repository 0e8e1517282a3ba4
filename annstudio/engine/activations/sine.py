"""The sine."""

import numpy as np

from annstudio.core.calls import Array, Calls, New
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class Sine(Activation):
    """a = sin z, da/dz = cos z."""

    info = Info(
        key="sine",
        label=QT_TRANSLATE_NOOP("annstudio", "Sine"),
        order=210,
        summary=QT_TRANSLATE_NOOP("annstudio", "A wave between −1 and 1 that never ends."),
        formula="a = sin(z)",
        derivative="da/dz = cos(z)",
        range="−1 ≤ a ≤ 1",
        reference="Sitzmann, Martel, Bergman, Lindell & Wetzstein 2020, Implicit neural representations with periodic "
        "activation functions",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Curves that repeat, and pictures or sounds as functions of place."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Few units draw fine, repeating detail, and no end is flat."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Many z give the same a, so training depends much on how it starts."),
        more=True,
    )
    reads_z = True
    low, high = -1.0, 1.0

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write sin z into a; see Activation.forward."""
        return [(np.sin, (z, a))]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write cos z; see Activation.slope."""
        return [(np.cos, (z, out))]
