import numpy as np
import pytest

from annstudio.core.random import stream
from annstudio.data.sources import sources

LINEAR = sources["linear"]


def drawn(**params):
    data = LINEAR().make(LINEAR.info.check(params), stream(0, "data"))
    return data.inputs[:, 0], data.targets[:, 0]


def test_without_noise_the_samples_lie_on_the_line():
    x, y = drawn(noise=0.0, slope=-2.5, intercept=7.0)
    np.testing.assert_allclose(y, -2.5 * x + 7, atol=1e-12)


def test_the_light_is_uniform_from_0_to_10():
    x, _ = drawn(samples=5000)
    assert x.min() >= 0
    assert x.max() < 10
    assert x.mean() == pytest.approx(5, abs=0.2)
    assert x.std() == pytest.approx(10 / np.sqrt(12), abs=0.1)


@pytest.mark.parametrize("noise", [0.5, 3.0])
def test_noise_is_the_standard_deviation_around_the_line(noise):
    x, y = drawn(samples=5000, noise=noise)
    residuals = y - (1.5 * x + 2)
    assert residuals.mean() == pytest.approx(0, abs=0.08 * noise)
    assert residuals.std() == pytest.approx(noise, rel=0.05)


def test_default_targets_are_of_a_size_that_learns_well():
    _, y = drawn()
    assert 1 < np.abs(y).mean() < 20
