"""The tip of an arrow."""

import pytest
from PySide6.QtCore import QPointF

from annstudio.ui.arrow_head import arrow_head


@pytest.mark.parametrize("start", [(-20.0, 4.0), (3.0, -100.0), (9.0, 4.1)])
def test_the_base_is_as_far_behind_the_tip_as_was_asked_and_across_the_way(start: tuple[float, float]) -> None:
    begin, end = QPointF(*start), QPointF(10.0, 4.0)
    tip, left, right = arrow_head(begin, end, 9.0).toList()
    base, way = (left + right) / 2, end - begin
    assert tip == end
    assert QPointF.dotProduct(tip - base, tip - base) ** 0.5 == pytest.approx(9.0)
    assert QPointF.dotProduct(tip - base, way) > 0
    assert QPointF.dotProduct(left - right, way) == pytest.approx(0.0, abs=1e-9)
    assert left != right


def test_an_arrow_without_length_has_a_tip_nobody_sees() -> None:
    spot = QPointF(1.0, 2.0)
    assert arrow_head(spot, spot, 9.0).toList() == [spot] * 3
