"""The network: layers in a directed graph with an objective at its end, and its weights in one flat vector."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.core.calls import Array
from annstudio.core.errors import UserError
from annstudio.core.random import stream
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, shown, text
from annstudio.engine.activations import activations
from annstudio.engine.activations.base import Activation
from annstudio.engine.arguments import whole
from annstudio.engine.layers.base import Block, Layer, Shape, features, shown_shape
from annstudio.engine.losses import losses
from annstudio.engine.losses.base import Loss
from annstudio.engine.objective import Objective

INPUT = -1
"""The place of the data, where a layer's place in the network is its number from 0."""


class Network:
    """Layers in order, each behind those that it reads; the last gives the outputs.

    All parameters are one flat vector: first those that training changes, then those of frozen layers, last the
    statistics that layers such as batch normalization measure. A layer has one or more blocks of it, matrices.

    Args:
        inputs: number of features, or the shape of a sample, (channels, height, width) of a picture.
        layers: at least one.
        loss: compares the outputs with the targets; an entry or its key.
        wires: for each layer the places of those that it reads, INPUT for the data; None is a chain.
        names: of the layers, for messages; None numbers them.

    Raises:
        UserError: a layer cannot take what its sources give, or there are none such; the sentence says which, what
            came, what was expected. Or the outputs could not depend on what comes in.
    """

    def __init__(
        self,
        inputs: int | Shape,
        layers: Sequence[Layer],
        loss: Loss | str,
        wires: Sequence[Sequence[int]] | None = None,
        names: Sequence[str | Text] | None = None,
    ) -> None:
        if not layers:
            raise UserError(text(QT_TRANSLATE_NOOP("annstudio", "A network needs at least one layer.")))
        self.input_shape = _shape(inputs)
        self.layers = tuple(layers)
        self.names = _names(self.layers, names)
        self.wires = _wires(self.names, wires)
        self.shapes: tuple[Shape, ...] = ()
        self._set_shapes()
        self.objective = Objective(layers[-1].activation or activations["identity"](), losses.made(loss))
        self.objective.loss.check_outputs(self.outputs)
        _check_freedom(self.objective.activation, self.outputs, self.names[-1])

    @property
    def inputs(self) -> int:
        """Number of features."""
        return features(self.input_shape)

    @property
    def outputs(self) -> int:
        """Number of outputs."""
        return features(self.shapes[-1])

    def shape_of(self, place: int) -> Shape:
        """Return the shape of a sample at the place of a layer, or of the data."""
        return self.input_shape if place == INPUT else self.shapes[place]

    def input_shapes(self, place: int) -> tuple[Shape, ...]:
        """Return the shapes that come into a layer."""
        return tuple(self.shape_of(source) for source in self.wires[place])

    @cached_property
    def blocks(self) -> tuple[tuple[Block, ...], ...]:
        """Each layer's blocks of parameters."""
        return tuple(layer.blocks(self.input_shapes(place)) for place, layer in enumerate(self.layers))

    @cached_property
    def statistics(self) -> tuple[tuple[Block, ...], ...]:
        """Each layer's blocks of statistics."""
        return tuple(layer.statistics(self.input_shapes(place)) for place, layer in enumerate(self.layers))

    @cached_property
    def parameter_count(self) -> int:
        """Number of weights, biases and the like, whether they are trained or not."""
        return sum(block.size for blocks in self.blocks for block in blocks)

    @cached_property
    def multiply_adds(self) -> int:
        """Products that a sample takes on its way forward."""
        return sum(layer.multiply_adds(self.input_shapes(place)) for place, layer in enumerate(self.layers))

    @cached_property
    def trainable_count(self) -> int:
        """Number of parameters that training changes: the first ones of the flat vector."""
        pairs = zip(self.layers, self.blocks, strict=True)
        return sum(block.size for layer, blocks in pairs if layer.trainable for block in blocks)

    @cached_property
    def size(self) -> int:
        """Length of the flat vector: parameters and statistics."""
        return self.parameter_count + sum(block.size for blocks in self.statistics for block in blocks)

    @cached_property
    def _starts(self) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]:
        """Where each layer's blocks of parameters, and of statistics, begin in the flat vector."""
        trained, frozen, measured = 0, self.trainable_count, self.parameter_count
        parameters, statistics = [], []
        for layer, blocks, measures in zip(self.layers, self.blocks, self.statistics, strict=True):
            sizes = [block.size for block in blocks]
            if layer.trainable:
                parameters.append(_offsets(trained, sizes))
                trained += sum(sizes)
            else:
                parameters.append(_offsets(frozen, sizes))
                frozen += sum(sizes)
            sizes = [block.size for block in measures]
            statistics.append(_offsets(measured, sizes))
            measured += sum(sizes)
        return tuple(parameters), tuple(statistics)

    def is_laid_out_as(self, other: "Network") -> bool:
        """Return whether every number has the same place in the flat vectors of both."""
        return self.size == other.size and self._starts == other._starts and self.blocks == other.blocks

    def views(self, flat: NDArray[Any]) -> list[list[NDArray[Any]]]:
        """Return each layer's blocks of parameters as matrices that share the flat vector's memory.

        Args:
            flat: of all parameters; of a gradient, which has the trained ones only, frozen layers get none.
        """
        return [
            _matrices(flat, starts, blocks) if layer.trainable or len(flat) == self.size else []
            for layer, starts, blocks in zip(self.layers, self._starts[0], self.blocks, strict=True)
        ]

    def statistics_views(self, flat: NDArray[Any]) -> list[list[NDArray[Any]]]:
        """Return each layer's blocks of statistics likewise."""
        pairs = zip(self._starts[1], self.statistics, strict=True)
        return [_matrices(flat, starts, blocks) for starts, blocks in pairs]

    def parts(self, flat: NDArray[Any]) -> list[dict[str, NDArray[Any]]]:
        """Return, for each layer, its parameters and statistics by name ("kernel", "bias", …); views.

        Args:
            flat: of all; of a gradient, which has the trained parameters only, the others are left out.
        """
        if len(flat) < self.size:
            return [
                layer.parts(blocks) if blocks else {}
                for layer, blocks in zip(self.layers, self.views(flat), strict=True)
            ]
        triples = zip(self.layers, self.views(flat), self.statistics_views(flat), strict=True)
        return [layer.parts([*blocks, *measures]) for layer, blocks, measures in triples]

    def initial_weights(self, seed: int) -> Array:
        """Return the flat starting vector of a seed, float64. Each layer draws from a stream of its own."""
        flat = np.zeros(self.size)
        triples = zip(self.layers, self.views(flat), self.statistics_views(flat), strict=True)
        place = 0
        for layer, blocks, measures in triples:
            layer.initialize(stream(seed, "initialization", place), [*blocks, *measures])
            place += bool(blocks)
        return flat

    def kernels(self) -> NDArray[np.float64]:
        """Return a flat vector over the trained parameters that is 1 where a kernel is, and 0 for biases."""
        marks = np.zeros(self.size)
        for blocks, views in zip(self.blocks, self.views(marks), strict=True):
            for block, view in zip(blocks, views, strict=True):
                view[: block.kernel_rows] = 1
        return marks[: self.trainable_count]

    def _set_shapes(self) -> None:
        for place, layer in enumerate(self.layers):
            try:
                self.shapes = (*self.shapes, layer.output(self.input_shapes(place)))
            except UserError as error:
                raise UserError(
                    text(
                        QT_TRANSLATE_NOOP("annstudio", "{layer} does not fit: {problem}"),
                        layer=self.names[place],
                        problem=error.message,
                    )
                ) from None
        if len(self.shapes[-1]) != 1:
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio", "The last layer gives {shape} instead of a row of values: put a Flatten before it."
                    ),
                    shape=shown_shape(self.shapes[-1]),
                )
            )


