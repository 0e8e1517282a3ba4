"""What a neuron answers all over the plane, as colors."""

import numpy as np
from PySide6.QtGui import QImage

from annstudio.core.calls import Array
from annstudio.ui.theme import Theme
from annstudio.ui.views.colors import color_image, diverging, levels, no_answer


def map_image(theme: Theme, values: Array, number: int) -> QImage:
    """Return the answers of one unit: blue where they are positive, orange where they are negative, gray where none.

    Args:
        theme: gives the colors.
        values: of all units of the layer, (units, rows, columns), row 0 at the bottom. The largest of them has the
            strongest color, so its units can be compared.
        number: of the unit.
    """
    upright = values[number][::-1]
    colors = diverging(theme)[levels(upright, reach_of(values))]
    return color_image(np.where(np.isnan(upright), no_answer(theme), colors))


def reach_of(values: Array) -> float:
    """Return the answer, up or down, that has the strongest color."""
    return float(np.abs(values[np.isfinite(values)]).max(initial=0.0)) or 1.0
