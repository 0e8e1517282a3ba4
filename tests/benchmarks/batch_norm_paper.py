"""The first experiment of the paper on batch normalization, with the digits that come with the app.

Three hidden layers of 100 logistic units, weights from N(0, 0.1²), batches of 60, plain gradient descent, softmax with
cross-entropy; with batch normalization before each logistic function, and without. The paper takes MNIST and 50,000
steps; here pictures are 8 × 8, and 6,000 steps are enough. `--figure` also draws docs/pictures/batch_norm_paper.png.

Source: Ioffe & Szegedy 2015, Batch normalization, arXiv 1502.03167, section 4.1 and figure 1.
"""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from annstudio.core.calls import Array, run
from annstudio.data.prepare import prepare
from annstudio.data.split import Shares
from annstudio.engine import ActivationLayer, BatchNorm, Dense, Network, Trainer, initializers, optimizers
from annstudio.engine.board import Board
from annstudio.engine.layers.base import Layer
from annstudio.engine.threads import set_blas_threads
from tests.benchmarks._report import columns, main

HIDDEN, UNITS, BATCH, STEPS = 3, 100, 60, 6_000
SIDE, INK = 8, 16
RATES = (0.1, 0.5)
SEEDS = range(5)
EVERY = 10
"""Steps between two looks at the test part."""
PERCENTILES = (15, 50, 85)
WATCHED = 0.1
"""The rate at which the inputs of a unit are watched, with the first seed."""
PLAIN_GOAL, SPEED_GOAL = 0.9, 10
GOAL = (
    f"the plain network ends at a test accuracy of {PLAIN_GOAL} or better at both rates, and with batch normalization "
    f"that accuracy is there in at most 1/{SPEED_GOAL} of the steps"
)


def measure(figure: bool) -> dict[str, Any]:
    """Return test accuracies by step, the medians of all seeds, and what follows from them.

    Args:
        figure: draw them too.
    """
    set_blas_threads(1)
    found: dict[str, Any] = {
        "steps": list(range(EVERY, STEPS + 1, EVERY)),
        "rates": {str(rate): _compare(rate) for rate in RATES},
        "percentiles": {name: _watch(name == "normalized") for name in ("plain", "normalized")},
    }
    if figure:
        from tests.benchmarks._batch_norm_figure import draw

        draw(found)
    found["holds"] = all(
        compared["plain"][-1] >= PLAIN_GOAL and (compared["normalized_there"] or STEPS) <= STEPS / SPEED_GOAL
        for compared in found["rates"].values()
    )
    return found


def _compare(rate: float) -> dict[str, Any]:
    """Return the accuracies of both networks, and the steps after which each is first where the plain one ends."""
    plain, normalized = (np.median([_accuracies(bn, rate, seed) for seed in SEEDS], axis=0) for bn in (False, True))
    return {
        "plain": plain.tolist(),
        "normalized": normalized.tolist(),
        "plain_there": _first(plain, plain[-1]),
        "normalized_there": _first(normalized, plain[-1]),
    }


def _first(accuracies: Array, wanted: float) -> int | None:
    """Return the steps after which an accuracy is reached; None if it never is."""
    there = np.flatnonzero(accuracies >= wanted)
    return EVERY * (1 + int(there[0])) if len(there) else None


def _accuracies(normalized: bool, rate: float, seed: int) -> list[float]:
    digits = _digits(seed)
    answers = (trainer.predict(digits.x_test).argmax(axis=1) for trainer in _training(normalized, digits, rate, seed))
    return [float((classes == digits.classes).mean()) for classes in answers]


def _watch(normalized: bool) -> list[list[float]]:
    """Return percentiles of what enters the first logistic unit of the last hidden layer, by step, over the test part.

    They are those of the paper: the median, and 15 and 85, about a standard deviation to both sides of it.
    """
    seed, percentiles = SEEDS[0], []
    digits = _digits(seed)
    for trainer in _training(normalized, digits, WATCHED, seed):
        board = Board(trainer.network, trainer.weights, len(digits.x_test))
        board.input.a[...] = digits.x_test.T
        logistic = len(trainer.network.layers) - 2
        for place in range(logistic):
            run(board.step(place, np.empty_like).forward)
        entering = board.stages[logistic].inputs[0].a[0]
        percentiles.append(np.percentile(entering, PERCENTILES).tolist())
    return percentiles


def _training(normalized: bool, digits: "Digits", rate: float, seed: int) -> Iterator[Trainer]:
    """Train; yield the trainer at every look."""
    optimizer = optimizers["sgd"](learning_rate=rate)
    trainer = Trainer(_network(normalized), digits.x, digits.t, optimizer, BATCH, seed)
    for look in range(EVERY, STEPS + 1, EVERY):
        while trainer.steps < look:
            trainer.advance(look - trainer.steps)
        yield trainer


def _network(normalized: bool) -> Network:
    start = initializers["normal"](mean=0.0, standard_deviation=0.1)
    layers: list[Layer] = []
    for _ in range(HIDDEN):
        layers += [Dense(UNITS, "identity", start), *([BatchNorm()] if normalized else []), ActivationLayer("logistic")]
    return Network(SIDE**2, [*layers, Dense(10, "softmax", start)], "cross_entropy")


class Digits(NamedTuple):
    """Pictures with ink from 0 to 1, (samples, pixels): four fifths to train on with targets, the rest with classes."""

    x: Array
    t: Array
    x_test: Array
    classes: NDArray[np.intp]


def _digits(seed: int) -> Digits:
    """Return the digits, split by this seed."""
    data = prepare("digits", {}, seed, Shares(0.8, 0.0, 0.2), standardize=False)
    train, test = data.train, data.test
    return Digits(train.inputs / INK, train.targets, test.inputs / INK, test.targets.argmax(axis=1))


def table(figures: dict[str, Any]) -> str:
    """Return the figures as a table for people."""
    rows: list[list[object]] = [
        ["learning rate", "plain ends at", "plain there after", "with batch norm after", "fewer steps", "ends at"]
    ]
    for rate, found in figures["rates"].items():
        plain, normalized = found["plain_there"], found["normalized_there"]
        times = f"{plain / normalized:.0f} ×" if normalized else ""
        rows.append([rate, found["plain"][-1], plain, normalized or "never", times, found["normalized"][-1]])
    return columns(rows)


def add_options(parser: ArgumentParser) -> None:
    """Add the option that measure takes."""
    parser.add_argument("--figure", action="store_true", help="draw docs/pictures/batch_norm_paper.png")


if __name__ == "__main__":
    main(GOAL, measure, table, add_options)
