"""The samples of an epoch in their order, batch by batch."""

from typing import NamedTuple

import numpy as np

from annstudio.core.calls import Array

SEGMENT = 256
"""Batches prepared at a time: it bounds the memory of a run, whatever the number of samples."""


class Batch(NamedTuple):
    """The buffers of one batch.

    Attributes:
        h: inputs with their row of ones, (features + 1, batch).
        t: targets, (outputs, batch).
        z: where the output layer's pre-activations are kept, (outputs, batch).
    """

    h: Array
    t: Array
    z: Array


class Batches:
    """Reshuffles the samples before every epoch and copies them in their new order, a segment at a time.

    Each batch is a slice of the copy, so calls can be bound to it once.

    Args:
        inputs: (samples, features), of the run's type.
        targets: (samples, outputs), likewise.
        size: samples per batch; more than there are means all of them.
        shuffle: draws the orders.

    Attributes:
        order: of the samples in this epoch.
    """

    def __init__(self, inputs: Array, targets: Array, size: int, shuffle: np.random.Generator) -> None:
        self.size = min(size, len(inputs))
        self.shuffle = shuffle
        self.order = np.arange(len(inputs))
        self._inputs = np.hstack([inputs, np.ones((len(inputs), 1), inputs.dtype)])
        self._targets = targets.copy()
        slots, outputs = min(self.count, SEGMENT), targets.shape[1]
        self._segment_inputs = np.empty((slots * self.size, self._inputs.shape[1]), inputs.dtype)
        self._segment_targets = np.zeros((slots, outputs, self.size), inputs.dtype)
        self._segment_targets_by_sample = self._segment_targets.transpose(0, 2, 1)
        self.kept = np.zeros((slots, outputs, self.size), inputs.dtype)
        """The output layer's pre-activations of the segment's batches, (slots, outputs, batch)."""

    @property
    def samples(self) -> tuple[Array, Array]:
        """Inputs, (samples, features), and targets, (samples, outputs), in their own order."""
        return self._inputs[:, :-1], self._targets

    @property
    def count(self) -> int:
        """Batches per epoch."""
        return -(-len(self.order) // self.size)

    @property
    def rest(self) -> int:
        """Samples left over at an epoch's end, a smaller batch; 0 if none."""
        return len(self.order) % self.size

    @property
    def slots(self) -> int:
        """Number of batches in a segment."""
        return len(self.kept)

    @property
    def last_slot(self) -> int:
        """Where in its segment the last batch of an epoch stands."""
        return (self.count - 1) % SEGMENT

    def batch(self, slot: int, size: int | None = None) -> Batch:
        """Return the buffers of a slot of the segment, for the batch's first `size` samples; None is all of them."""
        size = self.size if size is None else size
        start = slot * self.size
        h = self._segment_inputs[start : start + size].T
        outputs = self.kept.shape[1]
        # The product that writes z wants its buffer contiguous, also where the batch is smaller.
        z = self.kept[slot].reshape(-1)[: outputs * size].reshape(outputs, size)
        return Batch(h, self._segment_targets[slot, :, :size], z)

    def targets(self, slot: int, count: int) -> Array:
        """Return the targets of several slots, (slots, outputs, batch)."""
        return self._segment_targets[slot : slot + count]

    def reorder(self) -> None:
        """Draw the order of a new epoch."""
        self.order = self.shuffle.permutation(len(self.order))

    def fill(self, position: int) -> None:
        """Copy the samples of the segment that begins with this batch of the epoch."""
        start = position * self.size
        chosen = self.order[start : start + len(self._segment_inputs)]
        count, size = len(chosen), self.size
        self._inputs.take(chosen, 0, self._segment_inputs[:count], "clip")
        targets = self._targets.take(chosen, 0)
        whole, rest = divmod(count, size)
        self._segment_targets_by_sample[:whole] = targets[: count - rest].reshape(whole, size, -1)
        if rest:
            self._segment_targets_by_sample[whole, :rest] = targets[count - rest :]
            self.kept[whole] = 0
