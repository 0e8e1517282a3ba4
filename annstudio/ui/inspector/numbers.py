"""Reading, writing and stepping numbers as people type them."""

import math
import re

from annstudio.core.params import Integer, Real

_GROUPED = re.compile(r"[+-]?\d{1,3}([,.' \u00a0\u202f]\d{3})+")


def plain_number(typed: str, whole: bool) -> str:
    """Return what was typed as float() reads it: decimal comma, grouped thousands and the true minus sign allowed.

    Args:
        typed: text of a field; anything that is no number comes back as it is.
        whole: a whole number is wanted, so "1,000" is a thousand and not one.
    """
    text = typed.strip().replace("−", "-")
    if whole and _GROUPED.fullmatch(text):
        return re.sub(r"[,.' \u00a0\u202f]", "", text)
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def shown_number(number: float) -> str:
    """Return a number as a field shows it: short, but every digit that was given."""
    return str(number) if isinstance(number, int) else f"{number:.12g}".replace("e-0", "e-")


def stepped(param: Integer | Real, number: float, steps: int) -> float:
    """Return the number some steps further, inside the parameter's range.

    Whole numbers go by 1; reals that must be positive, such as learning rates, along 1, 2, 5, 10; other reals by
    round parts of their range.
    """
    if isinstance(param, Integer):
        return int(min(max(number + steps, param.minimum), param.maximum))
    if param.minimum > 0 or (param.above_minimum and param.minimum == 0):
        return min(max(_along_decades(number, steps), param.minimum), param.maximum)
    size = _round_step(param)
    moved = round((number + steps * size) / size) * size
    return min(max(float(f"{moved:.12g}"), param.minimum), param.maximum)


def _round_step(param: Real) -> float:
    span = param.maximum - param.minimum
    if not math.isfinite(span):
        return 0.1
    size: float = 10.0 ** math.floor(math.log10(span / 10))
    return size / 2 if span / size <= 10 else size


def _along_decades(number: float, steps: int) -> float:
    """Return the number that many places up or down in … 0.1, 0.2, 0.5, 1, 2, 5 …; one in between goes to the next."""
    if number <= 0:
        return 0.001
    series = [_place(index) for index in _places_around(number, steps)]
    if steps > 0:
        above = [value for value in series if value > number * (1 + 1e-9)]
        return above[steps - 1]
    below = [value for value in series if value < number * (1 - 1e-9)]
    return below[steps]


def _places_around(number: float, steps: int) -> range:
    decade = 3 * math.floor(math.log10(number))
    return range(decade - abs(steps) - 3, decade + abs(steps) + 6)


def _place(index: int) -> float:
    return float(f"{(1, 2, 5)[index % 3]}e{index // 3}")
