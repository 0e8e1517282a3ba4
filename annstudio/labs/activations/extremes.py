"""Formulas computed as they are written, beside the same in a stable form, at numbers where that matters."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

import numpy as np

from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations import activations
from annstudio.engine.losses import losses

PLACES = (-1000.0, -100.0, -20.0, -1.0, 0.0, 1.0, 20.0, 100.0, 1000.0)
_DIGITS = 60


@dataclass(frozen=True)
class Form:
    """A formula of x that goes wrong as it is written.

    Args:
        label: what it is.
        written: how it is written.
        naive: computes it so.
        stable: by the engine.
        exact: with sixty digits.
    """

    label: str
    written: str
    naive: Callable[[Any], Any]
    stable: Callable[[Any], Any]
    exact: Callable[[Decimal], Decimal]


@dataclass(frozen=True)
class Row:
    """One x.

    Args:
        x: the number.
        naive, stable: what comes out.
        exact: what is right, rounded to double precision.
    """

    x: float
    naive: float
    stable: float
    exact: float

    @property
    def wrong(self) -> bool:
        """The formula as it is written misses by more than rounding; a right 0 or a right infinity is none."""
        if math.isnan(self.naive) or math.isinf(self.naive):
            return self.naive != self.exact
        return not math.isclose(self.naive, self.exact, rel_tol=1e-4, abs_tol=1e-300)


def rows(form: Form, precision: str, places: Sequence[float] = PLACES) -> list[Row]:
    """Return a formula at several numbers.

    Args:
        form: which.
        precision: "float32" or "float64".
        places: where.
    """
    found = []
    for place in places:
        x = np.array([[place]], precision)
        with np.errstate(all="ignore"), localcontext() as context:
            context.prec = _DIGITS
            exact = form.exact(Decimal(place))
            found.append(Row(place, _one(form.naive(x)), _one(form.stable(x)), float(exact)))
    return found


def _one(values: Any) -> float:
    return float(np.asarray(values).ravel()[0])


def _value(key: str) -> Callable[[Any], Any]:
    return lambda x: activations[key]().value(x)


def _pair(x: Any) -> Any:
    return np.column_stack([x, np.zeros_like(x)])


def _naive_softmax(x: Any) -> Any:
    powers = np.exp(_pair(x))
    return powers / powers.sum()


FORMS = (
    Form(
        QT_TRANSLATE_NOOP("annstudio", "logistic"),
        "1 / (1 + e⁻ˣ)",
        lambda x: 1 / (1 + np.exp(-x)),
        _value("logistic"),
        lambda x: 1 / (1 + (-x).exp()),
    ),
    Form(
        QT_TRANSLATE_NOOP("annstudio", "softmax of (x, 0)"),
        "eˣ / (eˣ + e⁰)",
        _naive_softmax,
        lambda x: activations["softmax"]().value(_pair(x)),
        lambda x: 1 / (1 + (-x).exp()),
    ),
    Form(
        QT_TRANSLATE_NOOP("annstudio", "softplus"),
        "ln(1 + eˣ)",
        lambda x: np.log(1 + np.exp(x)),
        _value("softplus"),
        lambda x: (1 + x.exp()).ln(),
    ),
    Form(
        QT_TRANSLATE_NOOP("annstudio", "log loss of a logistic"),
        "−ln(1 / (1 + e⁻ˣ))",
        lambda x: -np.log(1 / (1 + np.exp(-x))),
        lambda x: losses["log_loss"]().per_sample_fused(x, np.ones_like(x)),
        lambda x: (1 + (-x).exp()).ln(),
    ),
    Form(
        QT_TRANSLATE_NOOP("annstudio", "cross-entropy of softmax"),
        "ln(eˣ + e⁰) − x",
        lambda x: np.log(np.exp(_pair(x)).sum()) - x,
        lambda x: losses["cross_entropy"]().per_sample_fused(_pair(x), _pair(np.ones_like(x))),
        lambda x: (1 + (-x).exp()).ln(),
    ),
)
