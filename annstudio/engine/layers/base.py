"""What a layer is."""

import math
from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

import numpy as np

from annstudio.core.calls import Array, Calls
from annstudio.core.errors import UserError
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.activations.base import Activation
from annstudio.engine.layers._settings import checking
from annstudio.engine.stage import Stage

Shape = tuple[int, ...]
"""What one sample looks like between two layers: (features,), or (channels, height, width) for pictures."""


class Block(NamedTuple):
    """A matrix of parameters within the network's flat vector.

    Attributes:
        rows, columns: its size.
        kernel_rows: the first rows hold kernels: weight decay, L1, L2 and max-norm act on them alone. The other rows
            hold biases and the like.
    """

    rows: int
    columns: int
    kernel_rows: int = 0

    @property
    def size(self) -> int:
        """Number of parameters."""
        return self.rows * self.columns


def features(shape: Shape) -> int:
    """Return how many values a sample of this shape has."""
    return math.prod(shape)


class Layer:
    """A node of the network.

    Attributes:
        takes_input, gives_output: which ports its card has.
        takes_many: any number of layers may be wired into it; else exactly one.
        icon: name of its picture in resources/icons.
        letter: the key that adds it on the canvas, A to Z but W and M, which mean something else; empty: none.
        takes_slices: its input may be a slice of the samples as they lie in memory, which saves a copy; else it is a
            contiguous (features, batch) matrix.
        draws: training draws random numbers at every step.
        needs_batch: training needs at least two samples in a batch.
        passes_values: its outputs are its inputs, in the same memory.
        activation: what bends its sums, if it has one; the loss may know a shortcut through the last layer's.
        own_z: it has a buffer for z of its own; else z is its input.
        trainable: its parameters change in training.
        l1, l2: factors of Σ|w| and of ½Σw² over its kernels, added to the cost.
        max_norm: the weights into a unit are shrunk to this length after every step; 0 is no limit.
    """

    info: ClassVar[Info]
    takes_input: ClassVar[bool] = True
    gives_output: ClassVar[bool] = True
    takes_many: ClassVar[bool] = False
    icon: ClassVar[str] = "layers"
    letter: ClassVar[str] = ""
    takes_slices: ClassVar[bool] = False
    draws: ClassVar[bool] = False
    needs_batch: ClassVar[bool] = False
    passes_values: ClassVar[bool] = False
    own_z: ClassVar[bool] = False

    activation: Activation | None = None
    trainable: bool = True
    l1: float = 0.0
    l2: float = 0.0
    max_norm: float = 0.0

    def __init_subclass__(cls) -> None:
        """Let the constructor of every layer check its arguments against the parameters in `info`."""
        super().__init_subclass__()
        if "__init__" in vars(cls):
            cls.__init__ = checking(cls.__init__)  # type: ignore[method-assign]

    def output(self, inputs: Sequence[Shape]) -> Shape:
        """Return the shape of a sample behind this layer.

        Args:
            inputs: shapes that come in, one per wire.

        Raises:
            UserError: they do not fit; the sentence says what came and what was expected.
        """
        raise NotImplementedError

    def blocks(self, inputs: Sequence[Shape]) -> tuple[Block, ...]:
        """Return the parameters that this layer has for inputs of these shapes; mostly none or one block."""
        return ()

    def statistics(self, inputs: Sequence[Shape]) -> tuple[Block, ...]:
        """Return what the layer measures in training and uses afterwards; gradient descent does not touch it."""
        return ()

    def parts(self, blocks: Sequence[Array]) -> dict[str, Array]:
        """Return the parameters, then the statistics, by the names that people know; views of the blocks.

        Args:
            blocks: of the parameters, then of the statistics; of a gradient, which has no statistics, without them.
        """
        return {}

    def terms(self, stage: Stage, sample: int) -> dict[str, Array]:
        """Return, by name, what the outputs of one sample are made of, after forward; none where that is plain to see.

        Args:
            stage: the buffers of a batch.
            sample: its number in the batch.
        """
        return {}

    def multiply_adds(self, inputs: Sequence[Shape]) -> int:
        """Return how many products one sample takes on its way forward after training; mostly each is added to a sum.

        Functions are not counted: activations, sines, formulas that people type; nor are plain sums and comparisons.
        """
        return 0

    def room(self, inputs: Sequence[Shape]) -> int:
        """Return how many values per sample its largest buffer holds: evaluation bounds its memory by it."""
        return features(self.output(inputs))

    def initialize(self, rng: np.random.Generator, blocks: Sequence[Array]) -> None:
        """Write the starting values into the blocks of parameters and statistics, which are zero."""

    def calls(self, stage: Stage) -> tuple[Calls, Calls]:
        """Return the calls of forward and of backward, in the order of the formulas.

        Forward computes stage.out from stage.inputs. Backward turns stage.error, dJ/d(out) on entry, into the
        gradients of the blocks and into the error of every input. Both write buffers that are there already; what
        they need beside those comes from stage.new.
        """
        raise NotImplementedError


def only(inputs: Sequence[Shape]) -> Shape:
    """Return the one shape that comes in.

    Raises:
        UserError: not exactly one wire comes in.
    """
    if len(inputs) != 1:
        raise UserError(
            text(QT_TRANSLATE_NOOP("annstudio", "it takes one wire, and {wires} come in."), wires=len(inputs))
        )
    return inputs[0]


def some(inputs: Sequence[Shape]) -> Sequence[Shape]:
    """Return the shapes that come in.

    Raises:
        UserError: no wire comes in.
    """
    if not inputs:
        raise UserError(text(QT_TRANSLATE_NOOP("annstudio", "it takes one wire or more, and none comes in.")))
    return inputs


def row(inputs: Sequence[Shape]) -> int:
    """Return how many values the one row has that comes in.

    Raises:
        UserError: not exactly one wire comes in, or it brings a picture.
    """
    shape = only(inputs)
    if len(shape) != 1:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio", "it takes a row of values, but {shape} come in: put a Flatten before it."
                ),
                shape=shown_shape(shape),
            )
        )
    return shape[0]


def picture(inputs: Sequence[Shape]) -> Shape:
    """Return the shape of the one picture that comes in, (channels, height, width).

    Raises:
        UserError: not exactly one wire comes in, or it brings no picture.
    """
    shape = only(inputs)
    if len(shape) != 3:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "it takes a picture of channels × height × width, but {count} values in a row come in: "
                    "put a Reshape before it.",
                ),
                count=shown_shape(shape),
            )
        )
    return shape


def shown_shape(shape: Shape) -> str:
    """Return a shape for people: “64”, or “3 × 8 × 8”."""
    return " × ".join(str(size) for size in shape)


def shown_shapes(shapes: Iterable[Shape]) -> Text:
    """Return several shapes for people: “3, 4 and 5”."""
    *others, last = map(shown_shape, shapes)
    return text(QT_TRANSLATE_NOOP("annstudio", "{others} and {last}"), others=", ".join(others), last=last)
