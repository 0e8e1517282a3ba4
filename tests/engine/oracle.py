"""Reference values, and how to put the engine's prepared calls to the question."""

import json
import tracemalloc
from pathlib import Path

import numpy as np

from annstudio.core.calls import run

DATA = Path(__file__).resolve().parent.parent / "data"
INDEX = json.loads((DATA / "torch_ref.json").read_text(encoding="utf-8"))
with np.load(DATA / "torch_ref.npz") as file:
    ARRAYS = dict(file)


def columns(x):
    """Return (batch, units) as the engine's own feature-major (units, batch)."""
    return np.ascontiguousarray(x.T)


def backward(activation, z, upstream):
    """Return dJ/dz, (batch, units), for dJ/da = upstream."""
    inner, grad = columns(z), columns(upstream)
    a = np.empty_like(inner)
    with np.errstate(all="ignore"):
        run(activation.forward(inner, a, np.empty_like))
        run(activation.backward(inner, a, grad, np.empty_like))
    return grad.T


def written(prepare, a, t):
    """Return what the calls of prepare(a, t, grad, new) write into grad, (batch, outputs)."""
    grad = np.full_like(columns(a), np.nan)
    with np.errstate(all="ignore"):
        run(prepare(columns(a), columns(t), grad, np.empty_like))
    return grad.T


def loss_gradient(loss, a, t, fused=False):
    """Return dJ/da, or dJ/dz of a fused pair, (batch, outputs)."""
    return written(loss.slope_fused if fused else loss.slope, a, t) * loss.scale(*a.shape)


def total_cost(loss, losses):
    """Return J of the samples' losses."""
    return losses.sum() if loss.sums else losses.mean()


def slopes(function, at, step=1e-3):
    """Return the derivative of a number by each element, from five points (four differences)."""
    found = np.empty_like(at)
    for position in np.ndindex(at.shape):
        shift = np.zeros_like(at)
        shift[position] = step
        near = function(at + shift) - function(at - shift)
        far = function(at + 2 * shift) - function(at - 2 * shift)
        found[position] = (8 * near - far) / (12 * step)
    return found


def arrays_in(calls):
    """Return every array that prepared calls are bound to, as argument, by keyword or by method."""
    bound = []
    for function, arguments in calls:
        owner = getattr(function, "__self__", None)
        bound += [*arguments, *getattr(function, "keywords", {}).values(), owner]
    return [value for value in bound if isinstance(value, np.ndarray)]


def memory_of(calls, runs=300):
    """Return by how many bytes many runs of the calls grow the memory, and the most that they take meanwhile.

    Python and NumPy keep a few freed objects for later, and NumPy copies small parts of broadcast arrays.
    """
    run(calls)
    tracemalloc.start()
    for _ in range(runs):
        run(calls)
    used = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return used
