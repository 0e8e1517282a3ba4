"""The legend shows links as they are drawn."""

from itertools import groupby

import pytest

from annstudio.ui.neurons.legend import Legend
from annstudio.ui.style import palette_of
from annstudio.ui.theme import LIGHT


@pytest.mark.parametrize(("dashed", "longest"), [(True, 15), (False, 37)])
def test_negative_links_are_shown_as_they_are_drawn(dressed, qtbot, dashed, longest):
    dressed.setPalette(palette_of(LIGHT))
    legend = Legend(None)
    qtbot.addWidget(legend)
    legend.show_scale(2.0, dashed)
    image = legend.grab().toImage()
    row = [image.pixelColor(x, image.height() // 2).name() for x in range(image.width())]
    runs = [len(list(pixels)) for color, pixels in groupby(row) if color == LIGHT.negative]
    assert max(runs) == pytest.approx(longest, abs=1)
