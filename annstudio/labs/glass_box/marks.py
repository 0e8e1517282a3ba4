"""What formulas of the glass box speak of, so that it lights up wherever it stands."""

from dataclasses import dataclass
from itertools import islice

import numpy as np

_MOST_LIT = 500
"""Parameters of one part of a layer that are lit: more are not drawn."""


@dataclass(frozen=True)
class Value:
    """An output a of a unit; at the place of the data, a feature.

    Args:
        place: of its layer in the network, -1 for the data; so for all marks.
        unit: its number.
    """

    place: int
    unit: int


@dataclass(frozen=True)
class Sum:
    """A pre-activation z."""

    place: int
    unit: int


@dataclass(frozen=True)
class Parameter:
    """A weight, a bias or the like.

    Args:
        part: of the layer, "kernel" or "bias", say.
        index: within the part.
    """

    place: int
    part: str
    index: tuple[int, ...]


@dataclass(frozen=True)
class Error:
    """∂J/∂a of a unit's output."""

    place: int
    unit: int


@dataclass(frozen=True)
class Delta:
    """∂J/∂z of a unit."""

    place: int
    unit: int


@dataclass(frozen=True)
class Slope:
    """∂a/∂z of a unit."""

    place: int
    unit: int


@dataclass(frozen=True)
class Gradient:
    """∂J/∂w of a parameter."""

    place: int
    part: str
    index: tuple[int, ...]


@dataclass(frozen=True)
class Target:
    """What an output should be."""

    unit: int


@dataclass(frozen=True)
class Whole:
    """A number of the sample or of the batch: "loss" or "cost"."""

    what: str


def parameters_in(place: int, part: str, shape: tuple[int, ...]) -> set[Parameter]:
    """Return the parameters of a part of a layer; of very many, the first ones."""
    return {Parameter(place, part, index) for index in islice(np.ndindex(shape), _MOST_LIT)}
