"""Circle, xor, gauss and spiral against the Playground's own formulas."""

import numpy as np
import pytest

from annstudio.core.random import stream
from annstudio.data.sources import sources

SAMPLES = 4000


def drawn(key, noise=0.0, samples=SAMPLES, seed=0):
    source = sources[key]
    params = source.info.check({"samples": samples, "noise": noise})
    data = source().make(params, stream(seed, "data"))
    return data.inputs, data.labels == 1


def test_circle_is_a_disc_in_a_ring():
    inputs, positive = drawn("circle")
    radius = np.hypot(*inputs.T)
    assert positive[: SAMPLES // 2].all()
    assert not positive[SAMPLES // 2 :].any()
    assert radius[positive].max() < 2.5
    assert radius[~positive].min() >= 3.5
    assert radius[~positive].max() < 5


def test_circle_radii_and_angles_are_uniform():
    inputs, positive = drawn("circle")
    radius = np.hypot(*inputs.T)
    assert radius[positive].mean() == pytest.approx(1.25, abs=0.08)
    assert radius[positive].std() == pytest.approx(2.5 / np.sqrt(12), abs=0.05)
    assert radius[~positive].mean() == pytest.approx(4.25, abs=0.05)
    octants = np.histogram(np.arctan2(*inputs.T), bins=8, range=(-np.pi, np.pi))[0]
    assert np.abs(octants - SAMPLES / 8).max() < 110


def test_circle_noise_shifts_the_label_and_not_the_point():
    clean, _ = drawn("circle")
    inputs, positive = drawn("circle", noise=0.2)
    assert np.array_equal(inputs, clean)
    radius = np.hypot(*inputs.T)
    wrong = positive != (radius < 2.5)
    # A shift is at most 0.2 · 5 on each axis, so at most √2 in length.
    assert np.abs(radius[wrong] - 2.5).max() <= np.sqrt(2)
    assert wrong.mean() == pytest.approx(flips_of_the_circle(0.2), abs=0.02)


def flips_of_the_circle(noise):
    """The chance of a wrong label: the stated rule simulated once more, point after point."""
    rng = np.random.default_rng(123)
    wrong = 0
    for number in range(20000):
        r = rng.uniform(0, 2.5) if number % 2 else rng.uniform(3.5, 5)
        angle = rng.uniform(0, 2 * np.pi)
        x = r * np.sin(angle) + noise * rng.uniform(-5, 5)
        y = r * np.cos(angle) + noise * rng.uniform(-5, 5)
        wrong += (np.hypot(x, y) < 2.5) != (r < 2.5)
    return wrong / 20000


def test_xor_is_positive_where_the_signs_agree():
    inputs, positive = drawn("xor")
    assert np.array_equal(positive, inputs.prod(axis=1) > 0)


def test_xor_keeps_away_from_the_axes():
    inputs, _ = drawn("xor")
    assert np.abs(inputs).min() >= 0.3
    assert np.abs(inputs).max() < 5.3
    assert np.abs(inputs).mean() == pytest.approx(2.8, abs=0.08)
    assert inputs.mean() == pytest.approx(0, abs=0.2)


def test_xor_noise_shifts_the_label_and_not_the_point():
    clean, _ = drawn("xor")
    inputs, positive = drawn("xor", noise=0.4)
    assert np.array_equal(inputs, clean)
    wrong = positive != (inputs.prod(axis=1) > 0)
    # Only a coordinate within 0.4 · 5 of its axis can change sign; it does with chance (2 − |x|) / 4.
    assert np.abs(inputs[wrong]).min(axis=1).max() <= 2
    one = ((2 - 0.3) ** 2 / 2) / 4 / 5
    assert wrong.mean() == pytest.approx(2 * one * (1 - one), abs=0.02)
    # Shifts go both ways, so labels are wrong in all four quadrants.
    assert len(np.unique(np.sign(inputs[wrong]), axis=0)) == 4


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.25, 2.25), (0.5, 4.0)])
def test_gauss_clouds_have_the_stated_centers_and_variance(noise, variance):
    inputs, positive = drawn("gauss", noise)
    assert positive.sum() == SAMPLES // 2
    for cloud, center in ((inputs[positive], 2), (inputs[~positive], -2)):
        np.testing.assert_allclose(cloud.mean(axis=0), center, atol=5 * np.sqrt(variance / len(cloud)))
        np.testing.assert_allclose(cloud.var(axis=0), variance, rtol=5 * np.sqrt(2 / len(cloud)))
        assert abs(np.corrcoef(cloud.T)[0, 1]) < 0.11


def test_spiral_arms_are_the_formula_point_by_point():
    samples = 200
    inputs, positive = drawn("spiral", samples=samples)
    n = samples // 2
    for arm, turned in ((inputs[positive], 0), (inputs[~positive], np.pi)):
        for i, (x, y) in enumerate(arm):
            r, t = 5 * i / n, 1.75 * 2 * np.pi * i / n + turned
            assert (x, y) == pytest.approx((r * np.sin(t), r * np.cos(t)), abs=1e-12)


def test_spiral_noise_shifts_the_points_uniformly():
    clean, positive = drawn("spiral")
    inputs, still_positive = drawn("spiral", noise=0.3)
    shift = inputs - clean
    assert np.array_equal(positive, still_positive)
    assert 0.29 < np.abs(shift).max() <= 0.3
    assert shift.std() == pytest.approx(0.3 / np.sqrt(3), rel=0.05)


@pytest.mark.parametrize("key", ["circle", "gauss", "spiral"])
def test_the_first_half_takes_the_odd_sample(key):
    assert drawn(key, samples=11)[1].sum() == 6
