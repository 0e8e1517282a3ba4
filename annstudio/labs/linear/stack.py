"""A stack of dense layers, each of which bends what it passes on or not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.activations import activations
from annstudio.engine.activations.base import Activation
from annstudio.engine.initializers import initializers
from annstudio.engine.layers.dense import Dense
from annstudio.engine.layers.dropout import Dropout
from annstudio.engine.network import INPUT, Network

_REACH = 1e3
_PROBES = 7
_STRAIGHT = 1e-9


@dataclass(frozen=True, eq=False)
class Link:
    """One layer of a stack.

    Args:
        name: for people.
        kernel: (inputs, units), float64.
        bias: (units,), float64.
        activation: what it applies where it bends; None where it has none, or nothing comes behind it.
        bends: it does apply it.
    """

    name: str | Text
    kernel: Array
    bias: Array
    activation: Activation | None = None
    bends: bool = True

    @property
    def bent(self) -> Activation | None:
        """What is applied to its sums; None for nothing."""
        return self.activation if self.bends else None


@dataclass(frozen=True, eq=False)
class Stack:
    """Layers one behind the other. What it gives are the sums z of the last one, before the output's activation.

    Args:
        links: in order.
    """

    links: tuple[Link, ...]

    @property
    def inputs(self) -> int:
        """Numbers that go in."""
        return int(self.links[0].kernel.shape[0])

    @property
    def outputs(self) -> int:
        """Numbers that come out."""
        return int(self.links[-1].kernel.shape[1])

    @property
    def straight(self) -> bool:
        """No layer bends anything."""
        return all(link.bent is None for link in self.links)

    def with_bends(self, bends: Sequence[bool]) -> "Stack":
        """Return it with these of its layers applying their activations."""
        return Stack(tuple(replace(link, bends=bend) for link, bend in zip(self.links, bends, strict=True)))

    def sums(self, x: Array) -> list[Array]:
        """Return z of every layer, each (samples, units), for inputs (samples, inputs)."""
        found: list[Array] = []
        a = x
        for link in self.links:
            z = a @ link.kernel + link.bias
            found.append(z)
            a = z if link.bent is None else link.bent.value(z)
        return found

    def value(self, x: Array) -> Array:
        """Return z of the last layer, (samples, outputs)."""
        return self.sums(x)[-1]

    def product(self) -> tuple[Array, Array]:
        """Return the one W, (outputs, inputs), and b, (outputs,), that all layers without their bends multiply to.

        W₂·(W₁·x + b₁) + b₂ = (W₂·W₁)·x + (W₂·b₁ + b₂), from the first layer to the last.
        """
        weights, bias = np.eye(self.inputs), np.zeros(self.inputs)
        for link in self.links:
            weights, bias = link.kernel.T @ weights, link.kernel.T @ bias + link.bias
        return weights, bias

    def best_line(self, x: Array) -> tuple[Array, Array]:
        """Return the W, (outputs, inputs), and b, (outputs,), whose W·x + b comes nearest at these inputs.

        By least squares, with a column of ones for b.
        """
        found = np.linalg.lstsq(np.column_stack([x, np.ones(len(x))]), self.value(x), rcond=None)[0]
        return found[:-1].T, found[-1]


def stack_of(network: Network, weights: Array) -> Stack:
    """Return the stack that a network is, as it answers behind training.

    Args:
        network: a chain of dense layers, with dropout between them at most.
        weights: its flat vector.

    Raises:
        UserError: it is something else.
    """
    links = []
    for place, (layer, parts) in enumerate(zip(network.layers, network.parts(weights), strict=True)):
        before = (INPUT if place == 0 else place - 1,)
        chained = tuple(network.wires[place]) == before and len(network.input_shapes(place)[0]) == 1
        if chained and isinstance(layer, Dropout):
            continue
        if not (chained and isinstance(layer, Dense)):
            template = QT_TRANSLATE_NOOP(
                "annstudio", "Only dense layers in a row multiply to one matrix; “{layer}” is something else here."
            )
            raise UserError(text(template, layer=network.names[place]))
        kernel = parts["kernel"].astype(np.float64)
        bias = parts["bias"].astype(np.float64) if "bias" in parts else np.zeros(kernel.shape[1])
        last = place == len(network.layers) - 1
        activation = None if last else _bending(layer.activation)
        if activation is not None and "activation" in parts:
            # What it has learned is not what it was made with.
            learned = parts["activation"].astype(np.float64)
            activation = activation.bound(learned, np.zeros_like(learned))
        links.append(Link(network.names[place], kernel, bias, activation))
    return Stack(tuple(links))


def example(inputs: int, depth: int, width: int, activation: str, seed: int) -> Stack:
    """Return a stack with random weights, to play with.

    Args:
        inputs: numbers that go in.
        depth: hidden layers.
        width: units of each.
        activation: of all hidden layers.
        seed: of the weights.
    """
    generator = np.random.default_rng(seed)
    sizes = [inputs, *([width] * depth), 1]
    draw = initializers["he_normal"]()
    links = []
    for place in range(depth + 1):
        fans = sizes[place], sizes[place + 1]
        kernel = draw.sample(generator, *fans, fans)
        bias = generator.uniform(-1, 1, sizes[place + 1])
        name = text(QT_TRANSLATE_NOOP("annstudio", "Layer {number}"), number=str(place + 1))
        links.append(Link(name, kernel, bias, activations[activation]() if place < depth else None))
    return Stack(tuple(links))


def piecewise_linear(activation: Activation | None) -> bool:
    """Return whether an activation is straight between its kinks, so that pieces can be counted."""
    if activation is None:
        return True
    if not activation.elementwise or activation.poles or not activation.defined_everywhere:
        return False
    edges = [-_REACH, *sorted(activation.kinks), _REACH]
    for low, high in pairwise(edges):
        z = np.linspace(low, high, _PROBES + 2)[1:-1, np.newaxis]
        slopes = activation.derivative(z)
        values = activation.value(z)
        straight = values[0] + (z - z[0]) * slopes[0]
        if np.abs(values - straight).max() > _STRAIGHT * _REACH or np.ptp(slopes) > _STRAIGHT:
            return False
    return True


def _bending(activation: Activation | None) -> Activation | None:
    """Return an activation, or None for one that leaves everything as it is."""
    return None if activation is None or activation.info.key == "identity" else activation
