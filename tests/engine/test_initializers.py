import math
import re

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
    "lecun_uniform": "lecun_uniform",
    "lecun_normal": "lecun_normal",
    "pytorch": "linear_default",
    "normal": "normal_0.05",
    "uniform": "uniform_0.05",
    "truncated_normal": "trunc_normal_std1",
}
"""What the reference values call ours."""
SETTINGS = {"truncated_normal": {"standard_deviation": 1.0}}
"""What the reference values were drawn with, where it is not our default."""
FIXED = {"zeros": 0.0, "constant": 0.1, "listed": 0.1}
"""The weights that are not drawn."""
KURTOSIS = {"uniform": 1.8, "normal (not truncated)": 3.0, "normal cut at +-2 std": 2.3654}
"""E[w⁴] / E[w²]²; of the cut normal, (3 − 28φ(2) / (2Φ(2) − 1)) / 0.8796⁴."""
LECTURE = ["zeros", "normal", "uniform", "xavier_uniform", "xavier_normal", "he_normal", "he_uniform"]
SAMPLES = 200_000
REFERENCES = [pytest.param(key, fans, id=f"{key}-{fans}") for key in NAMES for fans in INDEX["initialisers"]["fans"]]
BIASES = [key for key, entry in initializers.items() if entry.suits_biases]
SIZES = [(1, 1), (1, 7), (7, 1), (5, 5), (3, 8), (8, 3), (64, 100)]


def fan_numbers(fans):
    fan_in, _, fan_out = fans.partition("->")
    return int(fan_in), int(fan_out)


def many_weights(initializer, fan_in, fan_out):
    """Return some 200,000 weights of layers of this size."""
    rng, layers = stream(5, "test"), math.ceil(SAMPLES / (fan_in * fan_out))
    return np.concatenate([initializer.sample(rng, fan_in, fan_out).ravel() for _ in range(layers)])


def assert_spread(w, sigma, kurtosis):
    """The mean is 0, and deviation and kurtosis are as said, up to five standard errors."""
    assert abs(w.mean()) < 5 * sigma / math.sqrt(w.size)
    assert abs(w.std() / sigma - 1) < 5 / math.sqrt(2 * w.size)
    assert abs(((w / sigma) ** 4).mean() - kurtosis) < 5 * math.sqrt(96 / w.size)


def test_the_lecture_comes_first_and_the_rest_is_more():
    assert list(initializers)[: len(LECTURE)] == LECTURE
    assert [key for key, entry in initializers.items() if not entry.info.more] == LECTURE


@pytest.mark.parametrize("key", initializers)
def test_the_reference_has_its_year(key):
    assert re.search(r" (19|20)\d\d, ", initializers[key].info.reference)


@pytest.mark.parametrize(("key", "fans"), REFERENCES)
def test_weights_are_spread_as_the_reference_says(key, fans):
    expected = INDEX["initialisers"]["fans"][fans][NAMES[key]]
    w = many_weights(initializers[key](**SETTINGS.get(key, {})), *fan_numbers(fans))
    assert_spread(w, expected["std"], KURTOSIS[expected["dist"]])
    if "bound" in expected:
        assert 0.999 * expected["bound"] < np.abs(w).max() <= expected["bound"]


def test_the_playground_draws_between_halves():
    w = many_weights(initializers["playground"](), 4, 3)
    assert_spread(w, 1 / math.sqrt(12), KURTOSIS["uniform"])
    assert 0.499 < np.abs(w).max() <= 0.5


def test_the_truncated_normal_has_no_tails():
    w = many_weights(initializers["truncated_normal"](mean=-1.0, standard_deviation=0.1), 30, 20)
    assert 0.199 < np.abs(w + 1).max() <= 0.2


def test_the_truncated_normal_has_the_shape_of_the_normal_inside():
    w = many_weights(initializers["truncated_normal"](standard_deviation=1.0), 30, 20)
    kept = math.erf(math.sqrt(2))
    for z in (0.25, 0.5, 1, 1.5):
        share = math.erf(z / math.sqrt(2)) / kept
        assert abs((np.abs(w) < z).mean() - share) < 5 * math.sqrt(share * (1 - share) / w.size)


@pytest.mark.parametrize("gain", [1.0, math.sqrt(2)])
@pytest.mark.parametrize(("fan_in", "fan_out"), SIZES)
def test_orthogonal_weights_are_orthonormal(fan_in, fan_out, gain):
    q = initializers["orthogonal"](gain=gain).sample(stream(3), fan_in, fan_out) / gain
    products = q.T @ q if fan_in >= fan_out else q @ q.T
    np.testing.assert_allclose(products, np.eye(min(fan_in, fan_out)), rtol=0, atol=1e-14)


