"""L-BFGS: Newton's method with a curvature that is read off the last few steps."""

from collections.abc import Callable, Mapping
from typing import cast

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.params import Choice, Integer, Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.optimizers._line_search import Trial, strong_wolfe
from annstudio.engine.optimizers._shared import learning_rate
from annstudio.engine.optimizers.base import Optimizer, Slot, State, by_key

SMALLEST_CURVATURE = 1e-10
"""A step along which the gradient hardly grew, or fell, says nothing of the valley: y·s has to be above this."""


def _tolerance(key: str, label: str, default: float, help: str) -> Real:
    return Real(key=key, label=label, default=default, help=help, minimum=0, maximum=1, more=True)


class LBFGS(Optimizer):
    """w ← w + t·d, d = −H·g, where H is the inverse curvature that fits the last steps s and gradient changes y.

    H is never written down: two loops over the pairs (s, y) multiply it with g. As PyTorch defines it: one step makes
    up to `max_iter` iterations, t is η (η / Σ|g|, if less, in the very first iteration) or what a line search that
    begins there finds, and a step ends early once nothing changes any more. PyTorch has no line search and remembers
    100 pairs unless told otherwise; the usual 3 to 20 do, and each costs as much memory as the weights, twice.

    It takes cost and gradient for exact, so it is for full batches. In mid-run η and the tolerances can change.

    Source: Liu & Nocedal 1989, On the limited memory BFGS method for large scale optimization; Nocedal & Wright 2006,
    Numerical optimization, algorithm 7.4.
    """

    info = Info(
        key="lbfgs",
        label=QT_TRANSLATE_NOOP("annstudio", "L-BFGS"),
        order=140,
        more=True,
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Learns how the valley curves from its last steps and aims at its bottom."
        ),
        formula="d = −H·g,  w ← w + t·d",
        reference="Liu & Nocedal 1989, On the limited memory BFGS method for large scale optimization",
        params=(
            learning_rate(1.0),
            Integer(
                key="max_iter",
                label=QT_TRANSLATE_NOOP("annstudio", "Iterations per step"),
                default=20,
                help=QT_TRANSLATE_NOOP("annstudio", "How many times a step may aim anew and move."),
                minimum=1,
                maximum=1000,
            ),
            Integer(
                key="history_size",
                label=QT_TRANSLATE_NOOP("annstudio", "History"),
                default=10,
                help=QT_TRANSLATE_NOOP("annstudio", "How many past moves it remembers. 3 to 20 are usual."),
                minimum=1,
                maximum=100,
            ),
            Choice(
                key="line_search",
                label=QT_TRANSLATE_NOOP("annstudio", "Line search"),
                default="strong_wolfe",
                options=(
                    ("strong_wolfe", QT_TRANSLATE_NOOP("annstudio", "Strong Wolfe")),
                    ("none", QT_TRANSLATE_NOOP("annstudio", "None")),
                ),
                help=QT_TRANSLATE_NOOP(
                    "annstudio", "Tries several lengths of a move, until the cost has fallen enough."
                ),
            ),
            Integer(
                key="max_eval",
                label=QT_TRANSLATE_NOOP("annstudio", "Evaluations per step"),
                default=25,
                help=QT_TRANSLATE_NOOP("annstudio", "How many times a step may compute the cost, at most."),
                minimum=1,
                maximum=10_000,
                more=True,
            ),
            _tolerance(
                "tolerance_grad",
                QT_TRANSLATE_NOOP("annstudio", "Gradient tolerance"),
                1e-7,
                QT_TRANSLATE_NOOP("annstudio", "It has arrived when no part of the gradient is larger than this."),
            ),
            _tolerance(
                "tolerance_change",
                QT_TRANSLATE_NOOP("annstudio", "Change tolerance"),
                1e-9,
                QT_TRANSLATE_NOOP("annstudio", "A step ends when cost and weights change by less than this."),
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Small networks and data sets, all samples in one batch."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Few steps to a very exact minimum, and no learning rate to find."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Mini-batches mislead it, and each step computes the cost many times."),
    )
    slots = by_key(
        Slot(key="moves", label=QT_TRANSLATE_NOOP("annstudio", "Last moves"), symbol="s"),
        Slot(key="changes", label=QT_TRANSLATE_NOOP("annstudio", "Changes of the gradient"), symbol="y"),
        Slot(key="inverses", label=QT_TRANSLATE_NOOP("annstudio", "Inverse curvatures"), symbol="ρ"),
        Slot(key="pairs", label=QT_TRANSLATE_NOOP("annstudio", "Moves remembered so far"), symbol="k"),
        Slot(key="scale", label=QT_TRANSLATE_NOOP("annstudio", "Scale of the inverse curvature"), symbol="γ"),
        Slot(key="direction", label=QT_TRANSLATE_NOOP("annstudio", "Direction"), symbol="d"),
        Slot(key="length", label=QT_TRANSLATE_NOOP("annstudio", "Length of the move"), symbol="t"),
        Slot(key="gradient", label=QT_TRANSLATE_NOOP("annstudio", "Gradient before the move"), symbol="g"),
    )
    counts_steps = True
    evaluates = True

    def initial_state(self, w: Array) -> State:
        """Return the state before the first step; "step" counts iterations.

        Pair number n (from 0) stands in row n mod history_size of moves and changes, so that a new one overwrites the
        oldest.
        """
        history = cast(int, self.params["history_size"])
        numbers = {key: np.zeros((), np.float64) for key in ("pairs", "length", "step")}
        return {
            "moves": np.zeros((history, len(w)), w.dtype),
            "changes": np.zeros((history, len(w)), w.dtype),
            "inverses": np.zeros(history, np.float64),
            "scale": np.ones((), np.float64),
            "direction": np.zeros_like(w),
            "gradient": np.zeros_like(w),
            **numbers,
        }

    def step(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], evaluate: Callable[[], float]
    ) -> float | None:
        """Take one step of up to max_iter iterations; return the cost at its start; see Optimizer.step."""
        with np.errstate(all="ignore"):
            return self._iterate(w, g, state, live, evaluate)

    def _iterate(
        self, w: Array, g: Array, state: State, live: Mapping[str, Array], evaluate: Callable[[], float]
    ) -> float:
        iterations, evaluations = (cast(int, self.params[key]) for key in ("max_iter", "max_eval"))
        tolerance = live["tolerance_change"].item()
        first = cost = evaluate()
        evaluations -= 1
        for iteration in range(1, iterations + 1):
            if np.abs(g).max() <= live["tolerance_grad"].item():
                break
            _aim(g, state)
            state["length"][()] = _first_length(g, state, live)
            if g.dot(state["direction"]) > -tolerance:
                break
            last = cost
            if self.params["line_search"] == "strong_wolfe":
                cost, used = _search(w, g, cost, state, evaluate, tolerance, evaluations)
            else:
                w += state["length"].item() * state["direction"]
                if iteration == iterations:
                    break  # What is here now is the first thing that the next step computes.
                cost, used = evaluate(), 1
            evaluations -= used
            moved = np.abs(state["length"].item() * state["direction"]).max()
            if evaluations <= 0 or moved <= tolerance or abs(cost - last) < tolerance:
                break
        return first


