import pytest
from PySide6.QtGui import QFontMetricsF

from annstudio.labs.notation import Figure, Fraction, Power, Root, Sign, Words, matrix, number
from annstudio.ui.formula.setting import font_of, set_lines, set_row

ROWS = [
    (Sign("w", "11", "1", mark="w"),),
    (Fraction((Figure(1.0),), (Words("1 + "), Power((Words("e"),), (Figure(-0.5),)))),),
    (Root((Sign("v", hat=True), Words(" + "), Sign("ε"))),),
    (Sign("m", hat=True),),
    (Sign("y", hat=True),),
    (Fraction((Sign("m", hat=True),), (Root((Sign("v", hat=True),)), Words(" + "), Sign("ε"))),),
    (Power((Sign("β", "1"),), (Sign("t"),)),),
    (matrix(3, 2, lambda i, j: number(i - j)),),
]


def write(value):
    return f"{value:.3f}"


@pytest.mark.parametrize("row", ROWS)
def test_everything_stands_within_its_own_size(fonts, row):
    setting = set_row(row, 17, write)
    assert setting.width > 0
    for run in setting.runs:
        assert -1 <= run.x <= setting.width
        assert -setting.ascent - 1 <= run.y <= setting.descent + 1
        ink = (
            QFontMetricsF(font_of(run.size, run.italic, run.bold)).tightBoundingRect(run.text).translated(run.x, run.y)
        )
        assert -setting.ascent <= ink.top()
        assert ink.bottom() <= setting.descent
    for line in setting.lines:
        assert max(line.x1(), line.x2()) <= setting.width + 1
        assert -setting.ascent - 1 <= min(line.y1(), line.y2())
        assert max(line.y1(), line.y2()) <= setting.descent + 1


def test_pieces_stand_beside_each_other(fonts):
    one, two = set_row(ROWS[0], 17, write), set_row(ROWS[1], 17, write)
    assert set_row(ROWS[0] + ROWS[1], 17, write).width == pytest.approx(one.width + two.width)


def test_what_has_a_mark_can_be_pointed_at(fonts):
    (area,) = set_row(ROWS[0], 17, write).areas
    assert area.mark == "w"
    assert area.rect.width() > 10


def test_long_sums_are_broken_before_a_sign(fonts):
    term = (Sign("w", "11"), Words(" · "), Figure(0.123))
    row = term
    for _ in range(5):
        row += (Words(" + "), *term)
    lines = set_lines(row, 17, write, 250)
    assert len(lines) > 1
    assert all(line.width <= 250 for line in lines)
    assert all(line.runs[0].text.strip() == "+" for line in lines[1:])


def test_factors_are_parted_only_where_a_term_is_too_wide(fonts):
    row = (Figure(0.123456),) + (Words(" · "), Figure(0.123456)) * 6
    lines = set_lines(row, 17, write, 150)
    assert len(lines) > 1
    assert all(line.width <= 150 for line in lines)
