"""What the views of layers show is what was seen."""

import math

import pytest
from PySide6.QtCore import QPoint, Qt

from annstudio.training.vitals import LayerVitals, Spread, Vitals
from annstudio.ui.views.gradient_view import GradientView
from annstudio.ui.views.header import Switch
from annstudio.ui.views.health_view import HealthView
from annstudio.ui.views.spread_view import SpreadView
from tests.ui.views.runs import exam, snapshot, steep


def spread(size, middle=0.0):
    inner = (middle - 2 * size, middle - size, middle - size / 2, middle, middle + size / 2, middle + size)
    return Spread((*inner, 9), size)


def layer(gradient, silent=math.nan, saturated=0.25, step=1e-3):
    return LayerVitals(
        z=spread(1.0),
        a=spread(0.5),
        weights=spread(0.7),
        gradients=spread(gradient) if gradient is not None else None,
        update_ratio=step,
        silent=silent,
        saturated=saturated,
        zeros=0.1,
        alike=1.0,
    )


def seen(at, first=1e-7, last=1e-2, silent=math.nan):
    return Vitals(at, int(at), 1.0, {"dense-1": layer(first, silent), "output": layer(last)}, 240)


def run_of(*vitals, at=4.0):
    return snapshot(exam(), steep, vitals=vitals, at=at)


@pytest.fixture
def make(shown):
    def make(view, *vitals, at=4.0):
        shown(view, 300, 200)
        view.show_project(exam())
        view.show_snapshot(run_of(*vitals, at=at))
        return view

    return make


def choose(view, text, qtbot):
    qtbot.mouseClick(next(s for s in view.findChildren(Switch) if s.text() == text), Qt.MouseButton.LeftButton)


def test_a_layer_that_hardly_gets_a_gradient_stands_out(make):
    bars = make(GradientView(), seen(0), seen(4)).picture.bars
    assert [(bar.node_id, bar.value, bar.warned) for bar in bars] == [
        ("dense-1", pytest.approx(1e-7), True),
        ("output", pytest.approx(1e-2), False),
    ]


def test_steps_are_told_relative_to_the_weights(make, qtbot):
    view = make(GradientView(), seen(4))
    choose(view, "Step / weight", qtbot)
    assert [bar.value for bar in view.picture.bars] == [1e-3, 1e-3]
    assert view.picture._guide == 1e-3


def test_a_gradient_of_zero_has_no_bar_but_a_number(make):
    bars = make(GradientView(), seen(4, first=0.0)).picture.bars
    assert math.isnan(bars[0].value)
    assert bars[0].written == "0"
    assert bars[0].warned


def test_in_the_past_it_shows_what_was_seen_by_then(make):
    view = make(GradientView(), seen(0, first=1e-3), seen(4, first=1e-5), at=2.0)
    assert view.picture.bars[0].value == pytest.approx(1e-3)


def test_a_click_on_a_row_names_its_layer(make, qtbot):
    view = make(GradientView(), seen(4))
    with qtbot.waitSignal(view.node_clicked) as clicked:
        qtbot.mouseClick(view.picture, Qt.MouseButton.LeftButton, pos=QPoint(20, round(1.5 * view.picture._height)))
    assert clicked.args == ["output"]


def test_before_anything_was_seen_it_says_what_to_do(make):
    view = make(GradientView())
    assert "too large" in view.picture.accessibleDescription()
    view.show_snapshot(snapshot(exam(), steep, step=0))
    assert "Press Run" in view.picture.accessibleDescription()


def test_all_layers_are_shown_where_there_is_room(make, qtbot):
    view = make(GradientView(), seen(4))
    assert len(view.picture._shown) == 2
    view.setMinimumSize(0, 0)
    view.resize(300, 62)
    assert len(view.picture._shown) == 1


def test_the_share_of_dead_units_is_shown_where_units_can_die(make, qtbot):
    view = make(HealthView(), seen(4, silent=0.75))
    assert [(bar.node_id, bar.written, bar.warned) for bar in view.picture.bars] == [("dense-1", "75 %", True)]
    choose(view, "Saturated", qtbot)
    assert [(bar.written, bar.warned) for bar in view.picture.bars] == [("25 %", False), ("25 %", False)]
    choose(view, "Zeros", qtbot)
    assert [bar.written for bar in view.picture.bars] == ["10 %", "10 %"]


def test_where_nothing_can_die_it_says_so(make):
    view = make(HealthView(), seen(4))
    assert "can die" in view.picture.accessibleDescription()


def test_bands_go_from_the_start_until_now(make, qtbot):
    view = make(SpreadView(), seen(0), seen(2), seen(4), at=4.5)
    assert view.picture._epochs.tolist() == [0, 2, 4]
    assert view.picture._quantiles[0].tolist() == [-2, -1, -0.5, 0, 0.5, 1, 9]
    frame = view.picture._frame()
    assert frame.x.high == 4.5
    assert view.picture._curve(frame, 3)[-1].x() == pytest.approx(frame.area.right())
    assert "90 % lie between −1.00 and 1.00" in view.picture.accessibleDescription()
    choose(view, "Weights", qtbot)
    assert view.picture._quantiles[0, 5] == pytest.approx(0.7)


def test_bands_are_of_the_selected_layer_while_it_has_any(make, qtbot):
    view = make(SpreadView(), seen(4))
    view.select_node("output")
    assert view.header._caption._keys[0].text == "Output"
    view.select_node("input")
    assert view.header._caption._keys[0].text == "Dense 1"
    assert not view.grab().isNull()


def test_numbers_that_are_all_the_same_are_drawn(make):
    flat = Vitals(0, 0, 1.0, {"dense-1": layer(1e-3), "output": layer(1e-3)}, 1)
    view = make(SpreadView(), flat)
    view.picture.show_spreads([(0.0, Spread((1.0,) * 7, 1.0))], 1.0)
    assert not view.grab().isNull()
