"""Prepared calls: how the engine runs textbook formulas at full speed.

For small networks the time of a training step is the number of NumPy calls times about a microsecond, so the engine
prepares every call once, with its arguments bound to buffers, and a step makes the calls of a list. Each piece of a
network contributes the calls of its own formula, in the formula's order.
"""

from collections import deque
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from itertools import starmap
from operator import call
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.floating[Any]]
Call: TypeAlias = tuple[Callable[..., object], tuple[object, ...]]
Calls: TypeAlias = list[Call]
New: TypeAlias = Callable[[Array], Array]
"""`new(like)` returns an uninitialized buffer of the same shape and type, allocated once, when a plan is compiled."""


def run(calls: Calls) -> None:
    """Make the prepared calls, in order."""
    for function, arguments in calls:
        function(*arguments)


def flat(calls: Calls) -> list[tuple[object, ...]]:
    """Return the calls as `make` takes them: each a tuple of the function and its arguments."""
    return [(function, *arguments) for function, arguments in calls]


def make(calls: Iterable[tuple[Any, ...]]) -> None:
    """Make the calls of `flat`, in order: a loop without the interpreter, a twentieth faster on a tiny network."""
    deque(starmap(call, calls), maxlen=0)


def scalar(value: float, like: Array) -> Array:
    """Return value as a 0-d array of the other array's type: faster than a Python float, and never widening."""
    return np.array(value, dtype=like.dtype)


def constant(value: float, like: Array) -> Array:
    """Return an array like the other one, filled with value; read-only, as prepared calls share it.

    NumPy takes two arrays of one shape several times faster than an array and a scalar in some functions.
    """
    return _constant(value, like.shape, like.dtype)


@lru_cache(maxsize=32)
def _constant(value: float, shape: tuple[int, ...], dtype: np.dtype[np.floating[Any]]) -> Array:
    """Make the array once: a run prepares the same calls for each of its batches."""
    filled = np.full(shape, value, dtype)
    filled.flags.writeable = False
    return filled


def positive(x: Array, out: Array) -> Call:
    """Return the call that writes 1 where x > 0 into out, and 0 where it is 0; x is nowhere below."""
    return (np.sign, (x, out)) if x.size < _SHORT else (np.greater, (x, constant(0, x), out))


_SHORT = 2048
"""Elements up to which the sign takes less time than a comparison and turning its truth into numbers."""


def maximum(x: Array, y: Array, out: Array) -> Call:
    """Return the call that writes the larger of x and y into out, and NaN where either is.

    NumPy 2.4 deprecates a positional out for maximum and minimum alone, so it is bound by name here.
    """
    return partial(np.maximum, out=out), (x, y)


def minimum(x: Array, y: Array, out: Array) -> Call:
    """Return the call that writes the smaller of x and y into out; see maximum."""
    return partial(np.minimum, out=out), (x, y)
