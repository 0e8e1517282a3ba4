"""Training by the engine and by PyTorch, side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import numpy as np
import torch
from torch.nn.utils import clip_grad_norm_, clip_grad_value_

from annstudio.engine.activations import activations
from annstudio.engine.activations.base import Activation
from annstudio.engine.layers import layers
from annstudio.engine.layers.dense import Dense
from annstudio.engine.losses import losses
from annstudio.engine.losses.base import Loss
from annstudio.engine.network import Network
from annstudio.engine.optimizers import optimizers
from annstudio.engine.optimizers.base import Optimizer
from annstudio.engine.schedules import schedules
from annstudio.engine.schedules.base import Schedule
from annstudio.engine.trainer import Trainer
from annstudio.engine.update import Clipping
from tests.benchmarks._random_networks import OUTPUTS, Growing
from tests.benchmarks._torch_optimizers import CLASSES, optimizer_for, scheduler_for
from tests.benchmarks._torch_twin import ACTIVATIONS, LAYERS, LOSSES, Twin

GRAPHS = 8
STEPS = 100
STEPS_OF = {"lbfgs": 10}
"""Fewer where rounding alone parts longer paths."""
SAMPLES, BATCH = 44, 9
"""Five batches per epoch, the last one smaller."""

OPTIONS: dict[str, list[dict[str, Any]]] = {
    "sgd": [{}, {"momentum": 0.9}, {"momentum": 0.8, "nesterov": True}, {"momentum": 0.9, "dampening": 0.3}],
    "adagrad": [{}, {"lr_decay": 0.1, "initial_sum": 0.1}],
    "rmsprop": [{}, {"momentum": 0.5}, {"centered": True}],
    "qhadam": [{}, {"nu2": 0.8}],
    "lbfgs": [{"max_iter": 1}, {"max_iter": 1, "line_search": "none", "learning_rate": 0.5}],
}
VARIANTS: dict[str, list[dict[str, Any]]] = {
    "leaky_relu": [{"slope": 0.2}],
    "elu": [{"alpha": 0.5}],
    "celu": [{"alpha": 2}],
    "huber": [{"delta": 0.5}],
    "cross_entropy": [{"label_smoothing": 0.1}, {"class_weights": "1, 2, 0.5", "label_smoothing": 0.2}],
}
HEADS = {
    "quantities": ("identity", "tanh", "softmax", "softplus"),
    "probabilities": ("logistic",),
    "shares": ("softmax", "log_softmax"),
    "scores": ("identity", "tanh"),
}
"""Output activations that go with what a loss judges."""
SCHEDULES: list[tuple[str, dict[str, Any]]] = [
    ("constant", {}),
    ("step", {"period": 4, "decay": 0.5}),
    ("exponential", {"decay": 0.9}),
    ("plateau", {"patience": 1, "threshold": 0.01, "cooldown": 1}),
    ("warmup", {"period": 3, "start": 0.2}),
    ("cosine_restarts", {"period": 2, "growth": 2, "lowest": 0.1}),
    ("one_cycle", {"period": 25}),
]
CLIPPINGS = (Clipping(), Clipping(norm=0.5), Clipping(value=0.05))


@dataclass(frozen=True)
class Case:
    """What both train."""

    network: Network
    optimizer: Optimizer
    schedule: Schedule
    clipping: Clipping
    inputs: np.ndarray
    targets: np.ndarray
    batch: int


def cases(key: str, hidden: Iterator[Activation], heads: Iterator[tuple[Activation, Loss]]) -> Iterator[Case]:
    """Yield the cases of an optimizer."""
    for number in range(GRAPHS):
        rng = np.random.default_rng([list(CLASSES).index(key), number])
        if optimizers[key].evaluates:
            network = Network(4, [Dense(OUTPUTS)], "mse")
            schedule, clipping = schedules["constant"](), Clipping()
        else:
            network = Growing(rng, hidden).network(*next(heads))
            name, values = SCHEDULES[rng.integers(len(SCHEDULES))]
            schedule, clipping = schedules[name](**values), CLIPPINGS[rng.integers(len(CLIPPINGS))]
        loss = network.objective.loss
        inputs = rng.normal(size=(SAMPLES, network.inputs))
        targets = np.eye(OUTPUTS)[rng.integers(0, OUTPUTS, SAMPLES)]
        if loss.judges == "quantities":
            targets = rng.normal(0, 0.5, targets.shape)
        batch = SAMPLES if optimizers[key].evaluates else BATCH
        yield Case(network, _optimizer(key, rng, loss), schedule, clipping, inputs, targets, batch)


def left_out() -> list[str]:
    """Return the keys of what PyTorch is not asked about."""
    pairs = [
        (activations, ACTIVATIONS),
        (layers, {*LAYERS, "input", "output"}),
        (losses, LOSSES),
        (optimizers, CLASSES),
    ]
    return sorted(key for registry, compared in pairs for key in registry if key not in compared)


def deviations() -> dict[str, dict[str, Any]]:
    """Return, by optimizer, how many graphs were tried and the worst relative deviation of a cost."""
    torch.set_num_threads(1)
    hidden = cycle([made for key in ACTIVATIONS for made in _variants(activations[key])])
    heads = cycle(
        [
            (activations[head](), loss)
            for key in LOSSES
            for loss in _variants(losses[key])
            for head in HEADS[loss.judges]
        ]
    )
    rows = {}
    for key in CLASSES:
        found = [_deviation(case, STEPS_OF.get(key, STEPS)) for case in cases(key, hidden, heads)]
        rows[key] = {"graphs": len(found), "steps": STEPS_OF.get(key, STEPS), "deviation": max(found)}
    return rows


def _optimizer(key: str, rng: np.random.Generator, loss: Loss) -> Optimizer:
    entry = optimizers[key]
    several = OPTIONS.get(key, [{}])
    options = several[rng.integers(len(several))]
    if any(param.key == "weight_decay" for param in entry.info.params):
        options = {"weight_decay": float(rng.choice([0, 0.01])), **options}
    if loss.sums:
        options = {"learning_rate": entry().params["learning_rate"] / SAMPLES, **options}
    return entry(**options)


def _variants(entry: Any) -> list[Any]:
    """Return an entry with its defaults, and with other parameters."""
    return [entry(), *(entry(**values) for values in VARIANTS.get(entry.info.key, []))]


def _deviation(case: Case, steps: int) -> float:
    ours, theirs = np.array(list(_curves(case, steps))).T
    return float(np.max(np.abs(ours - theirs) / np.maximum(np.abs(theirs), 1e-300)))


def _curves(case: Case, steps: int) -> Iterator[tuple[float, float]]:
    """Yield the engine's cost and PyTorch's: of each batch, and of all samples as after training at an epoch's end."""
    weights = case.network.initial_weights(0)
    trainer = Trainer(
        case.network,
        case.inputs,
        case.targets,
        case.optimizer,
        case.batch,
        precision="float64",
        weights=weights,
        schedule=case.schedule,
        clipping=case.clipping,
    )
    peer = Peer(case, weights)
    for step in range(steps):
        position = step % trainer.batches.count
        trainer.advance(1)
        chosen = trainer.batches.order[position * case.batch : (position + 1) * case.batch]
        cost = peer.step(chosen)
        yield trainer.last_cost(), cost
        ended = position + 1 == trainer.batches.count
        whole = peer.whole_cost() if ended else float("nan")
        peer.schedule(step + 1, whole)
        if ended:
            ours, _ = trainer.cost(case.inputs, case.targets)
            trainer.observe(ours)
            yield ours, whole


