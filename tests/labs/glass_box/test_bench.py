import numpy as np
import pytest

from annstudio.labs.glass_box.bench import Batch, Bench
from annstudio.project.build import chain
from tests.labs.glass_box.rows import subject_of

PROJECT = chain("p", "exam", [(2, "tanh")], training={"batch_size": 7, "optimizer": "adam"})


def test_next_batch_is_the_one_that_training_takes_next():
    subject = subject_of(PROJECT, steps=4)
    bench = Bench(subject)
    moment = bench.moment()
    assert moment.batch == 7
    np.testing.assert_array_equal(moment.samples, subject.checkpoint.order[28:35])
    np.testing.assert_allclose(moment.weights, subject.checkpoint.weights)
    assert moment.trace.update.state_before["step"] == 4


def test_one_sample_alone_is_looked_at():
    subject = subject_of(PROJECT)
    moment = Bench(subject, Batch.ONE, 5).moment()
    assert moment.batch == 1
    assert moment.samples.tolist() == [5]
    np.testing.assert_allclose(moment.inputs[0], subject.prepared.train.inputs[5], rtol=1e-6)
    assert moment.trace.cost == pytest.approx(float(moment.trace.losses[0]), rel=1e-6)


def test_all_samples_are_one_batch():
    subject = subject_of(PROJECT)
    bench = Bench(subject, Batch.ALL, 3)
    assert bench.moment().batch == len(subject.prepared.train.inputs)
    assert bench.moment().samples[bench.moment().focus] == 3


def test_the_subject_is_left_alone():
    subject = subject_of(PROJECT, steps=2)
    before = subject.checkpoint.weights.copy()
    bench = Bench(subject)
    for _ in range(3):
        bench.forward()
    np.testing.assert_array_equal(subject.checkpoint.weights, before)


def test_going_back_brings_the_same_numbers():
    bench = Bench(subject_of(PROJECT))
    weights = []
    for _ in range(40):
        weights.append(bench.moment().weights)
        bench.forward()
    for step in (39, 12, 0):
        bench.go_to(step)
        np.testing.assert_array_equal(bench.moment().weights, weights[step])
    bench.forward()
    np.testing.assert_array_equal(bench.moment().weights, weights[1])


def test_the_oldest_steps_are_forgotten_when_there_are_many(monkeypatch):
    monkeypatch.setattr("annstudio.labs.glass_box.bench._MOST_NUMBERS", 300)
    bench = Bench(subject_of(PROJECT))
    for _ in range(30):
        bench.forward()
    assert bench.earliest > 0
    bench.go_to(0)
    assert bench.steps == bench.earliest


def test_cost_falls_by_the_step():
    bench = Bench(subject_of(chain("p", "exam", [(2, "tanh")], training={"optimizer": "sgd"})), Batch.ALL)
    before = bench.moment().trace.cost
    bench.forward()
    assert bench.moment().trace.cost < before
