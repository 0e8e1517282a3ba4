"""The pair at a network's end: output activation and loss."""

import math
from dataclasses import dataclass

import numpy as np

from annstudio.core.calls import Array, Calls, New, scalar
from annstudio.engine.activations.base import Activation
from annstudio.engine.losses.base import Loss


@dataclass(frozen=True, eq=False)
class Objective:
    """What training minimizes: the cost J of the outputs a = f(z) against the targets.

    Where the loss knows the output activation, the two are fused: ∂J/∂z in one stable formula. Any other pair trains
    too, by ∂J/∂a and then the activation's own derivative.

    Args:
        activation: of the output layer.
        loss: compares its outputs with the targets.
        own_error: train by the perceptron rule: a − y, the output layer's own error, summed over the batch, stands
            for ∂J/∂z whatever the loss and the slope of the activation (Rosenblatt 1958, The perceptron).
    """

    activation: Activation
    loss: Loss
    own_error: bool = False

    @property
    def fused(self) -> bool:
        """The pair has a formula of its own."""
        return self.of_logs or self.activation.info.key in self.loss.fused_with

    @property
    def gives_dz(self) -> bool:
        """`error` writes ∂J/∂z: the activation has no more to do with it."""
        return self.fused or self.own_error

    @property
    def finite_with_z(self) -> bool:
        """The cost is a finite number wherever z is finite and not huge: no need to compute it to know.

        Not so for losses that take the logarithm of outputs which may be anything, and for formulas that people type.
        """
        defined = self.fused or self.loss.judges in ("quantities", "scores")
        return defined and self.activation.defined_everywhere

    def scale(self, batch: int, outputs: int) -> float:
        """Return the constant factor of the gradient of a batch."""
        return 1.0 if self.own_error else self.loss.scale(batch, outputs)

    def error(self, a: Array, t: Array, error: Array, new: New, factor: Array | None = None) -> Calls:
        """Return the calls with which backward begins: they write ∂J/∂z of the batch where gives_dz, else ∂J/∂a.

        Args:
            a: outputs, feature-major: (outputs, batch).
            t: targets, same shape.
            error: result, same shape.
            new: gives scratch buffers.
            factor: 0-d, read at every run, in place of `scale`: for the gradient times η it holds scale·η.
        """
        if factor is None:
            factor = scalar(self.scale(a.shape[1], a.shape[0]), a)
        return [*self._slope(a, t, error, new), (np.multiply, (error, factor, error))]

    def gradient(self, z: Array, a: Array, t: Array, grad: Array, new: New, factor: Array | None = None) -> Calls:
        """Return the calls that write ∂J/∂z of the batch into grad, whatever the pair; see error.

        Args:
            z: pre-activations of the output layer, (outputs, batch).
            a, t, grad, new, factor: as in error.
        """
        begin = self.error(a, t, grad, new, factor)
        return begin if self.gives_dz else begin + self.activation.backward(z, a, grad, new)

    def readable(self, a: Array) -> Array:
        """Return outputs as a person reads them: probabilities where they are the logarithms of probabilities."""
        if not self.of_logs:
            return a
        probabilities: Array = np.exp(a)
        return probabilities

    def per_sample(self, z: Array, a: Array, y_true: Array) -> Array:
        """Return each sample's loss, (batch,); all arrays (batch, outputs)."""
        with np.errstate(all="ignore"):
            return self.loss.per_sample_fused(z, y_true) if self.fused else self.loss.per_sample(a, y_true)

    def total(self, z: Array, a: Array, y_true: Array) -> tuple[float, float]:
        """Return the sum of the samples' losses, and of the weights with which they count.

        The sums of several parts add up to those of the whole, so that J can be measured in parts.
        """
        losses, weights = self.per_sample(z, a, y_true), self.loss.sample_weights(y_true)
        weight = len(losses) if weights is None else weights.sum(dtype=np.float64)
        with np.errstate(all="ignore"):
            return float(losses.sum(dtype=np.float64)), float(weight)

    def cost(self, z: Array, a: Array, y_true: Array) -> float:
        """Return J: the mean of the samples' losses, or their sum where the loss is a sum. NaN without samples."""
        return self.cost_of(*self.total(z, a, y_true))

    def cost_of(self, total: float, weight: float) -> float:
        """Return J of samples whose losses and weights add up to these; see total and cost."""
        if not weight:
            return math.nan
        return total if self.loss.sums else total / weight

    @property
    def of_logs(self) -> bool:
        """The loss takes the outputs for the logarithms of what it judges."""
        return self.activation.info.key in self.loss.fused_with_logs

    def _slope(self, a: Array, t: Array, error: Array, new: New) -> Calls:
        """Return the calls that write what `error` does, but for the factor."""
        if self.own_error:
            return [(np.subtract, (a, t, error))]
        if self.of_logs:
            power = new(a)
            return [(np.exp, (a, power)), *self.loss.slope_fused(power, t, error, new)]
        return (self.loss.slope_fused if self.fused else self.loss.slope)(a, t, error, new)
