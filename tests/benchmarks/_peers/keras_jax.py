"""Keras on JAX: by `fit`, and by the training loop of one's own that Keras shows for JAX, compiled as a whole.

XLA shares its work out to all processors by itself and cannot be told otherwise once it has started.
"""

import os
import time
from collections.abc import Iterator
from typing import Any

from annstudio.data.prepare import Prepared
from tests.benchmarks._peers.base import Steps, Variant, epochs, samples
from tests.benchmarks.workloads import Workload

LABEL = "Keras on JAX"
NEEDS: tuple[str, ...] = ("keras", "jax")


def variants(workload: Workload, data: Prepared) -> Iterator[Variant]:
    """See Peer.variants; compiling takes place in the first run."""
    os.environ["KERAS_BACKEND"] = "jax"
    x, t = samples(workload, data)
    yield Variant("fit", 1, _fit(workload, x, t))
    yield Variant("own loop", 1, _own_loop(workload, x, t))


def _fit(workload: Workload, x: Any, t: Any) -> Steps:
    model, loss, optimizer = _parts(workload)
    # Several steps at a time come back to Python less often.
    model.compile(optimizer, loss, steps_per_execution=16)
    steps_per_epoch = -(-len(x) // workload.batch)

    def run(seconds: float) -> float:
        steps, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            model.fit(x, t, batch_size=workload.batch, epochs=1, verbose=0)
            steps += steps_per_epoch
        return steps / (time.perf_counter() - start)

    return run


def _own_loop(workload: Workload, x: Any, t: Any) -> Steps:
    """Source: keras.io, Writing a training loop from scratch in JAX."""
    import jax

    model, loss, optimizer = _parts(workload)
    optimizer.build(model.trainable_variables)

    def cost(weights: Any, x: Any, t: Any) -> Any:
        outputs, _ = model.stateless_call(weights, [], x, training=True)
        return loss(t, outputs)

    gradient = jax.grad(cost)

    def step(state: Any, x: Any, t: Any) -> Any:
        weights, memory = state
        return optimizer.stateless_apply(memory, gradient(weights, x, t), weights)

    compiled = jax.jit(step, donate_argnums=0)
    state = [v.value for v in model.trainable_variables], [v.value for v in optimizer.variables]

    def epoch(order: Any) -> int:
        nonlocal state
        xs, ts = x[order], t[order]
        starts = range(0, len(x), workload.batch)
        for i in starts:
            state = compiled(state, xs[i : i + workload.batch], ts[i : i + workload.batch])
        jax.block_until_ready(state)
        return len(starts)

    return epochs(epoch, len(x))


def _parts(workload: Workload) -> tuple[Any, Any, Any]:
    """Return the network up to what its loss asks for, the loss, and the optimizer."""
    import keras

    hidden = [keras.layers.Dense(units, workload.activation) for units in workload.sizes[1:-1]]
    output = keras.layers.Dense(workload.sizes[-1], None if workload.classes else "tanh")
    model = keras.Sequential([keras.Input(workload.sizes[:1]), *hidden, output])
    if workload.classes:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    else:
        loss = keras.losses.MeanSquaredError()
    kind: Any = keras.optimizers.SGD if workload.optimizer == "sgd" else keras.optimizers.Adam
    return model, loss, kind(workload.learning_rate)