def _aim(g: Array, state: State) -> None:
    """Remember the last move and write the direction −H·g of the next one."""
    if state["step"]:
        _remember(g, state)
    state["step"] += 1
    np.copyto(state["direction"], _newton(g, state))
    np.copyto(state["gradient"], g)


def _remember(g: Array, state: State) -> None:
    """Store how far the last move went and what it changed in the gradient, unless that tells nothing."""
    s = state["direction"] * g.dtype.type(state["length"])
    y = g - state["gradient"]
    curvature = float(y.dot(s))
    if curvature > SMALLEST_CURVATURE:
        row = int(state["pairs"]) % len(state["moves"])
        state["moves"][row], state["changes"][row], state["inverses"][row] = s, y, 1 / curvature
        state["scale"][()] = curvature / float(y.dot(y))
        state["pairs"] += 1


def _newton(g: Array, state: State) -> Array:
    """Return −H·g: from the newest pair to the oldest, then back."""
    moves, changes, inverses = state["moves"], state["changes"], state["inverses"].tolist()
    pairs, size = int(state["pairs"]), len(moves)
    rows = [pair % size for pair in range(max(0, pairs - size), pairs)]
    shares = dict.fromkeys(rows, 0.0)
    q = -g
    for row in reversed(rows):
        shares[row] = inverses[row] * float(moves[row].dot(q))
        q -= shares[row] * changes[row]
    q *= state["scale"].item()
    for row in rows:
        q += (shares[row] - inverses[row] * float(changes[row].dot(q))) * moves[row]
    return q


def _first_length(g: Array, state: State, live: Mapping[str, Array]) -> float:
    """Return the length to begin with: η, and in the very first iteration, where the scale is unknown, less."""
    rate = live["learning_rate"].item()
    return min(1.0, 1 / float(np.abs(g).sum())) * rate if state["step"] == 1 else rate


def _search(
    w: Array, g: Array, cost: float, state: State, evaluate: Callable[[], float], tolerance: float, most: int
) -> tuple[float, int]:
    """Move as far as pays off; return the cost there, with its gradient in g, and the number of evaluations."""
    origin, direction = w.copy(), state["direction"]

    def trial(t: float, cost: float) -> Trial:
        return Trial(t, np.float64(cost), np.float64(g.dot(direction)), g.copy())

    def at(t: float) -> Trial:
        np.multiply(direction, t, w)
        np.add(origin, w, w)
        return trial(t, evaluate())

    reach = float(np.abs(direction).max())
    start = trial(0.0, cost)
    best, used = strong_wolfe(at, start, state["length"].item(), reach, tolerance, most)
    np.multiply(direction, best.t, w)
    np.add(origin, w, w)
    np.copyto(g, best.gradient)
    state["length"][()] = best.t
    return float(best.cost), used
