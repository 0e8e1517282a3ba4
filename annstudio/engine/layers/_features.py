"""The kinds of features that a feature map can make.

Arrays are feature-major: x (inputs, batch), out and error (features, batch). Backward adds to grad, dJ/dx, which all
kinds of a layer share.
"""

from typing import TYPE_CHECKING

import numpy as np

from annstudio.core.calls import Array, Calls, New, scalar

if TYPE_CHECKING:
    from annstudio.core.formula import Formula


class Values:
    """The inputs themselves. The other kinds have the same methods."""

    def count(self, inputs: int) -> int:
        """Return the number of features."""
        return inputs

    def forward(self, x: Array, out: Array, new: New) -> Calls:
        """Return the calls that write the features of x into out."""
        return [(np.copyto, (out, x))]

    def backward(self, x: Array, error: Array, grad: Array, new: New) -> Calls:
        """Return the calls that add to grad what error = dJ/d(out) gives for dJ/dx."""
        return [(np.add, (grad, error, grad))]


class Squares(Values):
    """x²; d(x²)/dx = 2x."""

    def forward(self, x: Array, out: Array, new: New) -> Calls:
        """Write x²; see Values.forward."""
        return [(np.square, (x, out))]

    def backward(self, x: Array, error: Array, grad: Array, new: New) -> Calls:
        """Add 2x·error; see Values.backward."""
        part = new(x)
        return [
            (np.multiply, (x, error, part)),
            (np.multiply, (part, scalar(2, x), part)),
            (np.add, (grad, part, grad)),
        ]


class Sines(Values):
    """sin x; d(sin x)/dx = cos x."""

    def forward(self, x: Array, out: Array, new: New) -> Calls:
        """Write sin x; see Values.forward."""
        return [(np.sin, (x, out))]

    def backward(self, x: Array, error: Array, grad: Array, new: New) -> Calls:
        """Add cos x·error; see Values.backward."""
        part = new(x)
        return [(np.cos, (x, part)), (np.multiply, (part, error, part)), (np.add, (grad, part, grad))]


class Products(Values):
    """xᵢ·xⱼ for every i < j, all j of the first i before those of the second."""

    def count(self, inputs: int) -> int:
        """Return the number of pairs."""
        return inputs * (inputs - 1) // 2

    def forward(self, x: Array, out: Array, new: New) -> Calls:
        """Write xᵢ times all that come after it, for one i after the other; see Values.forward."""
        return [(np.multiply, (x[i + 1 :], x[i], out[rows])) for i, rows in self._rows(len(x))]

    def backward(self, x: Array, error: Array, grad: Array, new: New) -> Calls:
        """Add xᵢ·error to dJ/dxⱼ and Σⱼ xⱼ·error to dJ/dxᵢ; see Values.backward."""
        calls: Calls = []
        for i, rows in self._rows(len(x)):
            later, part, total = slice(i + 1, None), new(x[i + 1 :]), new(x[i])
            calls += [
                (np.multiply, (error[rows], x[i], part)),
                (np.add, (grad[later], part, grad[later])),
                (np.multiply, (error[rows], x[later], part)),
                (np.add.reduce, (part, 0, None, total)),
                (np.add, (grad[i], total, grad[i])),
            ]
        return calls

    def _rows(self, inputs: int) -> list[tuple[int, slice]]:
        """Return each i that has a later j, with the rows of its products."""
        ends = np.cumsum(np.arange(inputs - 1, 0, -1)).tolist()
        return [(i, slice(end - (inputs - 1 - i), end)) for i, end in enumerate(ends)]


class Own(Values):
    """f(x₁, x₂, …) for a formula f; df/dxᵢ is derived from it exactly.

    Args:
        formula: f.
    """

    def __init__(self, formula: "Formula") -> None:
        self.formula = formula

    @property
    def names(self) -> list[str]:
        """The inputs that f depends on."""
        return sorted(self.formula.root.variables, key=number)

    def count(self, inputs: int) -> int:
        """Return 1."""
        return 1

    def forward(self, x: Array, out: Array, new: New) -> Calls:
        """Write f(x); see Values.forward."""
        return self.formula.calls(self._inputs(x), out[0], new)

    def backward(self, x: Array, error: Array, grad: Array, new: New) -> Calls:
        """Add df/dxᵢ·error for every i; see Values.backward."""
        calls: Calls = []
        for name in self.names:
            slope, row = new(x[0]), grad[number(name) - 1]
            calls += self.formula.derivative(name).calls(self._inputs(x), slope, new)
            calls += [(np.multiply, (slope, error[0], slope)), (np.add, (row, slope, row))]
        return calls

    def _inputs(self, x: Array) -> dict[str, Array]:
        return {name: x[number(name) - 1] for name in self.names}


def number(name: str) -> int:
    """Return the number of an input that a formula names: 2 for x2."""
    return int(name[1:])
