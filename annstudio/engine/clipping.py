"""Gradient clipping: what keeps one steep batch from throwing the weights far away.

Source: Pascanu, Mikolov & Bengio 2013, On the difficulty of training recurrent neural networks, algorithm 1.
"""

import numpy as np

from annstudio.core.calls import Array, Calls, New, maximum, minimum, scalar

MARGIN = 1e-6
"""PyTorch adds it to the norm, so that a gradient of zero is not divided by zero."""


def clip_by_norm(g: Array, limit: Array, new: New) -> Calls:
    """Return the calls g ← g · min(1, limit / (‖g‖ + 10⁻⁶)): a long gradient gets shorter and keeps its direction.

    As PyTorch's clip_grad_norm_. The norm is computed in double precision, where no square of single numbers
    overflows. If it is infinite all the same, g becomes zero, and NaN where it is infinite or NaN itself.

    Args:
        g: gradient of all weights, (parameters,); changed in place.
        limit: the largest norm, 0-d; read at every step.
        new: gives scratch buffers.
    """
    wide = g if g.dtype == np.float64 else np.empty(g.shape, np.float64)
    norm, factor = np.zeros((), np.float64), new(limit)
    widen: Calls = [] if wide is g else [(np.copyto, (wide, g))]
    return [
        *widen,
        (wide.dot, (wide, norm)),
        (np.sqrt, (norm, norm)),
        (np.add, (norm, scalar(MARGIN, norm), norm)),
        (np.divide, (limit, norm, norm)),
        minimum(norm, scalar(1, norm), factor),
        (np.multiply, (g, factor, g)),
    ]


def clip_by_value(g: Array, limit: Array, new: New) -> Calls:
    """Return the calls g ← max(−limit, min(limit, g)): each part on its own, so the direction changes.

    As PyTorch's clip_grad_value_; NaN stays NaN. Arguments as for clip_by_norm.
    """
    lowest = new(limit)
    return [(np.negative, (limit, lowest)), minimum(g, limit, g), maximum(g, lowest, g)]
