"""Maximum pooling."""

import numpy as np

from annstudio.core.calls import Array, Calls, constant
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.layers._pooling import POOLING, Pooling
from annstudio.engine.layers._windows import gathered, readers, taken
from annstudio.engine.stage import Stage


class MaxPool2D(Pooling):
    """a = the largest value in a window; dJ/da goes back to that value alone.

    Where several values of a window are the largest, it goes to the first of them, line by line, as in PyTorch.

    Args:
        size: height and width of a window.
        stride: from one window to the next.
    """

    info = Info(
        key="max_pool2d",
        label=QT_TRANSLATE_NOOP("annstudio", "Max pooling"),
        order=330,
        category=QT_TRANSLATE_NOOP("annstudio", "Pictures"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Keeps the largest value of every window: the picture shrinks."),
        formula="a[c, i, j] = max over u, v of x[c, i·s + u, j·s + v]",
        reference="Riesenhuber & Poggio 1999, Hierarchical models of object recognition in cortex",
        params=POOLING,
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Behind a convolution, to ask whether a pattern is there at all."),
        pros=QT_TRANSLATE_NOOP("annstudio", "A pattern may move a little; the next layers have less to compute."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Where exactly the pattern was is lost; only one value per window learns."),
    )
    icon = "shrink"
    letter = "X"

    def calls(self, stage: Stage) -> tuple[Calls, Calls]:
        """Return a = max of each window, and dJ/da back to its first largest value; see Layer.calls."""
        (x,) = stage.inputs
        seen = self.seen(stage.input_shapes[0])
        # One row of zeros at the end, for values that no window sees.
        rows = stage.scratch(seen.size + 1, stage.batch)
        rows[-1] = 0
        values = rows[:-1].reshape(*seen.shape, stage.batch)
        forward: Calls = [
            taken(x.a, seen.ravel(), rows[:-1]),
            (np.maximum.reduce, (values, 0, None, stage.out.a)),
        ]
        if stage.error is None or x.error is None:
            return forward, []
        backward: Calls = []
        for part in values:
            backward += _share(part, stage.out.a, stage.error)
        backward += gathered(rows, readers(seen.ravel(), len(x.a), seen.size), x.error, stage.new)
        return forward, backward


def _share(values: Array, largest: Array, left: Array) -> Calls:
    """Return the calls that turn values into their part of the error, and take that part from what is left.

    1 + sign(value − largest) is 1 for the largest and 0 for all others.
    """
    return [
        (np.subtract, (values, largest, values)),
        (np.sign, (values, values)),
        (np.add, (values, constant(1, values), values)),
        (np.multiply, (values, left, values)),
        (np.subtract, (left, values, left)),
    ]
