import numpy as np
import pytest

from annstudio.engine.activations import activations
from annstudio.ui.views.activation_curves import REACH, Curve

KEYS = list(activations)


@pytest.mark.parametrize("key", KEYS)
def test_pieces_cover_the_range_and_break_at_the_kinks(key):
    curve = Curve(key, {})
    assert len(curve.pieces) == 1 + len(curve.kinks)
    assert curve.pieces[0].z[0] == pytest.approx(-curve.reach)
    assert curve.pieces[-1].z[-1] == pytest.approx(curve.reach)
    assert curve.reach >= REACH
    assert all(piece.z[0] < piece.z[-1] for piece in curve.pieces)


@pytest.mark.parametrize("key", KEYS)
def test_slope_is_the_derivative(key):
    curve = Curve(key, {})
    z = np.array([-3.3, -0.9, 0.7, 2.2])
    step = 1e-6
    differences = (curve.value(z + step) - curve.value(z - step)) / (2 * step)
    assert np.allclose(curve.slope(z), differences, atol=1e-7)


@pytest.mark.parametrize("key", KEYS)
def test_span_holds_everything(key):
    curve = Curve(key, {})
    low, high = curve.span()
    for piece in curve.pieces:
        assert low <= min(piece.a.min(), piece.slope.min(), 0)
        assert high >= max(piece.a.max(), piece.slope.max(), 0)


def test_only_the_step_jumps_and_its_value_there_is_the_upper():
    jumping = {key: Curve(key, {}).jumps() for key in KEYS}
    assert {key for key, jumps in jumping.items() if jumps} == {"binary_step"}
    ((z, before, after),) = jumping["binary_step"]
    assert (abs(z) < 1e-300, before, after) == (True, 0, 1)
    assert Curve("binary_step", {}).at(0.0) == (1, 0)


def test_no_piece_of_a_slope_leads_over_a_kink():
    left, right = Curve("relu", {}).pieces
    assert set(left.slope.tolist()) == {0}
    assert set(right.slope.tolist()) == {1}


def test_softmax_of_two_units_is_the_logistic_of_their_difference():
    softmax, logistic = Curve("softmax", {}), Curve("logistic", {})
    z = np.linspace(-4, 4, 9)
    assert np.allclose(softmax.value(z), logistic.value(z))
    assert np.allclose(softmax.slope(z), logistic.slope(z))


def test_the_curve_goes_beyond_the_last_kink():
    assert Curve("relu", {}).reach == REACH
    assert Curve("relu6", {}).reach > 6
    assert Curve("relu6", {}).at(Curve("relu6", {}).reach) == (6, 0)


def test_log_softmax_of_two_units_is_the_logarithm_of_the_logistic():
    log_softmax, logistic = Curve("log_softmax", {}), Curve("logistic", {})
    z = np.linspace(-4, 4, 9)
    assert np.allclose(log_softmax.value(z), np.log(logistic.value(z)))
    assert np.allclose(log_softmax.slope(z), 1 - logistic.value(z))


def test_own_parameters_count():
    assert Curve("leaky_relu", {"slope": 0.25}).at(-4.0) == pytest.approx((-1.0, 0.25))


def test_a_slope_keeps_to_its_side_of_a_kink():
    """Beside z = 3, rounding took the slope of hard swish for that of the other side: a spike."""
    before, after = Curve("hard_swish", {}).pieces[1:]
    assert before.slope[-1] == pytest.approx(1.5)
    assert after.slope[0] == 1
