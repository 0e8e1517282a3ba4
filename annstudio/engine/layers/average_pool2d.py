"""Average pooling."""

from collections.abc import Sequence

import numpy as np

from annstudio.core.calls import Calls, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.layers._pooling import POOLING, Pooling
from annstudio.engine.layers._windows import gathered, readers
from annstudio.engine.layers.base import Shape, features
from annstudio.engine.stage import Stage


class AveragePool2D(Pooling):
    """a = the mean of a window; dJ/da goes back in equal parts.

    Args:
        size: height and width of a window.
        stride: from one window to the next.
    """

    info = Info(
        key="average_pool2d",
        label=QT_TRANSLATE_NOOP("annstudio", "Average pooling"),
        order=340,
        category=QT_TRANSLATE_NOOP("annstudio", "Pictures"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Keeps the mean of every window: the picture shrinks."),
        formula="a[c, i, j] = 1/k² Σ x[c, i·s + u, j·s + v]",
        reference="LeCun et al. 1989, Handwritten digit recognition with a back-propagation network",
        params=POOLING,
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio",
            "Behind a convolution, to ask how much of a pattern is there; over the whole picture at the end.",
        ),
        pros=QT_TRANSLATE_NOOP("annstudio", "Smooth: every value of the window learns."),
        cons=QT_TRANSLATE_NOOP("annstudio", "A strong, small pattern is watered down by its neighbors."),
    )
    icon = "minimize-2"
    letter = "V"

    def multiply_adds(self, inputs: Sequence[Shape]) -> int:
        """Return one per window, whose sum is multiplied by 1/k²; see Layer.multiply_adds."""
        return features(self.output(inputs))

    def calls(self, stage: Stage) -> tuple[Calls, Calls]:
        """Return a = Σ x/k² over each window, and dJ/dx = Σ (dJ/da)/k² over the windows that see x; see Layer.calls."""
        (x,) = stage.inputs
        seen = self.seen(stage.input_shapes[0])
        a, share = stage.out.a, scalar(1 / len(seen), x.a)
        forward: Calls = [*gathered(x.a, seen, a, stage.new), (np.multiply, (a, share, a))]
        if stage.error is None or x.error is None:
            return forward, []
        # One row of zeros at the end, for values that no window sees.
        shares = stage.scratch(len(a) + 1, stage.batch)
        shares[-1] = 0
        # Every part of a window leads to the same error.
        windows = np.tile(np.arange(len(a)), len(seen))
        index = np.append(windows, len(a))[readers(seen.ravel(), len(x.a), seen.size)]
        backward: Calls = [(np.multiply, (stage.error, share, shares[:-1]))]
        return forward, backward + gathered(shares, index, x.error, stage.new)
