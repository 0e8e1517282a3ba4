"""Formulas as prepared calls: every part is calculated once, in as few scratch buffers as will do."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from annstudio.core.calls import Array, Call, Calls, New, constant, maximum, minimum, scalar
from annstudio.core.formula.evaluation import evaluate
from annstudio.core.formula.functions import PRIMITIVES
from annstudio.core.formula.nodes import Apply, Node, Variable

_Operand = float | str | int
"""A number, the name of an input, or the place of a scratch buffer."""

_OUT = -1
"""The place of the result: the last of all buffers."""


@dataclass(frozen=True)
class _Step:
    """One call: a function of operands, and the place of its result."""

    function: str
    operands: tuple[_Operand, ...]
    place: int


class Program:
    """The steps that calculate a formula.

    Args:
        root: the formula, expanded.
    """

    def __init__(self, root: Node) -> None:
        self._root = root
        self._steps: list[_Step] = []
        self._places: dict[Node, int] = {}
        self._readers: Counter[Node] = Counter()
        self._free: list[int] = []
        self._scratch = 0
        self._count_readers(root)
        self._result = self._operand(root)

    def calls(self, inputs: Mapping[str, Array], out: Array, new: New) -> Calls:
        """Return the calls that write the value into out; only the last one does, so out may be an input, too.

        Args:
            inputs: an array for each variable, all of one shape and type.
            out: result, same shape and type.
            new: gives scratch buffers.
        """
        if isinstance(self._result, float):
            return [(out.fill, (self._result,))]
        if isinstance(self._result, str):
            return [(np.copyto, (out, inputs[self._result]))]
        buffers = [*(new(out) for _ in range(self._scratch)), out]
        # A number that single precision cannot hold becomes infinite.
        with np.errstate(over="ignore"):
            return [_bound(step, inputs, buffers) for step in self._steps]

    def _count_readers(self, node: Node) -> None:
        """Count for each part how many others read its value."""
        for argument in node.arguments if isinstance(node, Apply) else ():
            self._readers[argument] += 1
            if self._readers[argument] == 1:
                self._count_readers(argument)

    def _operand(self, node: Node) -> _Operand:
        """Return where the value of a part is found, after adding the steps to it."""
        if isinstance(node, Variable):
            return node.name
        if not isinstance(node, Apply) or not node.variables:
            return float(evaluate(node, {}))
        if node not in self._places:
            self._places[node] = self._add_step(node)
        return self._places[node]

    def _add_step(self, node: Apply) -> int:
        operands = tuple(self._operand(argument) for argument in node.arguments)
        for argument in node.arguments:
            self._readers[argument] -= 1
            if argument in self._places and not self._readers[argument]:
                self._free.append(self._places[argument])
        place = _OUT if node is self._root else self._take_place()
        self._steps.append(_Step(node.function, operands, place))
        return place

    def _take_place(self) -> int:
        """Return a scratch buffer that nobody will read any more, or another one."""
        if self._free:
            return self._free.pop()
        self._scratch += 1
        return self._scratch - 1


def _bound(step: _Step, inputs: Mapping[str, Array], buffers: list[Array]) -> Call:
    """Return the call of a step with these buffers."""
    out = buffers[step.place]
    fixed = constant if step.function in ("max", "min") else scalar

    def array(operand: _Operand) -> Array:
        if isinstance(operand, str):
            return inputs[operand]
        return fixed(operand, out) if isinstance(operand, float) else buffers[operand]

    arrays = [array(operand) for operand in step.operands]
    if step.function == "max":
        return maximum(arrays[0], arrays[1], out)
    if step.function == "min":
        return minimum(arrays[0], arrays[1], out)
    return PRIMITIVES[step.function], (*arrays, out)
