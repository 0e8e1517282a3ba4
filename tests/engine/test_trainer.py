"""The trainer: reference curves, batches, order, precision, speed without allocation."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.engine.activations import activations
from annstudio.engine.batches import SEGMENT
from annstudio.engine.initializers import initializers
from annstudio.engine.layers.dense import Dense
from annstudio.engine.losses import losses
from annstudio.engine.network import Network
from annstudio.engine.optimizers import optimizers
from annstudio.engine.schedules import schedules
from annstudio.engine.trainer import Trainer
from tests.engine.oracle import INDEX

ORACLE = np.load(Path(__file__).parent.parent / "data" / "torch_ref.npz")
CURVES = {
    "sgd": ("sgd", {"learning_rate": 0.1}),
    "momentum": ("sgd", {"learning_rate": 0.1, "momentum": 0.9}),
    "nesterov": ("sgd", {"learning_rate": 0.1, "momentum": 0.9, "nesterov": True}),
    "adagrad": ("adagrad", {"learning_rate": 0.1}),
    "rmsprop": ("rmsprop", {"learning_rate": 0.01}),
    "adadelta": ("adadelta", {"learning_rate": 1.0}),
    "adam": ("adam", {"learning_rate": 0.01}),
    "adamw": ("adamw", {"learning_rate": 0.01}),
    "nadam": ("nadam", {"learning_rate": 0.01}),
    "adamax": ("adamax", {"learning_rate": 0.01}),
}


def network(hidden: str, output: str, loss: str, sizes: tuple[int, ...] = (5, 7, 4, 3)) -> Network:
    start = initializers["xavier_uniform"]()
    layers = [Dense(units, activations[hidden](), start) for units in sizes[1:-1]]
    return Network(sizes[0], [*layers, Dense(sizes[-1], activations[output](), start)], losses[loss]())


def trainer(samples: int = 50, batch: int = 8, **options: object) -> Trainer:
    rng = np.random.default_rng(3)
    inputs, targets = rng.normal(size=(samples, 5)), rng.normal(size=(samples, 3))
    return Trainer(network("tanh", "identity", "mse"), inputs, targets, optimizers["adam"](), batch, **options)


def test_every_curve_of_the_oracle_is_followed() -> None:
    assert {case.partition(".")[0] for case in INDEX["networks"]["curves_21_full_batch_losses"]} == set(CURVES)


@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize("problem", ["tanh.softmax_cce", "relu.identity_mse"])
def test_twenty_full_batches_follow_the_oracle(curve: str, problem: str) -> None:
    hidden, head = problem.split(".")
    classes = head == "softmax_cce"
    net = network(hidden, *(("softmax", "cross_entropy") if classes else ("identity", "mse")))
    weights = np.empty(net.parameter_count)
    for i, (block,) in enumerate(net.views(weights)):
        block[:-1], block[-1] = ORACLE[f"net.W{i}"], ORACLE[f"net.b{i}"]
    key, params = CURVES[curve]
    inputs, targets = ORACLE["net.X"], ORACLE["net.Y_onehot" if classes else "net.Y_reg"]
    # The reference lets weight decay act on biases too.
    net.kernels = lambda: np.ones(net.trainable_count)
    run = Trainer(net, inputs, targets, optimizers[key](**params), 12, precision="float64", weights=weights)
    costs = []
    for _ in range(21):
        costs.append(run.evaluator.cost(inputs, targets)[0])
        run.advance(1)
    np.testing.assert_allclose(costs, ORACLE[f"net.curve.{curve}.{problem}"], rtol=1e-12)


@given(samples=st.integers(2, 40), batch=st.integers(1, 50), chunk=st.integers(1, 30))
def test_an_epoch_sees_every_sample_once(samples: int, batch: int, chunk: int) -> None:
    """With one linear unit and a tiny rate, the sum of all gradients tells which samples were seen."""
    net = network("tanh", "identity", "rss", (1, 1))
    inputs, targets = np.ones((samples, 1)), 2.0 ** np.arange(samples)[:, None]
    run = Trainer(net, inputs, targets, optimizers["sgd"](), min(batch, samples), 0, "float64", np.zeros(2))
    run.set_learning_rate(1e-25)
    taken = 0
    while run.epoch == 0:
        taken += run.advance(chunk)
    assert taken == run.batches.count == -(-samples // min(batch, samples))
    assert run.batch == 0
    np.testing.assert_allclose(run.weights, 2e-25 * targets.sum(), rtol=1e-6)


def test_more_batches_than_a_segment_holds() -> None:
    net = network("tanh", "identity", "rss", (1, 1))
    samples = 2 * SEGMENT + 37
    targets = np.arange(1.0, samples + 1)[:, None]
    run = Trainer(
        net,
        np.ones((samples, 1)),
        targets,
        optimizers["sgd"](),
        1,
        0,
        "float64",
        np.zeros(2),
    )
    run.set_learning_rate(1e-20)
    for _ in range(samples):
        run.advance(1)
    assert run.epoch == 1
    np.testing.assert_allclose(run.weights, 2e-20 * targets.sum(), rtol=1e-9)


def test_every_epoch_is_shuffled_anew() -> None:
    """Batches of one, and a rate so large that the last sample alone decides: epochs end on different ones."""
    net = network("tanh", "identity", "mse", (1, 1))
    targets = np.arange(64.0)[:, None]
    run = Trainer(net, np.zeros((64, 1)), targets, optimizers["sgd"](learning_rate=0.5), 1, 0, "float64", np.zeros(2))
    lasts = []
    for _ in range(8):
        run.advance(64)
        lasts.append(float(run.weights[1]))
    assert len(set(lasts)) > 4


def test_the_smaller_batch_at_an_epochs_end_is_averaged_over_its_own_samples() -> None:
    net = network("tanh", "identity", "mse", (1, 1))
    targets = np.arange(1.0, 6)[:, None]
    run = Trainer(net, np.zeros((5, 1)), targets, optimizers["sgd"](), 4, 0, "float64", np.zeros(2))
    run.set_learning_rate(1e-20)
    run.advance(2)
    drawn = targets[run.batches.order, 0]
    np.testing.assert_allclose(run.weights[1], 2e-20 * (drawn[:4].mean() + drawn[4]), rtol=1e-12)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_the_same_seed_gives_bit_equal_weights(precision: str) -> None:
    runs = [trainer(precision=precision, seed=7) for _ in range(2)]
    for run, chunk in zip(runs, (1, 1000), strict=True):
        while run.epoch < 5:
            run.advance(chunk)
    assert runs[0].weights.dtype == precision
    assert runs[0].weights.tobytes() == runs[1].weights.tobytes()
    assert trainer(seed=8).weights.tobytes() != trainer(seed=7).weights.tobytes()


def test_evaluating_does_not_disturb_training() -> None:
    looked, alone = trainer(), trainer()
    for _ in range(20):
        looked.advance(1)
        looked.evaluator.outputs(np.zeros((3, 5)))
        alone.advance(1)
    assert looked.weights.tobytes() == alone.weights.tobytes()


@pytest.mark.parametrize("key", list(optimizers))
def test_the_last_cost_is_that_of_the_weights_before_the_step(key: str) -> None:
    """Also where a step tries several weights."""
    rng = np.random.default_rng(0)
    inputs, targets = rng.normal(size=(12, 5)), rng.normal(size=(12, 3))
    run = Trainer(network("tanh", "identity", "mse"), inputs, targets, optimizers[key](), 12, precision="float64")
    assert np.isnan(run.last_cost())
    for _ in range(3):
        before, _ = run.cost(inputs, targets)
        run.advance(1)
        assert run.last_cost() == pytest.approx(before, rel=1e-12)


def test_the_learning_rate_counts_from_the_next_step() -> None:
    run = trainer()
    run.advance(3)
    before = run.weights.copy()
    run.set_learning_rate(0.0)
    run.advance(3)
    assert np.array_equal(run.weights, before)


@pytest.mark.parametrize("key", list(optimizers))
def test_a_step_allocates_nothing(key: str) -> None:
    net = network("leaky_relu", "softmax", "cross_entropy")
    rng = np.random.default_rng(0)
    run = Trainer(net, rng.normal(size=(40, 5)), np.eye(3)[rng.integers(0, 3, 40)], optimizers[key](), 8)
    tracemalloc.start()
    # Python keeps up to 2,000 freed tuples of each size for later, which takes a while to fill up.
    for _ in range(2500):
        run.advance(5)
    before, _ = tracemalloc.get_traced_memory()
    for _ in range(2000):
        run.advance(5)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 2000


@pytest.mark.parametrize("key", list(optimizers))
def test_a_checkpoint_brings_back_weights_memory_and_counts(key: str) -> None:
    """Training on from it, in an order of its own but with one batch for all, is training on from then."""
    rng = np.random.default_rng(0)
    inputs, targets = rng.normal(size=(12, 5)), rng.normal(size=(12, 3))
    run = Trainer(network("tanh", "identity", "mse"), inputs, targets, optimizers[key](), 12, precision="float64")
    run.advance(1)
    run.advance(1)
    then = run.checkpoint()
    run.advance(1)
    expected, counts = run.weights.copy(), (run.epoch, run.steps)
    run.gradient[:] = np.nan
    run.weights[:] = np.inf
    for values in run.state.values():
        values[...] = np.nan
    run.restore(then)
    run.advance(1)
    np.testing.assert_allclose(run.weights, expected, rtol=1e-12)
    assert (run.epoch, run.steps) == counts


@pytest.mark.parametrize("key", list(schedules))
def test_from_within_an_epoch_everything_comes_again_as_it_came(key: str) -> None:
    """Orders, and what the schedule makes of a cost that does not fall."""
    run = trainer(schedule=schedules[key](**({"patience": 1} if key == "plateau" else {})))

    def train() -> bytes:
        for _ in range(3):
            run.advance(100)
            run.observe(1.0)
        return run.weights.tobytes()

    train()
    run.advance(3)
    then = run.checkpoint()
    expected = train()
    run.restore(then)
    assert train() == expected


def test_the_last_costs_are_those_of_each_batch_with_the_weights_from_before_its_step() -> None:
    run, other = trainer(precision="float64"), trainer(precision="float64")
    run.advance(5)
    expected = []
    for _ in range(5):
        other.advance(1)
        expected.append(other.last_cost())
    assert run.last_costs(3) == pytest.approx(expected[2:], rel=1e-12)
    assert run.last_costs(99) == pytest.approx(expected, rel=1e-12)
    run.advance(2)  # 50 samples are 6 batches of 8 and one of 2.
    assert run.batch == 0
    assert len(run.last_costs(99)) == 7
    assert run.last_costs(1) == [run.last_cost()]
    assert trainer().last_costs(2) == []


def test_the_samples_of_the_next_step_are_known_before_it() -> None:
    run = trainer(samples=10, batch=4)
    inputs, _ = run.samples
    for _ in range(6):
        coming = run.coming()
        np.testing.assert_array_equal(coming, run.coming())
        slot = run.batch
        run.advance(1)
        seen = run.batches.batch(slot % run.batches.count, len(coming)).h[:-1].T
        np.testing.assert_array_equal(seen, inputs[coming])
