"""What happens between a gradient and the next step."""

from dataclasses import dataclass

import numpy as np

from annstudio.engine.calls import Array, Calls, New, scalar
from annstudio.engine.clipping import clip_by_norm, clip_by_value
from annstudio.engine.network import Network
from annstudio.engine.optimizers.base import Optimizer, State
from annstudio.engine.penalty import Penalty, max_norm_calls


@dataclass(frozen=True)
class Clipping:
    """How far gradients are cut back before a step; 0 is not at all.

    Attributes:
        norm: longest the whole gradient may be.
        value: largest that each of its elements may be.
    """

    norm: float = 0.0
    value: float = 0.0

    def calls(self, gradient: Array, new: New) -> Calls:
        """Return the calls that cut a flat gradient back, in place."""
        calls: Calls = []
        if self.value:
            calls += clip_by_value(gradient, scalar(self.value, gradient), new)
        if self.norm:
            calls += clip_by_norm(gradient, scalar(self.norm, gradient), new)
        return calls


class Update:
    """Penalty, clipping, the optimizer's rule and max-norm, as prepared calls over the flat vectors.

    Args:
        network: whose weights move.
        optimizer: how.
        weights: flat; its first, trained part moves.
        gradient: of the trained part; overwritten.
        clipping: what gradients are cut back to.

    Attributes:
        live: the numbers of the optimizer as 0-d arrays; read at every step, so they may change in mid-run.
        state: what the optimizer remembers.
        folds_rate: the gradient comes multiplied by the learning rate already.
        calls: of one step; empty for an optimizer that evaluates the cost itself.
    """

    def __init__(
        self, network: Network, optimizer: Optimizer, weights: Array, gradient: Array, clipping: Clipping
    ) -> None:
        self.optimizer = optimizer
        w = weights[: network.trainable_count]
        self.state: State = optimizer.initial_state(w)
        self.live = {
            key: np.array(value, w.dtype) for key, value in optimizer.params.items() if isinstance(value, float)
        }
        self.penalty = Penalty(network)
        self.penalize: Calls = self.penalty.calls(weights, gradient, np.empty_like)
        clip = clipping.calls(gradient, np.empty_like)
        self.folds_rate = optimizer.folds_rate and not (self.penalize or clip)
        self.calls: Calls = []
        if not optimizer.evaluates:
            kernels = network.kernels().astype(w.dtype)
            rule = (
                optimizer.folded(w, gradient)
                if self.folds_rate
                else optimizer.update(w, gradient, self.state, self.live, np.empty_like, kernels)
            )
            self.calls = [*self.penalize, *clip, *rule, *max_norm_calls(network, weights, np.empty_like)]
