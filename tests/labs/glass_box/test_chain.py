from math import prod

import pytest

from annstudio.labs.glass_box.bench import Batch, Bench
from annstudio.labs.glass_box.chain import chain_of, count_paths, paths_to
from annstudio.project import edits
from annstudio.project.build import chain, put_before
from tests.labs.glass_box.rows import subject_of


def bench_of(data="exam", hidden=((3, "tanh"), (2, "logistic")), **training):
    training = {"precision": "float64", **training}
    return Bench(subject_of(chain("p", data, list(hidden), training=training), steps=3))


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_factors_multiply_to_the_samples_share(place):
    bench = bench_of()
    moment = bench.moment()
    found = chain_of(moment, place, "kernel", (1, 0))
    assert prod(factor.value for factor in found.factors) == pytest.approx(found.share, rel=1e-9)


@pytest.mark.parametrize("data", ["exam", "iris"])
@pytest.mark.parametrize("place", [0, 1])
def test_all_paths_add_up_to_what_arrives(data, place):
    moment = bench_of(data).moment()
    for unit in range(2):
        paths = paths_to(moment, place, unit)
        assert len(paths) == count_paths(moment, place)
        assert sum(path.value for path in paths) == pytest.approx(moment.error(place, unit), rel=1e-9)


def test_paths_through_a_shortcut_add_up():
    project = put_before(chain("p", "exam", [(2, "tanh")], training={"precision": "float64"}), "output", ("add", {}))
    moment = Bench(subject_of(project)).moment()
    assert count_paths(moment, 0) is None


@pytest.mark.parametrize(("part", "index"), [("kernel", (0, 1)), ("bias", (1,))])
@pytest.mark.parametrize("place", [0, 1])
def test_the_finite_difference_agrees(place, part, index):
    bench = bench_of(batch_size=8)
    found = bench.difference(bench.moment(), place, part, index)
    assert found.holds
    assert found.relative < 1e-6
    assert found.value == pytest.approx(float(bench.moment().layer(place).gradients[part][index]), rel=1e-6)


def test_dropout_drops_the_same_values_in_the_difference():
    project = put_before(
        chain("p", "exam", [(6, "tanh")], training={"precision": "float64"}), "output", ("dropout", {"rate": 0.5})
    )
    bench = Bench(subject_of(project, steps=5))
    for unit in range(6):
        assert bench.difference(bench.moment(), 0, "kernel", (0, unit)).holds


def test_single_precision_is_forgiven():
    bench = bench_of(precision="float32")
    assert bench.difference(bench.moment(), 0, "kernel", (0, 0)).holds


def test_the_perceptrons_rule_is_no_derivative_and_it_is_said_so():
    project = chain("p", "gate_and", [], training={"optimizer": "perceptron", "loss": "mse", "precision": "float64"})
    bench = Bench(subject_of(edits.set_value(project, "output", "activation", "binary_step")), Batch.ALL)
    moment = bench.moment()
    found = bench.difference(moment, 0, "bias", (0,))
    assert not found.holds
    assert "no derivative" in str(found.why)


def test_a_kink_is_named():
    project = chain("p", "gate_and", [(1, "relu")], training={"precision": "float64", "seed": 0})
    for key, value in (("initializer", "listed"), ("initializer.values", "0, 0"), ("initializer.biases", "0")):
        project = edits.set_value(project, "dense-1", key, value)
    bench = Bench(subject_of(project), Batch.ALL)
    found = bench.difference(bench.moment(), 0, "bias", (0,))
    assert not found.holds
    assert "kink" in str(found.why)
