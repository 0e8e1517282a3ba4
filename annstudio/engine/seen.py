"""What the network answered for every training sample when it was last trained on it."""

import numpy as np

from annstudio.core.calls import Array
from annstudio.engine.batches import SEGMENT, Batches


class Seen:
    """The output layer's pre-activations of all training samples, each from its latest batch.

    They are kept by training anyway, so cost and metrics of a large training part come for nothing, of weights that
    are up to an epoch old.

    Args:
        batches: whose z are noted.
        z: of all samples at the start, (samples, outputs).

    Attributes:
        z: (samples, outputs), in the samples' own order.
    """

    def __init__(self, batches: Batches, z: Array) -> None:
        self._batches = batches
        self.z = np.asfortranarray(z)

    def note(self, begin: int, end: int) -> None:
        """Take over what the batches from `begin` to before `end` of this epoch, of one segment, have kept."""
        batches = self._batches
        for position in range(begin, end):
            rows = batches.order[position * batches.size : (position + 1) * batches.size]
            self.z[rows] = batches.batch(position % SEGMENT, len(rows)).z.T
