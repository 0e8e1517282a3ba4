"""What the units of a layer answer, as images: one rule for cards and neurons, so that the two agree."""

import numpy as np
from PySide6.QtGui import QImage

from annstudio.ui.theme import Theme
from annstudio.ui.views.colors import Numbers, color_image, diverging, levels, no_answer

_PALEST = 4.0
"""A unit whose answers are so many times smaller than others of its layer is that much paler."""


def reaches(values: Numbers) -> Numbers:
    """Return for each unit the answer, up or down, that has the strongest color.

    It is the unit's own largest, so its shape is seen while weights are small; but a unit that says much less than the
    others of its layer stays pale.

    Args:
        values: of a layer, (units, rows, columns).
    """
    sizes = np.abs(np.nan_to_num(values, posinf=0.0, neginf=0.0)).max(axis=(1, 2))
    found = np.maximum(sizes, sizes.max() / _PALEST)
    return np.where(found > 0, found, 1.0)


def unit_images(theme: Theme, values: Numbers, strongest: Numbers, middle: float = 0.0) -> list[QImage]:
    """Return an image for each unit: blue above the middle, orange below, gray where there is no answer.

    Args:
        theme: gives the colors.
        values: (units, rows, columns), row 0 at the top.
        strongest: for each unit, how far from the middle its colors are strongest.
        middle: the answer that is painted neutral.
    """
    shares = np.clip((values - middle) / strongest[:, np.newaxis, np.newaxis], -1, 1)
    colors = diverging(theme)[levels(shares, 1.0)]
    return [color_image(each) for each in np.where(np.isnan(values), no_answer(theme), colors)]
