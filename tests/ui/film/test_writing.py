import numpy as np
import pytest
from PIL import Image

from annstudio.core.errors import UserError
from annstudio.ui.film.writing import Animation, Frame, Series


def frame(color, width=6, height=4, stride=20):
    rows = np.zeros((height, stride), np.uint8)
    rows[:, : 3 * width] = np.tile(color, width)
    return Frame(width, height, stride, rows.tobytes())


def test_rows_may_have_more_bytes_than_pixels():
    pixels = np.asarray(frame((10, 20, 30)).image())
    assert pixels.shape == (4, 6, 3)
    assert (pixels == (10, 20, 30)).all()


def test_an_animation_shows_its_pictures_in_order_and_rests_at_the_end(tmp_path):
    film = Animation(pace=10)
    colors = [(255, 0, 0), (0, 255, 0), (0, 0, 255)]
    for color in colors:
        film.add(frame(color))
    film.save(tmp_path / "run.gif")
    with Image.open(tmp_path / "run.gif") as image:
        assert image.format == "GIF"
        assert image.n_frames == 3
        assert image.info["loop"] == 0
        times = []
        for number, color in enumerate(colors):
            image.seek(number)
            times.append(image.info["duration"])
            assert image.convert("RGB").getpixel((2, 2)) == color
    assert times == [100, 100, 1500]


def test_one_picture_is_an_animation_as_well(tmp_path):
    film = Animation(pace=1)
    film.add(frame((1, 2, 3)))
    film.save(tmp_path / "run.gif")
    with Image.open(tmp_path / "run.gif") as image:
        assert image.n_frames == 1


def test_a_series_is_numbered_in_a_new_folder(tmp_path):
    film = Series()
    film.add(frame((255, 0, 0)))
    film.add(frame((0, 255, 0)))
    film.save(tmp_path / "run")
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == ["001.png", "002.png"]
    with Image.open(tmp_path / "run" / "002.png") as image:
        assert image.getpixel((0, 0)) == (0, 255, 0)


def test_a_series_overwrites_nothing(tmp_path):
    (tmp_path / "run").mkdir()
    with pytest.raises(UserError, match=r"“run” exists already; choose another name"):
        Series().save(tmp_path / "run")


def test_where_no_folder_can_be_made_it_is_said(tmp_path):
    with pytest.raises(UserError, match="“run” cannot be made there"):
        Series().save(tmp_path / "missing" / "run")


def test_where_no_file_can_be_made_it_is_said(tmp_path):
    film = Animation(pace=10)
    film.add(frame((1, 2, 3)))
    with pytest.raises(UserError):
        film.save(tmp_path / "missing" / "run.gif")
