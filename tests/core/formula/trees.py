"""Random formulas, and what Python's own mathematics makes of one."""

import math

from hypothesis import strategies as st

from annstudio.core.formula import Formula
from annstudio.core.formula.functions import CONSTANTS, FUNCTIONS, OPERATORS
from annstudio.core.formula.nodes import Apply, Constant, Number, Variable

NAMES = {"x": "x", "y": "y", "z": "x"}

NUMBERS = st.one_of(st.integers(-20, 20), st.floats(-1e3, 1e3).map(lambda number: round(number, 3)), st.just(1e-9))
LEAVES = st.one_of(
    NUMBERS.map(lambda number: Number(number + 0.0)),
    st.sampled_from([Variable("x"), Variable("x"), Variable("y"), *map(Constant, CONSTANTS)]),
)


def applied(inner, names):
    """Return a strategy of functions of inner parts, as the parser makes them: a minus belongs to its number."""

    def of(name):
        count = FUNCTIONS.get(name, 1 if name == "neg" else 2)
        parts = st.tuples(*[inner] * count)
        if name == "neg":
            parts = parts.filter(lambda arguments: not isinstance(arguments[0], Number))
        return parts.map(lambda arguments: Apply(name, arguments))

    return st.sampled_from(sorted(names)).flatmap(of)


TREES = st.recursive(LEAVES, lambda inner: applied(inner, OPERATORS | set(FUNCTIONS)), max_leaves=12)

TAME = {"+", "-", "*", "neg", "sin", "cos", "tanh", "arctan", "logistic", "softplus", "abs", "max", "min", "relu"}
TAME_TREES = st.recursive(
    st.one_of(st.integers(-3, 3).map(lambda number: Number(float(number))), st.just(Variable("x"))),
    lambda inner: applied(inner, TAME),
    max_leaves=8,
)
"""Formulas that have a value everywhere, and none too large."""

_MATHS = {
    **{name: getattr(math, name) for name in FUNCTIONS if hasattr(math, name)},
    **{f"arc{name}": getattr(math, f"a{name}") for name in ("sin", "cos", "tan")},
    "abs": abs,
    "sign": lambda u: math.copysign(1, u) if u else 0,
    "min": min,
    "max": max,
    "relu": lambda u: max(u, 0),
    "logistic": lambda u: 1 / (1 + math.exp(-u)),
    "softplus": lambda u: math.log1p(math.exp(u)),
    **CONSTANTS,
}


def parsed(typed):
    """Return the formula of a text in x and y."""
    return Formula.parse(typed, NAMES)


def by_python(written, **values):
    """Return what Python calculates: canonical texts are Python's, too."""
    return eval(written, {"__builtins__": {}}, {**_MATHS, **values})
