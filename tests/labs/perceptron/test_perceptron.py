"""One neuron, its three ways to learn, and the fits beside it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annstudio.labs.perceptron.fits import least_squares, logistic_regression, margin_of
from annstudio.labs.perceptron.gates import GATES, xor_flow
from annstudio.labs.perceptron.learning import Learning
from annstudio.labs.perceptron.neuron import SETS, Kind, Neuron, Samples, samples_of
from annstudio.labs.reading import plain

CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]


def trained(samples, kind, rate=1.0, steps=4000, biased=True):
    learning = Learning(samples, Neuron(kind, (0.0,) * samples.x.shape[1], biased=biased), rate)
    for _ in range(steps):
        if not learning.step():
            break
    return learning


def most_mistakes(samples, rate=1.0):
    return margin_of(samples, True).most_mistakes(np.zeros(3), rate)


@pytest.mark.parametrize("key", ["and", "or", "not", "apart"])
def test_rosenblatt_learns_what_a_line_separates_within_the_bound(key):
    samples = samples_of(key)
    learning = trained(samples, Kind.STEP)
    assert learning.now.done
    assert not learning.now.cycle
    np.testing.assert_array_equal(learning.now.neuron.answers(samples.x), samples.y)
    assert learning.now.mistakes <= most_mistakes(samples)


@given(st.integers(0, 5000), st.floats(0.1, 3))
@settings(max_examples=40, deadline=None)
def test_the_bound_holds_for_random_separable_samples(seed, rate):
    generator = np.random.default_rng(seed)
    x = generator.normal(size=(12, 2))
    v = generator.normal(size=3)
    z = x @ v[:2] + v[2]
    x, z = x[np.abs(z) > 0.2], z[np.abs(z) > 0.2]
    if len(x) < 2:
        return
    samples = Samples(x, (z > 0).astype(float))
    learning = trained(samples, Kind.STEP, rate, steps=20_000)
    assert learning.now.done
    assert learning.now.mistakes <= most_mistakes(samples, rate) * (1 + 1e-9)


def test_xor_never_ends_and_its_weights_come_again():
    learning = trained(samples_of("xor"), Kind.STEP, steps=500)
    now = learning.now
    assert not now.done
    assert now.steps == 500
    assert now.cycle > 0
    states = [(moment.neuron.w, moment.neuron.b, moment.place) for moment in learning.moments]
    start = next(place for place, moment in enumerate(learning.moments) if moment.cycle)
    assert states[start] == states[start - now.cycle]
    assert states[start + now.cycle] == states[start]
    assert margin_of(samples_of("xor"), True).width == 0
    assert most_mistakes(samples_of("xor")) == np.inf


def test_steps_can_be_taken_back_and_come_again():
    learning = Learning(samples_of("xor"), Neuron(Kind.STEP, (0.0, 0.0)), 1.0)
    for _ in range(60):
        learning.step()
    moments = list(learning.moments)
    for _ in range(60):
        learning.back()
    assert learning.now == moments[0]
    for _ in range(60):
        learning.step()
    assert list(learning.moments) == moments


def test_a_long_training_keeps_its_last_moments():
    learning = trained(samples_of("xor"), Kind.STEP, steps=6000)
    assert learning.now.steps == 6000
    assert len(learning.moments) == 5000
    for _ in range(6000):
        learning.back()
    assert learning.now.steps == 1001
    assert learning.step()


def test_the_widest_margin_is_wider_than_that_of_any_other_plane():
    for key in ("and", "or", "apart"):
        samples = samples_of(key)
        found = margin_of(samples, True)
        columns = np.column_stack([samples.x, np.ones(len(samples))])
        signed = columns * np.where(samples.y > 0, 1, -1)[:, np.newaxis]
        assert (signed @ found.direction).min() == pytest.approx(found.width)
        assert np.linalg.norm(found.direction) == pytest.approx(1)
        assert found.radius == pytest.approx(np.linalg.norm(columns, axis=1).max())
        angles = np.random.default_rng(0).normal(size=(400_000, 3))
        margins = (angles @ signed.T).min(axis=1) / np.linalg.norm(angles, axis=1)
        assert margins.max() <= found.width + 1e-9
        assert margins.max() == pytest.approx(found.width, rel=0.05)


def test_the_margin_of_and_is_known():
    # Through (1, 1, 1) on one side and (1, 0, 1), (0, 1, 1) on the other: v = (2, 2, −3), and 1/|v|.
    assert margin_of(samples_of("and"), True).width == pytest.approx(1 / np.sqrt(17))


@given(st.integers(0, 5000), st.floats(0.1, 3))
@settings(max_examples=40, deadline=None)
def test_the_bound_holds_from_any_start(seed, rate):
    generator = np.random.default_rng(seed)
    x = generator.normal(size=(10, 2))
    z = x @ generator.normal(size=2) + 0.3
    x, z = x[np.abs(z) > 0.15], z[np.abs(z) > 0.15]
    if len(x) < 2:
        return
    samples, start = Samples(x, (z > 0).astype(float)), generator.normal(0, 4, 3)
    learning = Learning(samples, Neuron(Kind.STEP, tuple(start[:2]), start[2]), rate)
    for _ in range(30_000):
        if not learning.step():
            break
    assert learning.now.done
    assert learning.now.mistakes <= margin_of(samples, True).most_mistakes(start, rate) * (1 + 1e-9)


def test_without_a_bias_and_is_out_of_reach():
    assert margin_of(samples_of("and"), False).width == 0


@pytest.mark.parametrize("biased", [True, False])
def test_the_linear_neuron_comes_to_least_squares(biased):
    samples = samples_of("line")
    neuron = trained(samples, Kind.LINEAR, 0.15, biased=biased).now.neuron
    fit = least_squares(samples, biased)
    assert neuron.w == pytest.approx(fit.w, abs=1e-5)
    assert neuron.b == pytest.approx(fit.b, abs=1e-5)
    design = np.column_stack([samples.x, np.ones(len(samples))]) if biased else samples.x
    residuals = samples.y - samples.x @ np.array(fit.w) - fit.b
    np.testing.assert_allclose(design.T @ residuals, 0, atol=1e-9)


@pytest.mark.parametrize("biased", [True, False])
def test_the_logistic_neuron_comes_to_logistic_regression(biased):
    samples = samples_of("mixed")
    learning = trained(samples, Kind.LOGISTIC, 4.0, steps=60_000, biased=biased)
    fit = logistic_regression(samples, biased)
    assert learning.now.done
    assert learning.now.neuron.w == pytest.approx(fit.w, abs=1e-4)
    assert learning.now.neuron.b == pytest.approx(fit.b, abs=1e-4)


def test_separable_classes_have_no_logistic_fit():
    assert logistic_regression(samples_of("apart"), True) is None
    assert logistic_regression(samples_of("and"), True) is None


def test_classes_that_touch_a_line_have_no_finite_fit_either():
    x = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 1.0], [0.5, -1.0], [0.25, 0.0], [0.75, 0.0]])
    y = np.array([0.0, 1.0, 1.0, 0.0, 0.0, 1.0])
    touching = Samples(np.vstack([x, [[0.5, 0.0], [0.5, 0.0]]]), np.append(y, [0.0, 1.0]))
    assert margin_of(touching, True).width == 0
    assert logistic_regression(touching, True) is None


def test_rounding_does_not_hide_a_fit():
    x = np.array([[1.7, 0.2], [-0.6, 0.1], [0.2, 1.4], [-1.3, 1.8]])
    samples = Samples(x, np.array([0.0, 1.0, 1.0, 0.0]))
    fit = logistic_regression(samples, True)
    assert [*fit.w, fit.b] == pytest.approx([-0.75457, -1.13946, 1.03288], abs=1e-4)


@given(st.integers(0, 10_000))
@settings(max_examples=80, deadline=None)
def test_where_no_line_separates_there_is_a_fit_without_slope(seed):
    generator = np.random.default_rng(seed)
    samples = Samples(generator.normal(size=(12, 2)).round(1), generator.integers(0, 2, 12).astype(float))
    fit = logistic_regression(samples, True)
    if margin_of(samples, True).width > 0:
        assert fit is None
    elif fit is not None:
        learning = Learning(samples, Neuron(Kind.LOGISTIC, fit.w, fit.b), 1.0)
        assert max(map(abs, learning.gradient(learning.now.neuron))) < 1e-9


def test_xor_s_logistic_fit_says_one_half_everywhere():
    fit = logistic_regression(samples_of("xor"), True)
    assert np.allclose([*fit.w, fit.b], 0)


@pytest.mark.parametrize(("kind", "key"), [(Kind.LOGISTIC, "mixed"), (Kind.LINEAR, "line")])
def test_gradients_are_those_of_the_cost(kind, key):
    samples = samples_of(key)
    w = tuple(np.linspace(0.4, -0.7, samples.x.shape[1]))
    learning = Learning(samples, Neuron(kind, w, 0.2), 0.1)
    numbers = np.array([*w, 0.2])
    for place in range(len(numbers)):
        costs = []
        for sign in (1, -1):
            moved = numbers.copy()
            moved[place] += sign * 1e-6
            neuron = Neuron(kind, tuple(moved[:-1]), moved[-1])
            costs.append(Learning(samples, neuron, 0.1).cost())
        assert learning.gradient(learning.now.neuron)[place] == pytest.approx((costs[0] - costs[1]) / 2e-6, rel=1e-5)
    answers = learning.now.neuron.answers(samples.x)
    if kind is Kind.LOGISTIC:
        expected = -(samples.y * np.log(answers) + (1 - samples.y) * np.log(1 - answers)).mean()
    else:
        expected = ((answers - samples.y) ** 2).mean()
    assert learning.cost() == pytest.approx(expected)


def test_a_rate_that_is_too_high_ends_before_the_numbers_do():
    learning = trained(samples_of("line"), Kind.LINEAR, 50.0, steps=3000)
    assert learning.now.done
    assert learning.now.exploded
    assert np.isfinite(learning.now.neuron.w).all()


def test_formulas_have_the_numbers():
    neuron = Neuron(Kind.LOGISTIC, (2.0, -1.0), 0.5)
    z, a = neuron.equations(np.array([1.0, 3.0]))
    assert plain(z.numbers) == "2 · 1 + (−1) · 3 + 0.5"
    assert z.result.value == -0.5
    assert a.result.value == pytest.approx(1 / (1 + np.exp(0.5)))


def test_the_rule_is_shown_with_its_numbers():
    learning = Learning(samples_of("and"), Neuron(Kind.STEP, (0.0, 0.0)), 0.5)
    learning.step()
    first, second, bias = learning.equations()
    assert plain(bias.numbers) == "0 + 0.5 · (0 − 1)"
    assert bias.result.value == -0.5 == learning.now.neuron.b
    assert first.result.value == second.result.value == 0
    assert learning.now.mistakes == 1


@pytest.mark.parametrize(("gate", "table"), [("AND", (0, 0, 0, 1)), ("OR", (0, 1, 1, 1)), ("NAND", (1, 1, 1, 0))])
def test_gates_answer_as_their_tables(gate, table):
    np.testing.assert_array_equal(GATES[gate].answers(np.array(CORNERS, float)), table)


def test_xor_out_of_three():
    assert [xor_flow(*corner).output[1] for corner in CORNERS] == [0, 1, 1, 0]


def test_sets_are_what_they_are_called():
    for entry in SETS:
        samples = samples_of(entry.key)
        assert len(samples) >= 4
        if Kind.LINEAR not in entry.kinds:
            assert set(samples.y) == {0, 1}
    assert margin_of(samples_of("mixed"), True).width == 0
