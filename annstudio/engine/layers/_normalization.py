"""What batch and layer normalization have in common."""

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from annstudio.core.calls import Array, Calls, constant, scalar
from annstudio.core.params import Real
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.layers.base import Block, Layer, Shape, features, only
from annstudio.engine.stage import Stage

EPSILON = Real(
    "epsilon",
    QT_TRANSLATE_NOOP("annstudio", "Epsilon ε"),
    default=1e-5,
    minimum=0,
    maximum=1,
    above_minimum=True,
    help=QT_TRANSLATE_NOOP("annstudio", "Added to the variance, so that nothing is divided by zero."),
    more=True,
)


class Standardized:
    """x̂ = (x − μ)/√(σ² + ε), with mean μ and variance σ² along one axis, as prepared calls.

    The variance takes a second pass over x − μ: the shorter E[x²] − μ² loses all digits where μ is large.

    Args:
        x: values, two axes.
        axis: along which they are measured.
        epsilon: ε.
        stage: gives scratch buffers.

    Attributes:
        mean, variance: along the axis; the variance is the biased one, Σ (x − μ)²/M.
        normal: x̂.
    """

    def __init__(self, x: Array, axis: int, epsilon: float, stage: Stage) -> None:
        self._x, self._axis = x, axis
        self._epsilon = scalar(epsilon, x)
        self._ones = constant(1, x[0] if axis else x[:, 0])
        self._share = scalar(1 / x.shape[axis], x)
        self.mean, self.variance, self._inverse = (stage.scratch(x.shape[1 - axis]) for _ in range(3))
        self.normal, self._spare = stage.scratch(*x.shape), stage.scratch(*x.shape)

    def forward(self) -> Calls:
        """Return the calls that write μ, σ² and x̂."""
        inverse = self._inverse
        return [
            *self._mean(self._x, self.mean),
            (np.subtract, (self._x, self._along(self.mean), self.normal)),
            (np.square, (self.normal, self._spare)),
            *self._mean(self._spare, self.variance),
            (np.add, (self.variance, self._epsilon, inverse)),
            (np.sqrt, (inverse, inverse)),
            (np.reciprocal, (inverse, inverse)),
            (np.multiply, (self.normal, self._along(inverse), self.normal)),
        ]

    def backward(self, grad: Array, out: Array) -> Calls:
        """Return the calls that write dJ/dx = (g − mean(g) − x̂·mean(g·x̂))/√(σ² + ε) into out.

        μ and σ depend on x as well: that is where the two means come from. The buffers of μ and σ² are reused.

        Args:
            grad: g = dJ/dx̂, shape of x.
            out: result, same shape; not grad itself.
        """
        spare = self._spare
        return [
            (np.multiply, (grad, self.normal, spare)),
            *self._mean(spare, self.variance),
            *self._mean(grad, self.mean),
            (np.multiply, (self.normal, self._along(self.variance), spare)),
            (np.subtract, (grad, spare, out)),
            (np.subtract, (out, self._along(self.mean), out)),
            (np.multiply, (out, self._along(self._inverse), out)),
        ]

    def _mean(self, values: Array, out: Array) -> Calls:
        """Return the calls that write means along the axis; a product with ones is the fastest sum."""
        total = values.dot if self._axis else self._ones.dot
        return [(total, (self._ones if self._axis else values, out)), (np.multiply, (out, self._share, out))]

    def _along(self, measured: Array) -> Array:
        return measured[:, np.newaxis] if self._axis else measured


class Normalization(Layer):
    """a = γ·x̂ + β: values brought to mean 0 and variance 1, then to a mean and a scale that training chooses.

    Args:
        epsilon: ε.
        trainable: see Layer.

    Attributes:
        axis: along which values are measured: 1 over the samples, 0 over the values of a sample.
    """

    axis: ClassVar[int]

    def __init__(self, epsilon: float = 1e-5, *, trainable: bool = True) -> None:
        self.epsilon = epsilon
        self.trainable = trainable

    def output(self, inputs: Sequence[Shape]) -> Shape:
        """Return the shape that comes in; see Layer.output."""
        return only(inputs)

    def count(self, shape: Shape) -> int:
        """Return how many γ, and how many β, there are for samples of this shape."""
        raise NotImplementedError

    def blocks(self, inputs: Sequence[Shape]) -> tuple[Block, ...]:
        """Return the block [γ; β], (2, count); no kernels, so no weight decay; see Layer.blocks."""
        return (Block(2, self.count(inputs[0])),)

    def multiply_adds(self, inputs: Sequence[Shape]) -> int:
        """Return three per value: its square for σ², the division by σ, and γ; see Layer.multiply_adds."""
        return 3 * features(inputs[0])

    def parts(self, blocks: Sequence[Array]) -> dict[str, Array]:
        """Return "gamma" and "beta", (count,); see Layer.parts."""
        return {"gamma": blocks[0][0], "beta": blocks[0][1]}

    def initialize(self, rng: np.random.Generator, blocks: Sequence[Array]) -> None:
        """Let γ start at 1 and β at 0; see Layer.initialize."""
        blocks[0][0] = 1

    def terms(self, stage: Stage, sample: int) -> dict[str, Array]:
        """Return "mean" and "variance" as measured, and the sample's own "normal" x̂; see Layer.terms.

        For batch normalization the first two are those of the batch, (count,), for layer normalization the sample's
        own, (1,).
        """
        values = stage.inputs[0].a.reshape(self.count(stage.input_shapes[0]), -1, stage.batch)
        measured = values if self.axis else values[..., sample]
        along = tuple(range(1, 3)) if self.axis else None
        mean, variance = measured.mean(axis=along), measured.var(axis=along)
        shifted = values[..., sample] - (mean[:, np.newaxis] if self.axis else mean)
        spread = np.sqrt(variance + scalar(self.epsilon, values))
        normal = shifted / (spread[:, np.newaxis] if self.axis else spread)
        return {"mean": np.atleast_1d(mean), "variance": np.atleast_1d(variance), "normal": normal.ravel()}

    def calls(self, stage: Stage) -> tuple[Calls, Calls]:
        """Return x̂ and a = γ·x̂ + β; dJ/dγ = Σ e·x̂ and dJ/dβ = Σ e with e = dJ/da; see Layer.calls."""
        (x,) = stage.inputs
        gamma, beta = stage.weights[0][:, :, np.newaxis]
        count = len(gamma)
        a = stage.out.a.reshape(count, -1)
        standard = Standardized(x.a.reshape(count, -1), self.axis, self.epsilon, stage)
        forward: Calls = [
            *standard.forward(),
            *self.track(stage, standard),
            (np.multiply, (standard.normal, gamma, a)),
            (np.add, (a, beta, a)),
        ]
        if stage.error is None:
            return forward, []
        error = stage.error.reshape(count, -1)
        backward: Calls = []
        if stage.gradients is not None:
            product, ones = stage.scratch(*a.shape), constant(1, a[0])
            backward += [
                (np.multiply, (error, standard.normal, product)),
                (product.dot, (ones, stage.gradients[0][0])),
                (error.dot, (ones, stage.gradients[0][1])),
            ]
        if x.error is not None:
            backward.append((np.multiply, (error, gamma, error)))
            backward += standard.backward(error, x.error.reshape(count, -1))
        return forward, backward

    def track(self, stage: Stage, standard: Standardized) -> Calls:
        """Return the calls that keep statistics of what was measured; mostly none."""
        return []
