"""A chain of neurons, one behind the other: how their derivatives multiply."""

from dataclasses import dataclass

import numpy as np

from annstudio.core.calls import Array
from annstudio.engine.activations import activations

MOST_LAYERS = 30


@dataclass(frozen=True, eq=False)
class Chain:
    """What goes through it.

    Args:
        z, a: of each neuron, (layers,).
        factors: w·f′(z) of each, (layers,).
        products: ∂a/∂x behind each: all factors up to there multiplied, (layers,).
    """

    z: Array
    a: Array
    factors: Array
    products: Array

    @property
    def vanishes(self) -> bool:
        """Hardly anything of a change at the beginning arrives."""
        return bool(abs(self.products[-1]) < 1e-3)

    @property
    def explodes(self) -> bool:
        """A change at the beginning arrives many times as large."""
        return bool(abs(self.products[-1]) > 1e3)


def chain(key: str, layers: int, weight: float, x: float) -> Chain:
    """Return a chain of neurons a = f(w·a_before) without biases.

    Args:
        key: of the activation, one that works on each z alone.
        layers: how many.
        weight: w, the same for all.
        x: what goes in.
    """
    activation = activations[key]()
    z, a, factors = np.empty(layers), np.empty(layers), np.empty(layers)
    before = x
    for layer in range(layers):
        z[layer] = weight * before
        at = z[layer : layer + 1, np.newaxis]
        a[layer] = before = float(activation.value(at)[0, 0])
        factors[layer] = weight * float(activation.derivative(at)[0, 0])
    with np.errstate(all="ignore"):
        return Chain(z, a, factors, np.cumprod(factors))
