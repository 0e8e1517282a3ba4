"""Numbers for people: round ticks, round ends of axes, three significant digits."""

import math

from annstudio.core.small_digits import ABOVE, BELOW

_STEPS = (1.0, 2.0, 5.0, 10.0)
_CEILINGS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_ROUNDING = 1e-9


def nice_step(span: float, most: int) -> float:
    """Return the smallest of 1, 2 or 5 times a power of ten that cuts the span into at most this many pieces.

    Args:
        span: a length greater than 0.
        most: number of pieces, at least 1.
    """
    rough = span / most
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(step for step in _STEPS if step * power >= rough * (1 - _ROUNDING))


def nice_ticks(low: float, high: float, most: int) -> list[float]:
    """Return round numbers, evenly spaced within low and high, at most `most` + 1 of them, ascending.

    A range that is empty, not finite, or finer than floating-point numbers can tell apart has no ticks.
    """
    span = high - low
    if not (math.isfinite(span) and span > 1e-12 * max(abs(low), abs(high), 1e-280)):
        return []
    step = nice_step(span, max(1, most))
    first, last = math.ceil(low / step - _ROUNDING), math.floor(high / step + _ROUNDING)
    return [number * step for number in range(first, last + 1)]


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Return ticks of a logarithmic axis: whole powers of ten, with 2 and 5 between them where they are few.

    Args:
        low, high: ends of the axis, 0 < low < high.
        most: about how many labels there is room for.
    """
    first, last = math.floor(math.log10(low) + _ROUNDING), math.ceil(math.log10(high) - _ROUNDING)
    every = max(1, math.ceil((last - first) / max(1, most)))
    steps = (1, 2, 5) if 3 * (last - first) <= most else (1,)
    ticks = [step * 10.0**power for power in range(first, last + 1, every) for step in steps]
    return [tick for tick in ticks if low * (1 - _ROUNDING) <= tick <= high * (1 + _ROUNDING)]


def tick_labels(ticks: list[float]) -> list[str]:
    """Return the ticks in writing, all with as many decimals as their spacing asks for."""
    if len(ticks) < 2:
        return [figure(tick) for tick in ticks]
    step, largest = ticks[1] - ticks[0], max(abs(tick) for tick in ticks)
    if largest >= 1e6 or step < 1e-5:
        return ["0" if tick == 0 else _minus(f"{tick:.3g}") for tick in ticks]
    decimals = max(0, -math.floor(math.log10(step) + _ROUNDING))
    return [_minus(f"{tick:,.{decimals}f}") for tick in ticks]


def nice_ceiling(value: float) -> float:
    """Return a round number not below the value and at most a third above it; 1 where there is nothing to bound.

    Axes that end there keep still while a curve grows, and move in few, moderate steps.
    """
    if not (math.isfinite(value) and value > 0):
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return power * next(step for step in _CEILINGS if step * power >= value * (1 - _ROUNDING))


def figure(value: float) -> str:
    """Return a number with three significant digits: 0.114, 12.0, −1.80e−5; thousands in full: 12,346."""
    if not math.isfinite(value):
        return "–" if math.isnan(value) else _minus("−∞" if value < 0 else "∞")
    size = abs(value)
    if size == 0:
        return "0"
    if 999.5 <= size < 1e6:
        return _minus(f"{value:,.0f}")
    if 1e-4 <= size < 999.5:
        return _minus(f"{value:#.3g}".rstrip("."))
    mantissa, _, exponent = f"{value:.2e}".partition("e")
    return _minus(f"{mantissa}e{int(exponent)}")


def short_figure(value: float) -> str:
    """Return a number with at most three significant digits: 15, 7.5, −0.125."""
    return _minus(f"{value + 0.0:.3g}") if 1e-4 <= abs(value) < 999.5 or value == 0 else figure(value)


def power_label(tick: float) -> str:
    """Return a tick of a logarithmic axis in writing: 0.01, 500, and powers of ten far from 1 as 10⁻⁶."""
    if 1e-3 <= tick < 1e5:
        return f"{tick:g}"
    mantissa, _, exponent = f"{tick:.0e}".partition("e")
    power = "10" + str(int(exponent)).translate(ABOVE)
    return power if mantissa == "1" else f"{mantissa}·{power}"


def percent(share: float) -> str:
    """Return a share of 1 as whole percent, without the sign: 83; but neither 0 nor 100 for what is not."""
    rounded = round(100 * share)
    if rounded == 100 and share < 1:
        return ">\u202f99"
    if rounded == 0 and share > 0:
        return "<\u202f1"
    return str(rounded)


def subscript(number: int) -> str:
    """Return a whole number in small figures below the line: 12 as ₁₂."""
    return str(number).translate(BELOW)


def _minus(written: str) -> str:
    """Return the number with a true minus sign, and without any where nothing but zeros follow it."""
    digits = written.replace("-", "−")
    return digits.removeprefix("−") if digits.strip("−0.,") == "" else digits
