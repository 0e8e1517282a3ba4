"""Perceptrons as gates, and XOR out of three of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from annstudio.labs.perceptron.neuron import Kind, Neuron

GATES: Mapping[str, Neuron] = MappingProxyType(
    {
        "AND": Neuron(Kind.STEP, (1.0, 1.0), -1.5),
        "OR": Neuron(Kind.STEP, (1.0, 1.0), -0.5),
        "NAND": Neuron(Kind.STEP, (-1.0, -1.0), 1.5),
    }
)


@dataclass(frozen=True)
class Flow:
    """What goes through XOR's three perceptrons.

    Args:
        inputs: x₁ and x₂.
        first: z and a of OR.
        second: z and a of NAND.
        output: z and a of AND, which reads both.
    """

    inputs: tuple[float, float]
    first: tuple[float, float]
    second: tuple[float, float]
    output: tuple[float, float]


def xor_flow(x1: float, x2: float) -> Flow:
    """Return what each of the three perceptrons computes: x₁ XOR x₂ = (x₁ OR x₂) AND (x₁ NAND x₂)."""
    first, second = _fired("OR", x1, x2), _fired("NAND", x1, x2)
    return Flow((x1, x2), first, second, _fired("AND", first[1], second[1]))


def _fired(gate: str, *inputs: float) -> tuple[float, float]:
    neuron, x = GATES[gate], np.array([inputs])
    return float(neuron.sums(x)[0]), float(neuron.answers(x)[0])
