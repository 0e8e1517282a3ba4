"""A formula as a value: read, written, differentiated, calculated."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from annstudio.core.calls import Array, Calls, New
from annstudio.core.errors import UserError
from annstudio.core.formula import notation
from annstudio.core.formula.algebra import simplified
from annstudio.core.formula.evaluation import evaluate, expanded
from annstudio.core.formula.kinks import kinks
from annstudio.core.formula.nodes import Apply, Node
from annstudio.core.formula.parser import check_length, parse
from annstudio.core.formula.poles import poles
from annstudio.core.formula.program import Program
from annstudio.core.formula.slopes import slope
from annstudio.core.formula.tokens import LARGEST
from annstudio.core.texts import QT_TRANSLATE_NOOP, text


@dataclass(frozen=True)
class Formula:
    """A formula; str() gives its canonical text, which parses to an equal formula.

    Args:
        root: its tree.
    """

    root: Node

    @classmethod
    def parse(cls, typed: str, names: Mapping[str, str]) -> "Formula":
        """Return the formula that a text spells.

        Numbers, the variables, pi and e, + - * / and ** (or ^ and raised digits), parentheses and the functions of
        functions.py make a formula; everything else is refused.

        Args:
            typed: what a person typed.
            names: of the variables, and what each is called in the formula: {"x": "x", "z": "x"} allows either.

        Raises:
            UserError: the text is no formula; the sentence says what is wrong, where, and what to do.
        """
        root = parse(typed, names)
        _check_numbers(root)
        # What is saved must be readable again, though it may be longer than what was typed.
        check_length(notation.canonical(root))
        return cls(root)

    def __str__(self) -> str:
        return notation.canonical(self.root)

    @cached_property
    def pretty(self) -> str:
        """The formula as books print it."""
        return notation.pretty(self.root)

    def derivative(self, variable: str) -> "Formula":
        """Return the exact derivative by a variable, simplified; slopes.py states the conventions at kinks."""
        return Formula(slope(self.root, variable))

    def kinks(self, variable: str, reach: float) -> tuple[float, ...]:
        """Return where the value or the derivative jumps, at most this far from zero; see kinks.kinks."""
        return kinks(simplified(self.root), variable, reach)

    def poles(self, variable: str, reach: float) -> tuple[float, ...]:
        """Return where it divides by zero, at most this far from zero; see poles.poles."""
        return poles(simplified(self.root), variable, reach)

    def value(self, **inputs: ArrayLike) -> Array:
        """Return the value; where there is none, it is NaN or infinite.

        Args:
            inputs: numbers or arrays for the variables, at least one; float32 stays float32.
        """
        arrays = np.broadcast_arrays(*(np.multiply(given, 1.0) for given in inputs.values()))
        calculated: Array = evaluate(self._expanded, dict(zip(inputs, arrays, strict=True)))
        if not self._expanded.variables:
            with np.errstate(over="ignore"):
                calculated = np.full_like(arrays[0], calculated)
        return calculated

    def calls(self, inputs: Mapping[str, Array], out: Array, new: New) -> Calls:
        """Return the prepared calls that write the value into out; see Program.calls."""
        return self._program.calls(inputs, out, new)

    @cached_property
    def _expanded(self) -> Node:
        return expanded(simplified(self.root))

    @cached_property
    def _program(self) -> Program:
        return Program(self._expanded)


def _check_numbers(node: Node) -> None:
    """Refuse what is calculated from numbers alone and cannot be, such as 1/0, sqrt(-1) and 9**9**9."""
    if not isinstance(node, Apply):
        return
    for argument in node.arguments:
        _check_numbers(argument)
    if not node.variables and not abs(evaluate(expanded(node), {})) <= LARGEST:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "“{part}” is too large a number, or none at all: change this part."),
                part=notation.canonical(node),
            )
        )
