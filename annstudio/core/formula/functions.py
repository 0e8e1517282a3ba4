"""The functions, constants and operators that formulas know."""

import math
from collections.abc import Mapping

import numpy as np

PRIMITIVES: Mapping[str, np.ufunc] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "**": np.power,
    "neg": np.negative,
    "exp": np.exp,
    "log": np.log,
    "log1p": np.log1p,
    "expm1": np.expm1,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sign": np.sign,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "arcsin": np.arcsin,
    "arccos": np.arccos,
    "arctan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "min": np.minimum,
    "max": np.maximum,
}
"""What NumPy calculates in one call."""

EXPANSIONS: Mapping[str, str] = {
    "relu": "max(u, 0)",
    "logistic": "exp(min(u, 0)) / (1 + exp(-abs(u)))",
    "softplus": "max(u, 0) + log1p(exp(-abs(u)))",
}
"""The other functions by formulas in which no power of e exceeds 1, so that none overflows."""

OPERATORS = frozenset({"+", "-", "*", "/", "**", "neg"})

FUNCTIONS: Mapping[str, int] = {
    name: 2 if name in ("min", "max") else 1 for name in (*PRIMITIVES, *EXPANSIONS) if name not in OPERATORS
}
"""Every function that can be called, with its number of arguments."""

CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}

ALIASES: Mapping[str, str] = {"sigmoid": "logistic", "ln": "log", "π": "pi"}
"""Other names that people use."""
