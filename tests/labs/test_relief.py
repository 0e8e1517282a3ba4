import numpy as np
import pytest

from annstudio.labs.relief import Camera, Relief

PALETTE = np.stack([np.arange(250)] * 3, -1).astype(np.uint8)
WHITE = (255, 255, 255)


def bump():
    x, y = np.meshgrid(np.linspace(-1, 1, 61), np.linspace(-1, 1, 61))
    return np.exp(-4 * (x**2 + y**2))


@pytest.mark.parametrize("azimuth", [0, 35, 90, 200, 359])
@pytest.mark.parametrize("tilt", [8, 32, 85])
def test_pictures_have_the_size_asked_for_and_a_surface_in_them(azimuth, tilt):
    picture = Relief(bump(), PALETTE).picture(Camera(azimuth, tilt), 200, 150, WHITE)
    assert picture.shape == (150, 200, 3)
    assert picture.dtype == np.uint8
    assert 0.05 < (picture != 255).any(axis=2).mean() < 0.95
    assert (picture[0] == 255).all()


def test_what_is_behind_a_hill_is_hidden():
    _, y = np.meshgrid(np.linspace(-1, 1, 61), np.linspace(-1, 1, 61))
    wall = np.where(abs(y + 0.5) < 0.06, 1.0, 0.3)
    relief = Relief(wall, PALETTE)
    seen = relief.picture(Camera(0, 10), 200, 150, WHITE)
    far = relief.project(Camera(0, 10), 200, 150, np.array([[0.0, 0.0, 0.3]]))[0]
    # At that pixel stands the wall, which is the lighter one.
    assert seen[int(far[1]), int(far[0])].min() > 100


@pytest.mark.parametrize("azimuth", [0, 35, 120])
def test_points_stand_where_the_surface_is_painted(azimuth):
    camera, relief = Camera(azimuth, 50), Relief(bump(), PALETTE)
    (spot,) = relief.project(camera, 300, 240, np.array([[0.0, 0.0, 1.0]]))
    picture = relief.picture(camera, 300, 240, WHITE)
    ground = (picture == 255).all(axis=2)
    # The top of the bump: surface just below it, and it is in the middle.
    assert not ground[int(spot[1]) + 2, int(spot[0])]
    assert spot[0] == pytest.approx(150)


def test_turning_all_the_way_round_is_no_turn():
    relief = Relief(bump(), PALETTE)
    first, second = (relief.picture(Camera(azimuth, 30), 120, 90, WHITE) for azimuth in (10, 370))
    assert (first == second).mean() > 0.999


def test_zoom_makes_it_larger():
    relief = Relief(bump(), PALETTE)
    covered = [(relief.picture(Camera(zoom=zoom), 200, 150, WHITE) != 255).any(axis=2).sum() for zoom in (0.5, 1.0)]
    assert covered[0] < 0.4 * covered[1]
