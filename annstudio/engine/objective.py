"""The pair at a network's end: output activation and loss."""

from dataclasses import dataclass

import numpy as np

from annstudio.engine.activations.base import Activation
from annstudio.engine.calls import Array, Calls, New
from annstudio.engine.losses.base import Loss


@dataclass(frozen=True, eq=False)
class Objective:
    """What training minimizes: the cost J of the outputs a = f(z) against the targets.

    Where the loss knows the output activation, the two are fused: dJ/dz in one stable formula. Any other pair trains
    too, by dJ/da and then the activation's own derivative.
    """

    activation: Activation
    loss: Loss

    @property
    def fused(self) -> bool:
        """The pair has a formula of its own."""
        return self.activation.info.key in self.loss.fused_with

    def gradient(self, z: Array, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Return the calls that write dJ/dz of the batch into grad; all arrays feature-major, (outputs, batch)."""
        if self.fused:
            return self.loss.gradient_fused(a, t, grad, new)
        return self.loss.gradient(a, t, grad, new) + self.activation.backward(z, a, grad, new)

    def per_sample(self, z: Array, a: Array, y_true: Array) -> Array:
        """Return each sample's loss, (batch,); all arrays (batch, outputs)."""
        with np.errstate(all="ignore"):
            return self.loss.per_sample_fused(z, y_true) if self.fused else self.loss.per_sample(a, y_true)

    def cost(self, z: Array, a: Array, y_true: Array) -> float:
        """Return J: the mean of the samples' losses, or their sum where the loss is a sum. NaN without samples."""
        losses = self.per_sample(z, a, y_true).astype(np.float64, copy=False)
        if not losses.size:
            return float("nan")
        return float(losses.sum() if self.loss.sums else losses.mean())
