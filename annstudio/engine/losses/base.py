"""What a loss is."""

from typing import ClassVar

from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.engine.calls import Array, Calls, New


class Loss:
    """How wrong one prediction is; the cost J of many samples is the mean (or the sum) of their losses.

    Attributes:
        sums: the cost is the sum over samples instead of their mean, so its gradient grows with the batch.
        fused_with: keys of the output activations with which dJ/dz has a simple and stable form of its own.
    """

    info: ClassVar[Info]
    sums: ClassVar[bool] = False
    fused_with: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, **values: Value) -> None:
        self.params = self.info.check(values)

    def per_sample(self, y_pred: Array, y_true: Array) -> Array:
        """Return each sample's loss, (batch,).

        Args:
            y_pred: outputs a of the network, (batch, outputs).
            y_true: targets, same shape.
        """
        raise NotImplementedError

    def gradient(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Return the calls that write dJ/da of the whole batch into grad.

        Args:
            a: outputs, feature-major: (outputs, batch).
            t: targets, same shape.
            grad: result, same shape.
            new: gives scratch buffers.
        """
        raise NotImplementedError

    def per_sample_fused(self, z: Array, y_true: Array) -> Array:
        """Return each sample's loss, (batch,), straight from the output layer's pre-activations z (batch, outputs).

        Only for activations in fused_with: it stays exact where the activation has rounded to 0 or 1.
        """
        raise NotImplementedError

    def gradient_fused(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Return the calls that write dJ/dz into grad; arguments as in gradient, activation in fused_with."""
        raise NotImplementedError
