"""What the pooling layers have in common."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from annstudio.core.params import Integer, Param
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.layers._windows import STRIDE, Index, Windows
from annstudio.engine.layers.base import Layer, Shape, features, picture

POOLING: tuple[Param, ...] = (
    Integer(
        "size",
        QT_TRANSLATE_NOOP("annstudio", "Window size"),
        default=2,
        minimum=1,
        maximum=64,
        unit="px",
        help=QT_TRANSLATE_NOOP("annstudio", "Height and width of the window that becomes one value."),
    ),
    replace(STRIDE, default=2),
)


class Pooling(Layer):
    """A layer that makes one value of every window, channel by channel; windows stay inside the picture.

    Args:
        size: height and width of a window.
        stride: from one window to the next.
    """

    def __init__(self, size: int = 2, stride: int = 2) -> None:
        self.size, self.stride = size, stride

    def output(self, inputs: Sequence[Shape]) -> Shape:
        """Return (channels, rows, columns); see Layer.output."""
        shape = picture(inputs)
        return (shape[0], *Windows(shape, self.size, self.stride).places)

    def room(self, inputs: Sequence[Shape]) -> int:
        """Return the values of all windows of a sample; see Layer.room."""
        return features(self.output(inputs)) * self.size**2

    def seen(self, shape: Shape) -> Index:
        """Return which row each window sees, (size · size, windows); a window is one of one channel."""
        seen = Windows(shape, self.size, self.stride).seen()
        return np.moveaxis(seen, 0, 2).reshape(self.size**2, -1)