def _shape(inputs: object) -> Shape:
    """Return the shape of a sample."""
    sizes = inputs if isinstance(inputs, tuple | list) else (inputs,)
    if not sizes:
        raise UserError(text(QT_TRANSLATE_NOOP("annstudio", "The shape of a sample must have a size.")))
    return tuple(whole(QT_TRANSLATE_NOOP("annstudio", "The number of inputs"), size) for size in sizes)


def _names(layers: Sequence[Layer], names: Sequence[str | Text] | None) -> tuple[str | Text, ...]:
    """Return a name for each layer."""
    if names is None:
        return tuple(_numbered(layers))
    _check_one_each(Text(QT_TRANSLATE_NOOP("annstudio", "names")), len(names), len(layers))
    return tuple(names)


def _wires(names: Sequence[str | Text], wires: Sequence[Sequence[int]] | None) -> tuple[tuple[int, ...], ...]:
    """Return for each layer what it reads, each further left."""
    if wires is None:
        return tuple((place - 1,) for place in range(len(names)))
    _check_one_each(Text(QT_TRANSLATE_NOOP("annstudio", "lists of wires")), len(wires), len(names))
    return tuple(_sources(place, name, sources) for place, (name, sources) in enumerate(zip(names, wires, strict=True)))


def _sources(place: int, name: str | Text, sources: object) -> tuple[int, ...]:
    """Return the places that a layer reads."""
    if not isinstance(sources, tuple | list):
        template = QT_TRANSLATE_NOOP("annstudio", "The wires of {layer} must be a list, such as [{before}].")
        raise UserError(text(template, layer=name, before=place - 1))
    for source in sources:
        if not isinstance(source, int | np.integer) or not INPUT <= source < place:
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio",
                        "{layer} cannot read {wire}: it can read {input}, the data, and the layers before it, which "
                        "count from 0; its own place is {place}.",
                    ),
                    layer=name,
                    wire=shown(source),
                    input=INPUT,
                    place=place,
                )
            )
    return tuple(map(int, sources))


def _check_one_each(what: Text, given: int, layers: int) -> None:
    if given != layers:
        template = QT_TRANSLATE_NOOP("annstudio", "There are {given} {what} for {layers} layers: each needs one.")
        raise UserError(text(template, given=given, what=what, layers=layers))


def _check_freedom(activation: Activation, outputs: int, layer: str | Text) -> None:
    """Refuse an activation that shares out among the units, softmax, where there is one: it always gets everything."""
    if outputs == 1 and not activation.elementwise:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "{layer} has one output, and {activation} makes it {answer} whatever comes in: choose Logistic, "
                    "or give every class an output.",
                ),
                layer=layer,
                activation=Text(activation.info.label),
                answer=f"{activation.value(np.zeros((1, 1))).item():g}",
            )
        )


def _numbered(layers: Sequence[Layer]) -> Iterator[Text]:
    for number, layer in enumerate(layers, start=1):
        yield text(
            QT_TRANSLATE_NOOP("annstudio", "Layer {number} ({layer})"), number=number, layer=Text(layer.info.label)
        )


def _offsets(start: int, sizes: Sequence[int]) -> tuple[int, ...]:
    return tuple(start + sum(sizes[:index]) for index in range(len(sizes)))


def _matrices(flat: NDArray[Any], starts: Sequence[int], blocks: Sequence[Block]) -> list[NDArray[Any]]:
    return [
        flat[start : start + block.size].reshape(block.rows, block.columns)
        for start, block in zip(starts, blocks, strict=True)
    ]
