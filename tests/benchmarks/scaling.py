"""What training costs as it grows: time by samples and by parameters, memory by steps.

Times are the shortest of several turns, because others at work on the machine can only lengthen them.
"""

import gc
import time
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from annstudio.engine.layers.dense import Dense
from annstudio.engine.layers.output import Output
from annstudio.engine.network import Network
from annstudio.engine.threads import set_blas_threads
from annstudio.engine.trainer import Trainer
from annstudio.training.history import COLUMNS, MOST_POINTS, History
from tests.benchmarks._report import columns, main

SAMPLES = (2_000, 4_000, 8_000, 16_000)
WIDTHS = (256, 512, 1024, 2048)
"""Of the inputs and of both hidden layers: wide enough for arithmetic to be what takes the time."""
TURNS = 7
STEPS = 10_000
EPOCHS = 1_000_000
EXPONENTS = (0.85, 1.15)
GROWTH_KB = 4
"""What Python itself may take, such as longer lists."""
GOAL = (
    f"time grows as a power from {EXPONENTS[0]} to {EXPONENTS[1]} of the samples and of the parameters; over {STEPS:,} "
    f"steps memory grows by at most {GROWTH_KB} KB; the curves keep at most {MOST_POINTS:,} of {EPOCHS:,} points"
)


def measure() -> dict[str, Any]:
    """Return seconds by size with the exponents fitted to them, and what memory comes to."""
    set_blas_threads(1)
    samples, parameters = _by_samples(), _by_parameters()
    growth, points = _growth(), _points()
    linear = all(EXPONENTS[0] <= grown["exponent"] <= EXPONENTS[1] for grown in (samples, parameters))
    return {
        "samples": samples,
        "parameters": parameters,
        "growth_kb": growth,
        "points": points,
        "holds": linear and growth <= GROWTH_KB and points <= MOST_POINTS,
    }


def _by_samples() -> dict[str, Any]:
    """An epoch of 64-64-32-10 in batches of 32."""
    trainers = [_trainer((64, 64, 32, 10), count, 32) for count in SAMPLES]
    return _fitted(SAMPLES, _shortest([partial(t.advance, t.batches.count) for t in trainers]))


def _by_parameters() -> dict[str, Any]:
    """A step with a batch of 128, the mean of two."""
    trainers = [_trainer((width, width, width, 10), 256, 128) for width in WIDTHS]
    sizes = [trainer.network.parameter_count for trainer in trainers]
    seconds = _shortest([partial(t.advance, 2) for t in trainers])
    return _fitted(sizes, [both / 2 for both in seconds])


def _trainer(sizes: Sequence[int], samples: int, batch: int) -> Trainer:
    rng = np.random.default_rng(0)
    layers = [*(Dense(units, "relu", "he_normal") for units in sizes[1:-1]), Output(sizes[-1], "softmax")]
    network = Network(sizes[0], layers, "cross_entropy")
    classes = np.eye(sizes[-1])[rng.integers(sizes[-1], size=samples)]
    return Trainer(network, rng.normal(size=(samples, sizes[0])), classes, "adam", batch)


def _shortest(works: Sequence[Callable[[], object]]) -> list[float]:
    """Return the shortest time of each work; all take turns, and the first turn only warms up."""
    turns = [[_seconds(work) for work in works] for _ in range(1 + TURNS)]
    return [min(times) for times in zip(*turns[1:], strict=True)]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _fitted(sizes: Sequence[int], seconds: Sequence[float]) -> dict[str, Any]:
    """Fit seconds ∝ sizeᵏ by least squares over the logarithms."""
    exponent = np.polynomial.Polynomial.fit(np.log(sizes), np.log(seconds), 1).convert().coef[1]
    return {"sizes": list(sizes), "seconds": list(seconds), "exponent": float(exponent)}


def _growth() -> float:
    """Return by how many KB memory has grown after all steps, once training is under way."""
    trainer = _trainer((64, 64, 32, 10), 1_000, 32)
    tracemalloc.start()
    _take(trainer, STEPS // 10)
    before = _traced()
    _take(trainer, STEPS)
    after = _traced()
    tracemalloc.stop()
    return (after - before) / 1024


def _traced() -> int:
    # Python keeps the memory of up to 2,000 freed tuples for later ones, until it collects its garbage.
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def _take(trainer: Trainer, steps: int) -> None:
    end = trainer.steps + steps
    while trainer.steps < end:
        trainer.advance(end - trainer.steps)


def _points() -> int:
    """Return how many points the curves of a very long run hold."""
    history, point = History(), [0.0] * len(COLUMNS)
    for _ in range(EPOCHS):
        history.append(point)
    return len(history)


def table(figures: dict[str, Any]) -> str:
    """Return the figures as a table for people."""
    return "\n".join(
        [
            _grown("samples", "ms per epoch", figures["samples"]),
            "",
            _grown("parameters", "ms per step", figures["parameters"]),
            "",
            f"memory after {STEPS:,} more steps: {figures['growth_kb']:+.1f} KB",
            f"points of the curves after {EPOCHS:,} epochs: {figures['points']:,}",
        ]
    )


def _grown(what: str, unit: str, grown: dict[str, Any]) -> str:
    pairs = list(zip(grown["sizes"], grown["seconds"], strict=True))
    rows: list[list[object]] = [
        [what, *(f"{size:,}" for size in grown["sizes"])],
        [unit, *(1e3 * seconds for _, seconds in pairs)],
        [f"ns per {what[:-1]}", *(1e9 * seconds / size for size, seconds in pairs)],
    ]
    return f"{columns(rows)}\ntime ∝ {what} to the power {grown['exponent']:.2f}"


if __name__ == "__main__":
    main(GOAL, measure, table)
