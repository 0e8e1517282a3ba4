"""Training steps per second: this engine, as the app uses it, beside its peers.

One step is forward, backward and update of one mini-batch in float32. The engine runs inside a session's worker thread,
which also measures cost and accuracy of the training and the validation part after each epoch and hands out a
snapshot fifteen times a second, as beside the window. The peers only train. All take turns within one run, and only
ratios within a round count, because machines are noisy. Needs the extra `bench`.
"""

import statistics
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from annstudio.data.prepare import Prepared
from annstudio.engine.threads import set_blas_threads
from annstudio.project.compile import compile_data
from annstudio.project.edits import set_value
from annstudio.project.model import Project
from annstudio.training.session import Session
from annstudio.training.snapshot import Snapshot
from tests.benchmarks._report import columns, main
from tests.benchmarks.workloads import WORKLOADS, Workload

ROUNDS = 5
SECONDS = 1.0
Steps = Callable[[float], float]
"""Trains for about this many seconds and returns steps per second."""

GOAL = "at least 15 × PyTorch eager on A and B, and 5 × on C"


class Studio:
    """The engine as the app uses it."""

    def __init__(self, workload: Workload) -> None:
        project = workload.project()
        self.session = Session(project if workload.classes else _tanh_output(project))
        self._wait(lambda snapshot: True)

    def __call__(self, seconds: float) -> float:
        """Run for a while, reading snapshots as the window does."""
        self.session.run()
        begin = self._wait(lambda snapshot: snapshot.state == "running")
        start = time.perf_counter()
        latest = begin
        while time.perf_counter() - start < seconds:
            time.sleep(1 / 15)
            latest = self.session.mailbox.take() or latest
        self.session.pause()
        latest = self._wait(lambda snapshot: snapshot.state == "paused")
        return (latest.step - begin.step) / (time.perf_counter() - start)

    def _wait(self, wanted: Callable[[Snapshot], bool]) -> Snapshot:
        while True:
            snapshot = self.session.mailbox.take()
            if snapshot is not None and wanted(snapshot):
                return snapshot
            time.sleep(0.0005)


def _tanh_output(project: Project) -> Project:
    return set_value(project, "output", "activation", "tanh")


def naive(workload: Workload, data: Prepared) -> Steps:
    """The textbook in NumPy: one expression per formula, new arrays everywhere."""
    rng = np.random.default_rng(0)
    x, t = data.train.inputs.astype("float32"), data.train.targets.astype("float32")
    shapes = list(zip(workload.sizes, workload.sizes[1:], strict=False))
    ws = [rng.normal(0, (2 / sum(s)) ** 0.5, s).astype("float32") for s in shapes]
    bs = [np.zeros(n, "float32") for _, n in shapes]
    ms = [np.zeros_like(p) for p in ws + bs]
    vs = [np.zeros_like(p) for p in ws + bs]
    count = 0

    def act(z: Any) -> Any:
        return np.tanh(z) if workload.activation == "tanh" else np.maximum(z, 0)

    def slope(a: Any) -> Any:
        return 1 - a**2 if workload.activation == "tanh" else (a > 0).astype("float32")

    def output(z: Any) -> Any:
        if not workload.classes:
            return np.tanh(z)
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def step(xb: Any, tb: Any) -> None:
        nonlocal count
        hs = [xb]
        for w, b in zip(ws[:-1], bs[:-1], strict=True):
            hs.append(act(hs[-1] @ w + b))
        y = output(hs[-1] @ ws[-1] + bs[-1])
        d = (y - tb) / len(tb) if workload.classes else 2 * (y - tb) / y.size * (1 - y**2)
        grads_w, grads_b = [], []
        for i in range(len(ws) - 1, -1, -1):
            grads_w.insert(0, hs[i].T @ d)
            grads_b.insert(0, d.sum(axis=0))
            if i:
                d = (d @ ws[i].T) * slope(hs[i])
        count += 1
        for i, (p, g) in enumerate(zip(ws + bs, grads_w + grads_b, strict=True)):
            if workload.optimizer == "sgd":
                p[...] -= np.float32(workload.learning_rate) * g
            else:
                ms[i] = 0.9 * ms[i] + 0.1 * g
                vs[i] = 0.999 * vs[i] + 0.001 * g**2
                m, v = ms[i] / (1 - 0.9**count), vs[i] / (1 - 0.999**count)
                p[...] -= workload.learning_rate * m / (np.sqrt(v) + 1e-8)

    return _epochs(step, lambda order: (x[order], t[order]), len(x), workload.batch)