def test_no_rotation_is_likelier_than_another():
    """The trace of such a matrix has mean 0 and variance 1; without the signs' correction its mean is negative."""
    rng, orthogonal = stream(3), initializers["orthogonal"]()
    traces = np.array([np.trace(orthogonal.sample(rng, 3, 3)) for _ in range(4000)])
    assert abs(traces.mean()) < 5 / math.sqrt(traces.size)
    assert abs(traces.var() - 1) < 5 * math.sqrt(2 / traces.size)


def test_orthogonal_weights_cannot_be_a_vector():
    with pytest.raises(ValueError, match="reshape"):
        initializers["orthogonal"]().sample(stream(0), 4, 3, (3,))


@pytest.mark.parametrize("key", initializers)
@given(fan_in=st.integers(1, 40), fan_out=st.integers(1, 40), seed=st.integers(0, 2**32))
def test_a_stream_gives_the_same_matrix_each_time(key, fan_in, fan_out, seed):
    initializer = initializers[key]()
    first, second = (initializer.sample(stream(seed, "a"), fan_in, fan_out) for _ in range(2))
    assert first.shape == (fan_in, fan_out)
    assert first.dtype == np.float64
    np.testing.assert_array_equal(first, second)
    if key in FIXED:
        assert (first == FIXED[key]).all()
    elif fan_in * fan_out > 1:
        assert (first != initializer.sample(stream(seed, "b"), fan_in, fan_out)).any()


@pytest.mark.parametrize("key", initializers)
def test_the_shape_may_be_another_but_the_numbers_are_the_same(key):
    initializer = initializers[key]()
    matrix, block = (initializer.sample(stream(1), 18, 4, shape) for shape in (None, (3, 3, 2, 4)))
    np.testing.assert_array_equal(block.reshape(18, 4), matrix)


@pytest.mark.parametrize("key", initializers)
def test_biases_start_at_zero_unless_the_source_says_otherwise(key):
    b = initializers[key]().biases(stream(2), 100, 400)
    assert b.shape == (400,)
    assert b.dtype == np.float64
    if key == "pytorch":
        assert np.unique(b).size == 400
        assert 0.09 < np.abs(b).max() <= 0.1
    else:
        assert (b == (0.1 if key == "playground" else 0)).all()


@pytest.mark.parametrize("key", BIASES)
def test_what_suits_biases_draws_them_as_it_draws_weights(key):
    initializer = initializers[key]()
    b = initializer.sample(stream(4), 20, 6, (6,))
    np.testing.assert_array_equal(b, initializer.sample(stream(4), 20, 6).ravel()[:6])


def test_settings_move_and_scale_the_weights():
    for key in ("normal", "truncated_normal"):
        plain, wide, moved = (
            initializers[key](mean=m, standard_deviation=s).sample(stream(1), 9, 9)
            for m, s in ((0, 0.5), (0, 2), (3, 0.5))
        )
        np.testing.assert_array_equal(4 * plain, wide)
        np.testing.assert_allclose(plain + 3, moved, rtol=0, atol=1e-15)
    narrow, wide = (initializers["uniform"](limit=r).sample(stream(1), 9, 9) for r in (0.5, 2))
    np.testing.assert_array_equal(4 * narrow, wide)
    assert (initializers["constant"](value=-0.7).sample(stream(1), 9, 9) == -0.7).all()


@pytest.mark.parametrize(
    ("key", "setting"),
    [
        ("normal", "standard_deviation"),
        ("truncated_normal", "standard_deviation"),
        ("uniform", "limit"),
        ("orthogonal", "gain"),
    ],
)
@pytest.mark.parametrize("value", [0, -1, 1e9, float("nan"), "wide"])
def test_a_width_out_of_range_is_refused(key, setting, value):
    with pytest.raises(UserError):
        initializers[key](**{setting: value})


def test_listed_numbers_go_to_one_unit_after_the_other():
    listed = initializers["listed"](values="1, 2, 3, 4", biases="5, 6")
    assert listed.sample(stream(0), 2, 2).tolist() == [[1, 3], [2, 4]]
    assert listed.sample(stream(0), 2, 4).tolist() == [[1, 3, 1, 3], [2, 4, 2, 4]]
    assert listed.biases(stream(0), 2, 3).tolist() == [5, 6, 5]
    assert initializers["listed"](values="").sample(stream(0), 1, 2).tolist() == [[0, 0]]
