"""What a loss says of single samples, by the engine's own calls."""

import numpy as np

from annstudio.core.calls import Array, run
from annstudio.engine.losses.base import Loss


def slopes(loss: Loss, a: Array, t: Array, fused: bool = False) -> Array:
    """Return how each sample's loss changes with its outputs.

    Args:
        loss: of the engine.
        a, t: outputs and targets, (samples, outputs).
        fused: by the sums z of an output activation that the loss knows, instead of by a; see Loss.fused_with.

    Returns:
        ∂loss/∂a or ∂loss/∂z, (samples, outputs).
    """
    outputs, targets = np.ascontiguousarray(a.T), np.ascontiguousarray(t.T)
    grad = np.empty_like(outputs)
    call = loss.slope_fused if fused else loss.slope
    with np.errstate(all="ignore"):
        run(call(outputs, targets, grad, np.empty_like))
    found: Array = grad.T * loss.scale(1, a.shape[1])
    return found
