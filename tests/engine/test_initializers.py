import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.core.errors import UserError
from annstudio.core.random import stream
from annstudio.engine.initializers import initializers
from tests.engine.oracle import INDEX

NAMES = {
    "xavier_uniform": "xavier_uniform",
    "xavier_normal": "xavier_normal",
    "he_uniform": "kaiming_uniform_relu",
    "he_normal": "kaiming_normal_relu",
    "normal": "normal_0.05",
    "uniform": "uniform_0.05",
}
"""What the reference values call ours."""
KURTOSIS = {"uniform": 1.8, "normal (not truncated)": 3.0}
SAMPLES = 200_000
RANDOM = [
    pytest.param(key, fans, id=f"{key}-{fans}")
    for key in initializers
    for fans in INDEX["initialisers"]["fans"]
    if key != "zeros"
]


def fan_numbers(fans):
    fan_in, _, fan_out = fans.partition("->")
    return int(fan_in), int(fan_out)


def many_weights(key, fans):
    """Return some 200,000 weights of layers of this size."""
    fan_in, fan_out = fan_numbers(fans)
    initializer, rng = initializers[key](), stream(5, "test")
    layers = math.ceil(SAMPLES / (fan_in * fan_out))
    return np.concatenate([initializer.sample(rng, fan_in, fan_out).ravel() for _ in range(layers)])


@pytest.mark.parametrize(("key", "fans"), RANDOM)
def test_weights_are_spread_as_the_reference_says(key, fans):
    expected = INDEX["initialisers"]["fans"][fans][NAMES[key]]
    w = many_weights(key, fans)
    sigma = expected["std"]
    assert abs(w.mean()) < 5 * sigma / math.sqrt(w.size)
    assert abs(w.std() / sigma - 1) < 5 / math.sqrt(2 * w.size)
    kurtosis = ((w / sigma) ** 4).mean()
    assert abs(kurtosis - KURTOSIS[expected["dist"]]) < 5 * math.sqrt(96 / w.size)
    if "bound" in expected:
        assert 0.999 * expected["bound"] < np.abs(w).max() <= expected["bound"]


@pytest.mark.parametrize("key", initializers)
@given(fan_in=st.integers(1, 40), fan_out=st.integers(1, 40), seed=st.integers(0, 2**32))
def test_a_stream_gives_the_same_matrix_each_time(key, fan_in, fan_out, seed):
    initializer = initializers[key]()
    first, second = (initializer.sample(stream(seed, "a"), fan_in, fan_out) for _ in range(2))
    assert first.shape == (fan_in, fan_out)
    assert first.dtype == np.float64
    np.testing.assert_array_equal(first, second)
    if key != "zeros":
        assert (first != initializer.sample(stream(seed, "b"), fan_in, fan_out)).all()


def test_zeros_are_zero():
    assert not initializers["zeros"]().sample(stream(0), 7, 3).any()


def test_settings_scale_the_weights():
    narrow, wide = (initializers["normal"](standard_deviation=s).sample(stream(1), 9, 9) for s in (0.5, 2))
    np.testing.assert_array_equal(4 * narrow, wide)
    narrow, wide = (initializers["uniform"](limit=r).sample(stream(1), 9, 9) for r in (0.5, 2))
    np.testing.assert_array_equal(4 * narrow, wide)


@pytest.mark.parametrize(("key", "setting"), [("normal", "standard_deviation"), ("uniform", "limit")])
@pytest.mark.parametrize("value", [0, -1, 1e9, float("nan"), "wide"])
def test_a_width_out_of_range_is_refused(key, setting, value):
    with pytest.raises(UserError):
        initializers[key](**{setting: value})
