"""How sharply the cost bends, and so how long a step of gradient descent may be."""

import numpy as np
from numpy.typing import NDArray

from annstudio.core.calls import Array
from annstudio.engine.differences import CostProbe
from annstudio.engine.network import Network

_ROUNDS = 40
_ENOUGH = 0.002
"""Relative change from one round to the next at which the value is taken."""
_STEP = 1e-4


def sharpness(
    network: Network, weights: NDArray[np.floating], inputs: NDArray[np.floating], targets: Array, seed: int = 0
) -> float:
    """Return the eigenvalue of largest size of the Hessian of J, H = ∂²J/∂w², by power iteration, in float64.

    v ← Hv / ‖Hv‖ with Hv ≈ (∇J(w + hv) − ∇J(w − hv)) / 2h, from a random v. Near a minimum, gradient descent at a
    learning rate above 2/λ jumps ever farther over it. Where the two largest are alike, the value is one percent or
    so too small.

    Source: LeCun, Simard & Pearlmutter 1993, Automatic learning rate maximization by on-line estimation of the
    Hessian's eigenvectors; Cohen et al. 2021, Gradient descent on neural networks typically occurs at the edge of
    stability.

    Args:
        network: its J, without penalties.
        weights: its flat vector, w; not changed.
        inputs: (samples, features).
        targets: (samples, outputs).
        seed: of v.
    """
    probe = CostProbe(network, weights, inputs, targets)
    start = probe.trained.copy()
    direction: Array = np.random.default_rng(seed).normal(size=len(start))
    direction /= np.linalg.norm(direction)
    found = 0.0
    for _ in range(_ROUNDS):
        bent = _bent(probe, start, direction)
        before, found = found, float(direction @ bent)
        length = float(np.linalg.norm(bent))
        if not np.isfinite(length) or length == 0:
            return length
        direction = bent / length
        if abs(found - before) <= _ENOUGH * abs(found):
            break
    return found


def _bent(probe: CostProbe, start: Array, direction: Array) -> Array:
    """Return Hv."""
    sides = []
    for sign in (1, -1):
        probe.trained[:] = start + sign * _STEP * direction
        probe.cost()
        sides.append(probe.gradients()[0])
    bent: Array = (sides[0] - sides[1]) / (2 * _STEP)
    return bent