class Peer:
    """PyTorch at the same case."""

    def __init__(self, case: Case, weights: np.ndarray) -> None:
        self._clipping = case.clipping
        self._x, self._t = torch.from_numpy(case.inputs), torch.from_numpy(case.targets)
        self._twin = Twin(case.network, weights)
        self._optimizer = optimizer_for(case.optimizer, self._twin)
        self.schedule = scheduler_for(case.schedule, self._optimizer, -(-SAMPLES // case.batch))

    def step(self, chosen: np.ndarray) -> float:
        """Train on these samples; return their cost from before."""
        x, t = self._x[chosen], self._t[chosen]

        def evaluate() -> torch.Tensor:
            self._optimizer.zero_grad()
            cost = self._twin.cost(x, t)
            cost.backward()
            return cost

        if isinstance(self._optimizer, torch.optim.LBFGS):
            return self._optimizer.step(evaluate).item()
        cost = evaluate().item()
        if self._clipping.value:
            clip_grad_value_(self._twin.parameters(), self._clipping.value)
        if self._clipping.norm:
            clip_grad_norm_(self._twin.parameters(), self._clipping.norm)
        self._optimizer.step()
        return cost

    def whole_cost(self) -> float:
        """Return the cost of all samples, as after training."""
        self._twin.eval()
        with torch.no_grad():
            cost = self._twin.cost(self._x, self._t).item()
        self._twin.train()
        return cost
