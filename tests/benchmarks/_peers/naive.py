"""The textbook in NumPy: one expression per formula, new arrays everywhere."""

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np

from annstudio.data.prepare import Prepared
from tests.benchmarks._peers.base import Variant, epochs, samples
from tests.benchmarks.workloads import Workload

LABEL = "naive NumPy"
NEEDS: tuple[str, ...] = ()


def variants(workload: Workload, data: Prepared) -> Iterator[Variant]:
    """Return it in single and in double precision; see Peer.variants."""
    x, labels = samples(workload, data)
    t = np.eye(workload.sizes[-1], dtype="float32")[labels] if workload.classes else labels
    precisions: tuple[Literal["float32", "float64"], ...] = ("float32", "float64")
    for precision in precisions:
        naive = _Naive(workload, x.astype(precision), t.astype(precision))
        for threads in workload.threads:
            yield Variant(precision, threads, epochs(naive.epoch, len(x)))


class _Naive:
    def __init__(self, workload: Workload, x: Any, t: Any) -> None:
        rng = np.random.default_rng(0)
        self.workload, self.x, self.t = workload, x, t
        self.ws = [rng.normal(0, (2 / sum(shape)) ** 0.5, shape).astype(x.dtype) for shape in workload.shapes]
        self.bs = [np.zeros(shape[1], x.dtype) for shape in workload.shapes]
        self.ms = [np.zeros_like(p) for p in self.ws + self.bs]
        self.vs = [np.zeros_like(p) for p in self.ws + self.bs]
        self.count = 0

    def epoch(self, order: Any) -> int:
        x, t, batch = self.x[order], self.t[order], self.workload.batch
        starts = range(0, len(x), batch)
        for i in starts:
            self.step(x[i : i + batch], t[i : i + batch])
        return len(starts)

    def step(self, x: Any, t: Any) -> None:
        hs = [x]
        for w, b in zip(self.ws[:-1], self.bs[:-1], strict=True):
            hs.append(self.activation(hs[-1] @ w + b))
        y = self.output(hs[-1] @ self.ws[-1] + self.bs[-1])
        d = (y - t) / len(t) if self.workload.classes else 2 * (y - t) / y.size * (1 - y**2)
        grads_w: list[Any] = []
        grads_b: list[Any] = []
        for i in reversed(range(len(self.ws))):
            grads_w.insert(0, hs[i].T @ d)
            grads_b.insert(0, d.sum(axis=0))
            if i:
                d = (d @ self.ws[i].T) * self.slope(hs[i])
        self.update(grads_w + grads_b)

    def activation(self, z: Any) -> Any:
        return np.tanh(z) if self.workload.activation == "tanh" else np.maximum(z, 0)

    def slope(self, a: Any) -> Any:
        return 1 - a**2 if self.workload.activation == "tanh" else a > 0

    def output(self, z: Any) -> Any:
        if not self.workload.classes:
            return np.tanh(z)
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def update(self, gradients: list[Any]) -> None:
        self.count += 1
        rate = self.workload.learning_rate
        for i, (p, g) in enumerate(zip(self.ws + self.bs, gradients, strict=True)):
            if self.workload.optimizer == "sgd":
                p[...] -= rate * g
            else:
                self.ms[i] = 0.9 * self.ms[i] + 0.1 * g
                self.vs[i] = 0.999 * self.vs[i] + 0.001 * g**2
                m, v = self.ms[i] / (1 - 0.9**self.count), self.vs[i] / (1 - 0.999**self.count)
                p[...] -= rate * m / (np.sqrt(v) + 1e-8)
