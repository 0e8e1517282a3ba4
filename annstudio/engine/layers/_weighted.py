"""What layers with kernels and biases have in common: their settings, and how their weights start."""

from collections.abc import Sequence

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.params import Choice, Flag, Param, Real
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations import activations
from annstudio.engine.activations.base import Activation
from annstudio.engine.initializers import initializers
from annstudio.engine.initializers.base import Initializer
from annstudio.engine.layers.base import Block, Layer

ACTIVATION = Choice(
    "activation",
    QT_TRANSLATE_NOOP("annstudio", "Activation"),
    default="tanh",
    registry="activations",
    help=QT_TRANSLATE_NOOP("annstudio", "The function that bends the weighted sum."),
)
INITIALIZER = Choice(
    "initializer",
    QT_TRANSLATE_NOOP("annstudio", "Initializer"),
    default="xavier_uniform",
    registry="initializers",
    help=QT_TRANSLATE_NOOP("annstudio", "How the weights are drawn before training."),
)
TRAINABLE = Flag(
    "trainable",
    QT_TRANSLATE_NOOP("annstudio", "Trainable"),
    default=True,
    help=QT_TRANSLATE_NOOP("annstudio", "Off: training leaves the weights of this layer as they are."),
    more=True,
    tunes=True,
)
WEIGHTED: tuple[Param, ...] = (
    Flag(
        "bias",
        QT_TRANSLATE_NOOP("annstudio", "Bias"),
        default=True,
        help=QT_TRANSLATE_NOOP("annstudio", "Adds a number of its own to every weighted sum."),
        more=True,
    ),
    Choice(
        "bias_initializer",
        QT_TRANSLATE_NOOP("annstudio", "Bias initializer"),
        default="auto",
        options=(
            ("auto", QT_TRANSLATE_NOOP("annstudio", "automatic")),
            *((key, each.info.label) for key, each in initializers.items() if each.suits_biases),
        ),
        help=QT_TRANSLATE_NOOP(
            "annstudio", "Where the biases start: automatic is at zero, unless the initializer asks for another start."
        ),
        more=True,
    ),
    Real(
        "l1",
        QT_TRANSLATE_NOOP("annstudio", "L1 λ"),
        default=0.0,
        minimum=0,
        maximum=100,
        help=QT_TRANSLATE_NOOP("annstudio", "Adds λ·Σ|w| to the cost: weights that do little become zero."),
        more=True,
        tunes=True,
    ),
    Real(
        "l2",
        QT_TRANSLATE_NOOP("annstudio", "L2 λ"),
        default=0.0,
        minimum=0,
        maximum=100,
        help=QT_TRANSLATE_NOOP("annstudio", "Adds λ/2·Σw² to the cost: weights stay small."),
        more=True,
        tunes=True,
    ),
    Real(
        "max_norm",
        QT_TRANSLATE_NOOP("annstudio", "Max-norm"),
        default=0.0,
        minimum=0,
        maximum=1000,
        help=QT_TRANSLATE_NOOP(
            "annstudio", "After every step, the weights into a unit are shrunk to at most this length; 0: no limit."
        ),
        more=True,
        tunes=True,
    ),
    TRAINABLE,
)


class Weighted(Layer):
    """A layer whose units weigh what comes in, add a bias and bend the sum: z = W x + b, a = f(z).

    Args:
        activation: the function f, or its key.
        initializer: where the kernels start, or its key.
        bias: whether there is a b.
        bias_initializer: "auto" as the initializer says, or the key of an initializer for the biases.
        l1, l2, max_norm, trainable: see Layer.
    """

    own_z = True

    def __init__(
        self,
        activation: Activation | str = "identity",
        initializer: Initializer | str = "xavier_uniform",
        *,
        bias: bool = True,
        bias_initializer: str = "auto",
        l1: float = 0.0,
        l2: float = 0.0,
        max_norm: float = 0.0,
        trainable: bool = True,
    ) -> None:
        self.activation: Activation = activations.made(activation)
        self.initializer = initializers.made(initializer)
        self.bias = bias
        self.bias_initializer = self.initializer if bias_initializer == "auto" else initializers.made(bias_initializer)
        self._draws_biases = bias_initializer != "auto"
        self.l1, self.l2, self.max_norm = l1, l2, max_norm
        self.trainable = trainable

    def _blocks(self, fan_in: int, units: int) -> tuple[Block, ...]:
        """Return the block of kernel and bias, and the activation's own, if it learns any."""
        weights = Block(fan_in + self.bias, units, kernel_rows=fan_in)
        learned = len(self.activation.learned())
        return (weights, Block(1, learned)) if learned else (weights,)

    def parts(self, blocks: Sequence[Array]) -> dict[str, Array]:
        """Return kernel (inputs, units), bias (units,) and what the activation learns; see Layer.parts."""
        weights, *learned = blocks
        named = {"kernel": weights[:-1], "bias": weights[-1]} if self.bias else {"kernel": weights}
        return named | ({"activation": learned[0][0]} if learned else {})

    def initialize(self, rng: np.random.Generator, blocks: Sequence[Array]) -> None:
        """Draw the kernel, then the biases; see Layer.initialize."""
        weights, *learned = blocks
        fan_in, units = len(weights) - self.bias, weights.shape[1]
        weights[:fan_in] = self.initializer.sample(rng, fan_in, units)
        if self.bias:
            weights[fan_in] = self._biases(rng, fan_in, units)
        for values in learned:
            values[0] = self.activation.learned()

    def _biases(self, rng: np.random.Generator, fan_in: int, units: int) -> Array:
        if self._draws_biases:
            return self.bias_initializer.sample(rng, fan_in, units, (units,))
        return self.initializer.biases(rng, fan_in, units)
