"""Curves of losses, fits by three of them, convexity, and sums that grow."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annstudio.engine.activations import activations
from annstudio.engine.losses import losses
from annstudio.labs.derivatives import slopes
from annstudio.labs.losses import growing
from annstudio.labs.losses.convexity import Descent, NeuronGround, convexity_samples
from annstudio.labs.losses.curves import Over, curve, losses_over
from annstudio.labs.losses.growing import MOST, Growth, descents, first_losses
from annstudio.labs.losses.outliers import Line, best, cost, point_losses, starting_points


def test_every_loss_is_drawn_over_something():
    assert {key for over in Over for key in losses_over(over)} == set(losses)


@pytest.mark.parametrize(("over", "key"), [(over, key) for over in Over for key in losses_over(over)])
@pytest.mark.parametrize("target", [0.0, 1.0])
def test_slopes_are_those_of_the_curves(over, key, target):
    found = curve(key, {}, over, target)
    loss, slope = found.values
    differences = np.gradient(loss, found.x)
    inner = slice(5, -5)
    # Beside a kink a difference is the mean of both sides.
    close = np.isclose(slope[inner], differences[inner], rtol=2e-2, atol=2e-2)
    assert close.mean() > 0.97


def test_the_log_loss_of_p_is_its_logarithm():
    found = curve("log_loss", {}, Over.PROBABILITY, 1.0)
    np.testing.assert_allclose(found.values[0], -np.log(found.x))
    other = curve("cross_entropy", {}, Over.PROBABILITY, 1.0)
    np.testing.assert_allclose(other.values, found.values)
    # What is read is computed there, and not taken from between the points of the curve.
    assert found.at(0.00153) == pytest.approx((-np.log(0.00153), -1 / 0.00153), rel=1e-12)


points = st.integers(0, 10_000).map(np.random.default_rng)


@given(points, st.sampled_from(["mse", "mae", "huber"]), st.floats(0.05, 3))
@settings(max_examples=60, deadline=None)
def test_no_line_nearby_costs_less(generator, key, delta):
    x = np.linspace(-2, 2, 12)
    y = generator.normal(size=12) + generator.normal() * x
    y[generator.integers(12)] += 8 * generator.normal()
    line = best(key, x, y, delta)
    least = cost(key, line, x, y, delta)
    for size in (1e-4, 1e-2, 0.3):
        for w, b in generator.normal(0, size, (12, 2)):
            assert cost(key, Line(line.w + w, line.b + b), x, y, delta) >= least - 1e-10 * (1 + least)


def test_an_outlier_pulls_the_square_most():
    x, y = starting_points()
    far = y.copy()
    far[-1] -= 8
    moved = {key: abs(best(key, x, far, 0.5).w - best(key, x, y, 0.5).w) for key in ("mse", "mae", "huber")}
    assert moved["mse"] > 2 * max(moved["huber"], moved["mae"])


@pytest.mark.parametrize("key", ["log_loss", "mse"])
def test_the_cost_of_the_neuron_is_the_engine_s(key):
    x, y = convexity_samples()
    ground = NeuronGround(key, x, y, 8.0)
    a = activations["logistic"]().value((1.5 * x - 0.5)[:, np.newaxis])
    expected = losses[key]().per_sample(a, y[:, np.newaxis]).mean()
    assert ground.height(1.5, -0.5) == pytest.approx(expected)


@pytest.mark.parametrize("key", ["log_loss", "mse"])
def test_slopes_and_curvatures_are_those_of_differences(key):
    ground = NeuronGround(key, *convexity_samples(), 8.0)
    h = 1e-5
    for row, column in ((10, 20), (40, 40), (70, 15)):
        w, b = ground.axis[column], ground.axis[row]
        numeric = [
            (ground.height(w + h, b) - ground.height(w - h, b)) / (2 * h),
            (ground.height(w, b + h) - ground.height(w, b - h)) / (2 * h),
        ]
        assert ground.slope(w, b) == pytest.approx(numeric, abs=1e-8)
        by_w = (np.array(ground.slope(w + h, b)) - ground.slope(w - h, b)) / (2 * h)
        by_b = (np.array(ground.slope(w, b + h)) - ground.slope(w, b - h)) / (2 * h)
        least = np.linalg.eigvalsh(np.array([by_w, by_b]))[0]
        assert ground.curvature[row, column] == pytest.approx(least, abs=1e-7)


def test_log_loss_is_convex_and_mse_is_not():
    x, y = convexity_samples()
    assert NeuronGround("log_loss", x, y, 8.0).convex
    bent = NeuronGround("mse", x, y, 8.0)
    assert not bent.convex
    w, b = bent.most_bent
    assert abs(w) <= 8
    assert abs(b) <= 8


def test_descent_goes_down():
    ground = NeuronGround("log_loss", *convexity_samples(), 8.0)
    walked = Descent.begun(ground, (-6.0, 5.0)).gone_on(0.3, 200)
    heights = [ground.height(*place) for place in walked.path]
    assert (np.diff(heights) < 1e-12).all()
    assert walked.steps == 200


@pytest.mark.parametrize("batch", [1, 8, 64, 512])
def test_a_sum_diverges_beyond_its_own_limit_and_the_mean_beyond_the_other(batch):
    found = descents(batch, 0.1)
    assert found.sum_gradient == pytest.approx(batch * found.mean_gradient)
    assert found.mean_limit == pytest.approx(batch * found.sum_limit)
    for share, falls in ((0.9, True), (1.1, False)):
        by_sum = descents(batch, share * found.sum_limit, 400).sum_costs
        by_mean = descents(batch, share * found.mean_limit, 400).mean_costs
        for whole in (by_sum, by_mean):
            costs = whole[np.isfinite(whole)]
            assert (costs[-1] < costs[0]) == falls


def test_first_gradients_are_the_engine_s():
    batch = 37
    design, target = growing._samples()
    x, y = design[:batch], target[:batch, np.newaxis]
    errors = slopes(losses["rss"](), np.zeros_like(y), y)
    assert descents(batch, 0.1).sum_gradient == pytest.approx(np.linalg.norm(x.T @ errors))


def test_growth_is_what_each_batch_says():
    growth = Growth.measured()
    for batch in (1, 2, 17, MOST):
        found = descents(batch, 0.01)
        here = growth.sum_gradients[batch - 1], growth.mean_gradients[batch - 1], growth.sum_limits[batch - 1]
        assert here == pytest.approx((found.sum_gradient, found.mean_gradient, found.sum_limit))
        assert growth.batches[batch - 1] == batch
    assert (np.diff(growth.sum_limits) <= 1e-15).all()


@pytest.mark.parametrize("rate", [0.002, 0.02, 0.2])
def test_one_sample_more_than_the_largest_batch_diverges(rate):
    largest = Growth.measured().largest_batch(rate)
    assert 0 < largest < MOST
    assert descents(largest, rate).sum_limit > rate >= descents(largest + 1, rate).sum_limit


def test_costs_are_made_of_the_losses_of_samples():
    one, total, mean = first_losses(1)
    assert one == total == mean
    one, total, mean = first_losses(64)
    assert total == pytest.approx(64 * mean)
    assert mean == pytest.approx(descents(64, 0.01).mean_costs[0])
    x, y = starting_points()
    for key in ("mse", "mae", "huber"):
        each = point_losses(key, Line(1.0, 0.0), x, y, 0.5)
        assert cost(key, Line(1.0, 0.0), x, y, 0.5) == pytest.approx(each.mean())


@pytest.mark.parametrize("delta", [0.05, 0.2, 1.0, 3.0])
def test_huber_is_flat_at_its_line_with_outliers(delta):
    x, y = starting_points()
    generator = np.random.default_rng(7)
    for _ in range(20):
        far = y.copy()
        far[generator.choice(12, 3, replace=False)] += generator.normal(0, 4, 3)
        line = best("huber", x, far, delta)
        slopes = np.clip(line.at(x) - far, -delta, delta)
        assert abs(slopes.mean()) < 1e-4 * delta
        assert abs((slopes * x).mean()) < 1e-4 * delta


def test_zero_is_a_subgradient_of_the_mean_size():
    """In every direction, the points on the line weigh against those beside it."""
    x, y = starting_points()
    y[-1] -= 6
    line = best("mae", x, y, 1.0)
    residuals = line.at(x) - y
    on = np.abs(residuals) < 1e-9
    assert on.sum() >= 2
    for angle in np.linspace(0, 2 * np.pi, 72, endpoint=False):
        change = np.cos(angle) * x + np.sin(angle)
        assert np.sign(residuals[~on]) @ change[~on] + np.abs(change[on]).sum() >= -1e-9
