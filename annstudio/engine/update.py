"""What happens between a gradient and the next step."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from annstudio.core.calls import Array, Calls, New, run, scalar
from annstudio.engine import helper
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


_NO_CLIPPING = Clipping()
_LONG = 1_000_000
"""Parameters from which on a second thread saves more than it costs."""


class Update:
    """Penalty, clipping, the optimizer's rule and max-norm, as prepared calls over the flat vectors.

    Args:
        network: whose weights move.
        optimizer: how.
        weights: flat; its first, trained part moves.
        gradient: of the trained part; overwritten.
        clipping: what gradients are cut back to.
        fold: the gradient may be wanted multiplied by the learning rate.
        threads: two share the optimizer's vectors where these are long.

    Attributes:
        live: the numbers of the optimizer as 0-d arrays; read at every step, so they may change in mid-run.
        state: what the optimizer remembers.
        folds_rate: the gradient is wanted multiplied by the learning rate.
        evaluates: it is a step of an optimizer that asks for the cost itself; see search.
        calls: of one step; empty for an optimizer that evaluates the cost itself.
    """

    def __init__(
        self,
        network: Network,
        optimizer: Optimizer,
        weights: Array,
        gradient: Array,
        clipping: Clipping = _NO_CLIPPING,
        fold: bool = True,
        threads: int = 1,
    ) -> None:
        self._network, self._optimizer, self._clipping = network, optimizer, clipping
        self.evaluates = optimizer.evaluates
        self._weights, self._gradient = weights, gradient
        w = self._trained = weights[: network.trainable_count]
        self.state: State = optimizer.initial_state(w)
        self.live = {
            key: np.array(value, w.dtype) for key, value in optimizer.params.items() if isinstance(value, float)
        }
        self.penalty = Penalty(network)
        self._penalize = self.penalty.calls(weights, gradient, np.empty_like)
        self._clip = clipping.calls(gradient, np.empty_like)
        self.folds_rate = fold and optimizer.folds_rate and not (self._penalize or self._clip)
        shrink = max_norm_calls(network, weights, np.empty_like)
        rule = [] if self.evaluates else self._rule(threads)
        self.calls: Calls = [] if self.evaluates else [*self._penalize, *self._clip, *rule, *shrink]
        self._shrink = shrink

    def _rule(self, threads: int) -> Calls:
        w, g = self._trained, self._gradient
        if self.folds_rate:
            return self._optimizer.folded(w, g)
        kernels = self._network.kernels().astype(w.dtype)
        if threads < 2 or w.size < _LONG:
            return self._optimizer.update(w, g, self.state, self.live, np.empty_like, kernels)
        halves = slice(0, w.size // 2), slice(w.size // 2, None)
        # Numbers such as the count of steps are counted in the first half; the second starts from a copy each time.
        numbers = {key: values.copy() for key, values in self.state.items() if not values.ndim}
        states = [
            {key: values[half] if values.ndim else values for key, values in self.state.items()} for half in halves
        ]
        states[1] |= numbers
        mine, other = (
            self._optimizer.update(w[half], g[half], state, self.live, np.empty_like, kernels[half])
            for half, state in zip(halves, states, strict=True)
        )
        copies: Calls = [(np.copyto, (copy, self.state[key])) for key, copy in numbers.items()]
        return [*copies, (helper.begin, (other,)), *mine, (helper.wait, ())]

    def search(self, evaluate: Callable[[], float]) -> None:
        """Take a step of an optimizer that evaluates.

        Args:
            evaluate: computes the gradient at the present weights and returns their cost, both without the penalty.
        """

        def whole() -> float:
            cost = evaluate()
            run([*self._penalize, *self._clip])
            return cost + self.penalty.cost(self._weights)

        self._optimizer.step(self._trained, self._gradient, self.state, self.live, whole)
        run(self._shrink)

    def copied(self, weights: Array, gradient: Array) -> "Update":
        """Return an update of other vectors that goes on from what this one remembers, and folds nothing."""
        other = Update(self._network, self._optimizer, weights, gradient, self._clipping, fold=False)
        for key, values in self.state.items():
            np.copyto(other.state[key], values)
        for key, value in self.live.items():
            other.live[key][()] = value
        return other

    def apply(self, evaluate: Callable[[], float]) -> None:
        """Take one step of whatever kind; the gradient is there already, and `evaluate` makes it anew."""
        if self.evaluates:
            self.search(evaluate)
        else:
            run(self.calls)
