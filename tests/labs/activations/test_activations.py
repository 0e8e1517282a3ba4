"""Zones, softmax, depth, extreme numbers and history."""

import math

import numpy as np
import pytest

from annstudio.engine.activations import activations
from annstudio.labs.activations.depth import chain
from annstudio.labs.activations.extremes import FORMS, PLACES, rows
from annstudio.labs.activations.history import introductions, usage
from annstudio.labs.activations.softmax import jacobian, logistic_of, shares_of
from annstudio.labs.activations.zones import SATURATED_BELOW, shares, zones


def zones_of(key):
    z = np.linspace(-8, 8, 1601)
    return zones(z, activations[key]().derivative(z[:, np.newaxis])[:, 0])


def test_relu_is_dead_on_its_left_and_saturated_nowhere():
    (zone,) = zones_of("relu")
    assert zone.dead
    assert zone.low == -8
    assert zone.high == pytest.approx(0, abs=0.02)


def test_tanh_saturates_on_both_sides():
    left, right = zones_of("tanh")
    edge = math.atanh(math.sqrt(1 - SATURATED_BELOW))
    assert not left.dead
    assert left.high == pytest.approx(-edge, abs=0.02)
    assert right.low == pytest.approx(edge, abs=0.02)


def test_the_identity_has_no_zone():
    assert zones_of("identity") == []


def test_shares_of_slopes():
    assert shares(np.array([0.0, 0.01, 0.5, 1.0])) == (0.25, 0.25)
    assert shares(np.array([])) == (0.0, 0.0)


def test_the_jacobian_is_that_of_differences():
    logits = np.array([0.3, -1.2, 2.0, 0.1])
    numeric = np.empty((4, 4))
    for column in range(4):
        step = np.zeros(4)
        step[column] = 1e-6
        numeric[:, column] = (shares_of(logits + step) - shares_of(logits - step)) / 2e-6
    np.testing.assert_allclose(jacobian(logits), numeric, atol=1e-9)
    np.testing.assert_allclose(jacobian(logits).sum(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(jacobian(logits).sum(axis=1), 0, atol=1e-12)


def test_two_classes_are_the_logistic_of_the_difference():
    for first, second in ((0.0, 0.0), (2.0, -1.0), (-4.0, 3.0)):
        assert shares_of(np.array([first, second]))[0] == pytest.approx(logistic_of(first - second), rel=1e-12)


@pytest.mark.parametrize("key", ["logistic", "tanh", "relu", "gelu"])
def test_products_are_the_derivative_of_the_whole_chain(key):
    found = chain(key, 6, 1.3, 0.7)
    h = 1e-6
    numeric = (chain(key, 6, 1.3, 0.7 + h).a[-1] - chain(key, 6, 1.3, 0.7 - h).a[-1]) / (2 * h)
    assert found.products[-1] == pytest.approx(numeric, rel=1e-5, abs=1e-12)
    np.testing.assert_allclose(found.products, np.cumprod(found.factors))


def test_the_logistic_vanishes_and_a_large_weight_explodes():
    assert chain("logistic", 12, 1.0, 1.0).vanishes
    assert chain("identity", 20, 2.0, 1.0).explodes
    assert chain("relu", 5, -1.0, 1.0).products[-1] == 0


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.label)
@pytest.mark.parametrize(("precision", "digits"), [("float32", 2e-6), ("float64", 1e-12)])
def test_the_stable_form_is_right_everywhere(form, precision, digits):
    for row in rows(form, precision):
        tiny = float(np.finfo(precision).tiny)
        assert row.stable == pytest.approx(row.exact, rel=digits, abs=2 * tiny)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.label)
def test_the_written_form_goes_wrong_somewhere(form):
    found = rows(form, "float32")
    assert [row.x for row in found] == list(PLACES)
    assert any(row.wrong for row in found)
    assert any(not row.wrong for row in found)


def test_introductions_are_in_order_and_every_year_is_in_its_reference():
    found = introductions()
    assert [each.year for each in found] == sorted(each.year for each in found)
    assert all(str(each.year) in each.reference for each in found)
    assert len(found) > 15


def test_usage_adds_up():
    found = usage()
    assert found.years == tuple(range(2019, 2027))
    assert found.counts["GELU"][0] == 3
    assert found.counts["SiLU"][-1] == 71
    assert "not stated" not in found.counts
    totals = [sum(row) for row in found.counts.values()]
    assert totals == sorted(totals, reverse=True)
