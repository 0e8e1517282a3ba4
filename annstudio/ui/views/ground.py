"""A network's outputs all over the plane, as colors."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from annstudio.data.dataset import Array, Schema, Task
from annstudio.engine.losses.base import Loss
from annstudio.ui.theme import Theme
from annstudio.ui.views.colors import (
    GROUND_STRENGTH,
    RAMP_LEVELS,
    class_color,
    class_ramps,
    color_image,
    diverging,
    levels,
    no_answer,
)


def ground_image(
    theme: Theme, schema: Schema, surface: NDArray[Any], targets: Array, answers: tuple[float, float] = Loss.answers
) -> QImage:
    """Return the picture of a surface, its row 0 at the bottom of the image.

    Binary: from the color of class 0 over neutral, where both are equally likely, to that of class 1. Several
    classes: the color of the likeliest, the paler the less sure. Regression: from the smallest to the largest target.
    Gray where there is no answer.

    Args:
        theme: gives the colors.
        schema: what the outputs mean.
        surface: (rows, columns, outputs).
        targets: of the training part, (samples, outputs).
        answers: the outputs that the loss asks for; see Loss.answers.
    """
    upright = surface[::-1]
    missing, upright = np.isnan(upright).any(axis=-1), np.nan_to_num(upright)
    if schema.task is Task.MULTI_CLASS:
        colors = _class_colors(theme, upright)
    else:
        middle, reach = value_range(schema, targets, answers)
        colors = diverging(theme, GROUND_STRENGTH)[levels(upright[..., 0] - middle, reach)]
    return color_image(np.where(missing, no_answer(theme), colors))


def value_range(schema: Schema, targets: Array, answers: tuple[float, float] = Loss.answers) -> tuple[float, float]:
    """Return the value that is painted neutral, and how far from it the colors are strongest."""
    low, high = answers if schema.task is Task.BINARY else (float(targets.min()), float(targets.max()))
    return (low + high) / 2, (high - low) / 2 or 1.0


def sample_colors(theme: Theme, schema: Schema, targets: Array) -> tuple[NDArray[np.intp], list[QColor]]:
    """Return for every sample the number of its color, (samples,), and the colors."""
    if schema.task is Task.REGRESSION:
        ramp = [QColor.fromRgb(int(color)) for color in diverging(theme)]
        middle, reach = value_range(schema, targets)
        return levels(targets[:, 0] - middle, reach).astype(np.intp), ramp
    classes = len(schema.classes)
    numbers = targets[:, 0].astype(np.intp) if schema.task is Task.BINARY else targets.argmax(axis=1)
    return numbers, [class_color(theme, number, classes) for number in range(classes)]


def _class_colors(theme: Theme, outputs: NDArray[Any]) -> NDArray[np.uint32]:
    classes = outputs.shape[-1]
    sure = (outputs.max(axis=-1) - 1 / classes) / (1 - 1 / classes)
    level = np.rint(np.clip(sure, 0, 1) * (RAMP_LEVELS - 1)).astype(np.intp)
    return class_ramps(theme, classes)[outputs.argmax(axis=-1), level]
