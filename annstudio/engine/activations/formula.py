"""An activation of one's own."""

from functools import lru_cache

import numpy as np

from annstudio.core.calls import Array, Calls, New
from annstudio.core.errors import UserError
from annstudio.core.formula import Formula
from annstudio.core.params import Expression, Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.activations.base import Activation

_REACH = 8.0
"""From −8 to 8 a formula must have a value somewhere, and its kinks and poles are found."""


def _check_values(formula: Formula) -> None:
    """Refuse a formula without any value where pre-activations usually lie."""
    if not np.isfinite(formula.value(x=np.linspace(-_REACH, _REACH, 161))).any():
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio", "This formula has no finite value anywhere from {low} to {high}: change it."
                ),
                low=f"−{_REACH:g}",
                high=f"{_REACH:g}",
            )
        )


_EXPRESSION = Expression(
    "expression",
    QT_TRANSLATE_NOOP("annstudio", "Formula f(x)"),
    default="x * tanh(log(1 + exp(x)))",
    help=QT_TRANSLATE_NOOP(
        "annstudio",
        "A formula of x with + - * / ^, numbers, pi, e, exp, log, sqrt, abs, sin, cos, tanh, min, max, relu and more.",
    ),
    synonyms=(("z", "x"),),
    judge=_check_values,
)


@lru_cache(maxsize=32)
def _studied(expression: str) -> tuple[Formula, Formula, tuple[float, ...], tuple[float, ...]]:
    """Return f, f′, its kinks and its poles; kept, since pictures and plans ask for the same few again and again."""
    formula = _EXPRESSION.formula(expression)
    return formula, formula.derivative("x"), formula.kinks("x", _REACH), formula.poles("x", _REACH)


class OwnFormula(Activation):
    """a = f(z) for a formula f that somebody typed; da/dz = f′(z) is derived from it exactly.

    Where f has a kink, the slope is a convention, stated in annstudio/core/formula/slopes.py: 0 for relu(x) and
    abs(x) at x = 0.

    Attributes:
        formula, slope_formula: f and f′, of x.
    """

    info = Info(
        key="formula",
        label=QT_TRANSLATE_NOOP("annstudio", "Your formula"),
        order=900,
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Any function that you can write down; its slope is worked out for you."
        ),
        formula="a = f(z)",
        derivative="da/dz = f′(z)",
        range="that of f",
        reference="Wengert 1964, A simple automatic derivative evaluation program",
        params=(_EXPRESSION,),
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "To try an idea of your own, or a function that is not in this list."
        ),
        pros=QT_TRANSLATE_NOOP("annstudio", "Free choice: see what a kink, a wave or a flat end does to learning."),
        cons=QT_TRANSLATE_NOOP(
            "annstudio", "Not every formula learns: steep ones explode, flat ones stand still, some have gaps."
        ),
        more=True,
    )
    defined_everywhere = False
    reads_z = True

    def __init__(self, **values: Value) -> None:
        super().__init__(**values)
        self.formula, self.slope_formula, self.kinks, self.poles = _studied(str(self.params["expression"]))

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write f(z) into a; see Activation.forward."""
        return self.formula.calls({"x": z}, a, new)

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write f′(z) into out; see Activation.slope."""
        return self.slope_formula.calls({"x": z}, out, new)
