"""scikit-learn's multi-layer perceptron, by `fit`."""

import time
import warnings
from collections.abc import Iterator
from typing import Any

from annstudio.data.prepare import Prepared
from tests.benchmarks._peers.base import Variant, samples
from tests.benchmarks.workloads import Workload

LABEL = "scikit-learn"
NEEDS: tuple[str, ...] = ("sklearn",)


def variants(workload: Workload, data: Prepared) -> Iterator[Variant]:
    """See Peer.variants."""
    x, t = samples(workload, data)
    fit = _Fit(workload, x, t.ravel())
    for threads in workload.threads:
        yield Variant("", threads, fit)


class _Fit:
    def __init__(self, workload: Workload, x: Any, t: Any) -> None:
        self.workload, self.x, self.t = workload, x, t
        self.steps_per_epoch = -(-len(x) // workload.batch)
        self.epoch_seconds = self.seconds(1)

    def __call__(self, seconds: float) -> float:
        epochs = max(1, round(seconds / self.epoch_seconds))
        spent = self.seconds(epochs)
        self.epoch_seconds = spent / epochs
        return epochs * self.steps_per_epoch / spent

    def seconds(self, epochs: int) -> float:
        """Fit anew for so many epochs; that none of them converges is what is wanted, so it may not warn."""
        from sklearn.neural_network import MLPClassifier, MLPRegressor

        kind: Any = MLPClassifier if self.workload.classes else MLPRegressor
        model = kind(
            hidden_layer_sizes=self.workload.sizes[1:-1],
            activation=self.workload.activation,
            solver=self.workload.optimizer,
            learning_rate_init=self.workload.learning_rate,
            batch_size=self.workload.batch,
            momentum=0.0,
            alpha=0.0,
            tol=0.0,
            n_iter_no_change=10**9,
            max_iter=epochs,
        )
        start = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(self.x, self.t)
        return time.perf_counter() - start
