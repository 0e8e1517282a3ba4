"""Numbers with as many digits as one wants to see."""

import math

import numpy as np

from annstudio.core.small_digits import ABOVE
from annstudio.ui.views.numerals import figure

ALL = 0
"""All the digits that the precision holds."""
_FEW = 3


def written(value: float, digits: int, single: bool = False) -> str:
    """Return a number for people.

    Args:
        value: the number.
        digits: how many significant ones; ALL is as many as it has.
        single: it was computed in single precision.
    """
    if not math.isfinite(value) or value == 0:
        return figure(value)
    if digits == ALL:
        number = np.float32(value) if single else np.float64(value)
        plain = 1e-4 <= abs(value) < 1e9
        write = np.format_float_positional if plain else np.format_float_scientific
        return _typeset(write(number, trim="-"))
    plain = 1e-4 <= abs(value) < 10.0 ** max(digits, 6)
    if not plain:
        return _typeset(f"{value:.{max(digits, _FEW) - 2}e}")
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    rounded = f"{value:.{places}f}"
    return _typeset(rounded.rstrip("0").rstrip(".") if "." in rounded else rounded)


def _typeset(plain: str) -> str:
    mantissa, _, exponent = plain.replace("-", "−").partition("e")
    if not exponent:
        return mantissa
    power = exponent.replace("+", "").replace("−0", "−").lstrip("0")
    return f"{mantissa}·10" + power.translate(ABOVE)