def torch_eager(workload: Workload, data: Prepared) -> Steps:
    """PyTorch, eager mode, with the thread count that suits it best here (one, for these sizes)."""
    import torch
    from torch import nn

    torch.set_num_threads(1)
    x = torch.tensor(data.train.inputs, dtype=torch.float32)
    t = torch.tensor(data.train.targets, dtype=torch.float32)
    act: Any = nn.Tanh if workload.activation == "tanh" else nn.ReLU
    layers: list[Any] = []
    for a, b in zip(workload.sizes, workload.sizes[1:], strict=False):
        layers += [nn.Linear(a, b), act()]
    model = nn.Sequential(*layers[:-1], *([] if workload.classes else [nn.Tanh()]))
    loss = nn.CrossEntropyLoss() if workload.classes else nn.MSELoss()
    kind: Any = torch.optim.SGD if workload.optimizer == "sgd" else torch.optim.Adam
    optimizer = kind(model.parameters(), lr=workload.learning_rate)
    labels: Any = t.argmax(dim=1) if workload.classes else t

    def step(xb: Any, tb: Any) -> None:
        optimizer.zero_grad()
        loss(model(xb), tb).backward()
        optimizer.step()

    return _epochs(step, lambda order: (x[order], labels[order]), len(x), workload.batch)


def scikit_learn(workload: Workload, data: Prepared) -> Steps:
    """scikit-learn's multi-layer perceptron, by `fit`."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    x, t = data.train.inputs.astype("float32"), data.train.targets.astype("float32")
    steps_per_epoch = -(-len(x) // workload.batch)

    def fit(epochs: int) -> float:
        options: dict[str, Any] = {
            "hidden_layer_sizes": workload.sizes[1:-1],
            "activation": workload.activation,
            "solver": workload.optimizer,
            "learning_rate_init": workload.learning_rate,
            "batch_size": workload.batch,
            "momentum": 0.0,
            "alpha": 0.0,
            "tol": 0.0,
            "n_iter_no_change": 10**9,
            "max_iter": epochs,
        }
        model = MLPClassifier(**options) if workload.classes else MLPRegressor(**options)
        start = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(x, t.argmax(axis=1) if workload.classes else t.ravel())
        return time.perf_counter() - start

    per_epoch = fit(10) / 10

    def run(seconds: float) -> float:
        epochs = max(2, int(seconds / per_epoch))
        return epochs * steps_per_epoch / fit(epochs)

    return run


def _epochs(
    step: Callable[[Any, Any], None], take: Callable[[Any], tuple[Any, Any]], samples: int, batch: int
) -> Steps:
    """Return a training loop that reshuffles before each epoch and slices batches off the shuffled copy."""
    rng = np.random.default_rng(0)

    def run(seconds: float) -> float:
        steps, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            x, t = take(rng.permutation(samples))
            for i in range(0, samples, batch):
                step(x[i : i + batch], t[i : i + batch])
                steps += 1
        return steps / (time.perf_counter() - start)

    return run


def measure() -> dict[str, Any]:
    """Return steps per second of everyone on every workload, and this engine's ratios to its peers."""
    rows, holds = {}, True
    for workload in WORKLOADS:
        rows[workload.name] = row = _measure(workload)
        row["goal"] = workload.eager_goal
        holds &= row["ratio"]["torch_eager"] >= workload.eager_goal
    return {"workloads": rows, "holds": holds}


def _measure(workload: Workload) -> dict[str, Any]:
    data = compile_data(workload.project())
    studio = Studio(workload)
    set_blas_threads(1)
    runners: dict[str, Steps] = {
        "studio": studio,
        "naive": naive(workload, data),
        "scikit_learn": scikit_learn(workload, data),
        "torch_eager": torch_eager(workload, data),
    }
    for run in runners.values():
        run(0.3)
    rounds = [{name: run(SECONDS) for name, run in runners.items()} for _ in range(ROUNDS)]
    studio.session.close()
    rates = {name: statistics.median(r[name] for r in rounds) for name in runners}
    ratios = {name: statistics.median(r["studio"] / r[name] for r in rounds) for name in runners if name != "studio"}
    return {"about": workload.about, "steps_per_second": rates, "ratio": ratios}


def table(figures: dict[str, Any]) -> str:
    """Return the figures as a table for people."""
    rows: list[list[object]] = [["steps/s (times slower)", "studio", "naive NumPy", "scikit-learn", "PyTorch eager"]]
    for name, row in figures["workloads"].items():
        rates, ratios = row["steps_per_second"], row["ratio"]
        rows.append(
            [f"{name}  {row['about']}", rates["studio"]]
            + [f"{rates[peer]:,.0f} ({ratios[peer]:.1f} ×)" for peer in ("naive", "scikit_learn", "torch_eager")]
        )
    return columns(rows)


if __name__ == "__main__":
    main(GOAL, measure, table)
