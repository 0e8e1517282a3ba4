"""Numbers too small for full precision count as zero while a network is trained, and only then and there."""

import threading

import numpy as np
import pytest

from annstudio.engine import arithmetic, helper
from annstudio.engine.arithmetic import fast_arithmetic
from annstudio.engine.layers.dense import Dense
from annstudio.engine.network import Network
from annstudio.engine.trainer import Trainer

SUBNORMAL = {"float32": 1e-40, "float64": 1e-310}


def keeps_subnormals(precision: str = "float32") -> bool:
    """Return whether this thread computes with them; a vector long enough for the processor's vector units."""
    return bool((np.full(64, SUBNORMAL[precision], precision) * np.float32(1)).any())


@pytest.mark.parametrize("precision", SUBNORMAL)
def test_subnormal_numbers_are_zero_in_the_block(precision):
    assert keeps_subnormals(precision)
    with fast_arithmetic():
        assert not keeps_subnormals(precision)
        with fast_arithmetic():
            pass
        assert not keeps_subnormals(precision)
    assert keeps_subnormals(precision)


def test_small_but_normal_numbers_stay():
    with fast_arithmetic():
        assert np.float32(2e-38) * np.float32(0.9) == np.float32(1.8e-38)


def test_an_error_in_the_block_sets_the_mode_back():
    with pytest.raises(ZeroDivisionError), fast_arithmetic():
        1 / 0  # noqa: B018
    assert keeps_subnormals()


def test_a_block_inside_another_leaves_the_mode_to_the_outer_one():
    with fast_arithmetic():
        with pytest.raises(ZeroDivisionError), fast_arithmetic():
            1 / 0  # noqa: B018
        assert not keeps_subnormals()
    assert keeps_subnormals()
    with fast_arithmetic():
        assert not keeps_subnormals()


def test_other_threads_do_not_notice():
    ready, go, found = threading.Event(), threading.Event(), []

    def other():
        ready.set()
        go.wait(5)
        found.append(keeps_subnormals())

    thread = threading.Thread(target=other)
    thread.start()
    ready.wait(5)
    with fast_arithmetic():
        go.set()
        thread.join()
    assert found == [True]


def test_overflows_are_silent():
    with fast_arithmetic():
        assert np.isinf(np.float32(1e30) * np.float32(1e30))


def test_the_helper_treats_numbers_as_its_thread_does():
    product = np.ones(64, "float32")
    done = threading.Thread(
        target=lambda: (
            helper.begin([(np.multiply, (np.full(64, 1e-40, "float32"), np.ones(64, "float32"), product))]),
            helper.wait(),
        )
    )
    done.start()
    done.join()
    assert not product.any()


def test_what_adam_remembers_of_a_silent_input_becomes_zero():
    x = np.ones((8, 3))
    x[:, 0] = 0
    trainer = Trainer(Network(3, [Dense(1)], "mse"), x, x[:, 1:2], "adam", 8)
    average = trainer.state["gradient_average"]
    average[0] = 2e-38
    for _ in range(20):
        trainer.advance(1)
    assert average[0] == 0
    assert average[1:].all()
    assert keeps_subnormals()


def test_where_the_mode_cannot_be_reached_only_overflows_are_silent(monkeypatch):
    monkeypatch.setattr(arithmetic, "_LAYOUTS", {})
    monkeypatch.setattr("sys.platform", "plan9")
    arithmetic._flusher.cache_clear()
    try:
        with fast_arithmetic():
            assert keeps_subnormals()
            assert np.isinf(np.float32(1e30) * np.float32(1e30))
    finally:
        arithmetic._flusher.cache_clear()
