"""Rules as people read them: line by line, in the letters of the literature, and calculated as they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from annstudio.core.calls import Array
from annstudio.core.small_digits import BELOW

if TYPE_CHECKING:
    from annstudio.core.formula import Formula

LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "learning_rate": "η",
        "momentum": "μ",
        "dampening": "d",
        "weight_decay": "λ",
        "beta": "β",
        "beta1": "β_1",
        "beta2": "β_2",
        "decay": "ρ",
        "epsilon": "ε",
        "nu": "ν",
        "nu1": "ν_1",
        "nu2": "ν_2",
        "momentum_decay": "ψ",
        "lr_decay": "δ",
        "initial_sum": "s_0",
    }
)
"""What formulas call the parameters of optimizers; “β_1” stands for β₁."""

LOSS_LETTERS: Mapping[str, str] = MappingProxyType({"delta": "δ"})
"""What formulas call the parameters of losses."""


@dataclass(frozen=True)
class Line:
    """One line of a rule: a letter takes a new value.

    Args:
        name: the letter: w, g, that of a slot, or of a value in passing. “m_hat” is an m with a hat.
        formula: of letters: those of slots and parameters, w, g, the number of the step t, and names of lines before.
    """

    name: str
    formula: str


def calculated(lines: Sequence[Line], values: Mapping[str, ArrayLike]) -> list[dict[str, Array]]:
    """Carry out lines one after the other; return what every letter stands for before the first, and after each.

    Args:
        lines: of a rule.
        values: of the letters before, numbers or arrays of one shape.
    """
    known: dict[str, Array] = {name: _number(value) for name, value in values.items()}
    moments = [dict(known)]
    for line in lines:
        formula = parsed(line.formula)
        needed = {name: known[name] for name in formula.root.variables}
        known[line.name] = formula.value(**needed) if needed else formula.value(w=known["w"])
        moments.append(dict(known))
    return moments


@lru_cache(maxsize=256)
def parsed(formula: str) -> "Formula":
    """Return the formula of a line."""
    # Loaded when a rule is looked at: every optimizer states one, and the window appears before.
    from annstudio.core.formula import Formula

    return Formula.parse(formula, _NAMES)


def _number(value: ArrayLike) -> Array:
    return np.asarray(value, np.float64)


_PASSING = (
    "w",
    "g",
    "t",
    "v",
    "m",
    "s",
    "d",
    "u",
    "b",
    "Πμ",
    "m_hat",
    "v_hat",
    "u_hat",
    "g_hat",
    "Δ",
    "μ_t",
    "μ_next",
    "ŷ",
    "y",
    "q",
)
_NAMES = {name: name for name in (*_PASSING, *LETTERS.values())} | {
    letter.replace("_", "").translate(BELOW): letter for letter in LETTERS.values() if "_" in letter
}
