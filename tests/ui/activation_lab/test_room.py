"""The activation explorer as a student meets it."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annstudio.engine.activations import activations
from annstudio.labs.activations.softmax import logistic_of
from annstudio.project.build import chain
from annstudio.ui.activation_lab.room import ActivationRoom
from annstudio.ui.racing.colors import racer_color


@pytest.fixture
def room(dressed, qtbot):
    made = ActivationRoom()
    qtbot.addWidget(made)
    made.resize(1366, 620)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.shut_down()


def item_of(page, key):
    return next(item for item in page._items() if item.data(Qt.ItemDataRole.UserRole) == key)


def test_every_activation_of_single_sums_can_be_shown(room):
    page = room.curves
    assert page.list.count() == sum(entry.elementwise for entry in activations.values())
    for item in page._items():
        page.list.setCurrentItem(item)
        assert page.picture.frame() is not None
        assert page.formula.plain
        assert not page.picture.grab().isNull()


def test_several_are_overlaid_up_to_a_limit(room):
    page = room.curves
    for item in page._items():
        item.setCheckState(Qt.CheckState.Checked)
    checked = [item for item in page._items() if item.checkState() is Qt.CheckState.Checked]
    assert len(checked) == 7
    assert "At most" in page._told.text()
    colors = [number for number, _, _ in page.picture._curves]
    assert len({racer_color(number).name() for number in colors}) == len(colors)


def test_the_keys_read_the_curves(room):
    crosshair = room.curves.picture.crosshair
    for _ in range(6):
        QTest.keyClick(crosshair, Qt.Key.Key_Right)
    lines = [line.text for line in crosshair.reading.lines]
    assert lines[0] == "z = 0.500"
    expected = float(activations["tanh"]().value(np.array([[0.5]]))[0, 0])
    assert f"a = {expected:.3f}" in next(line for line in lines if line.startswith("Tanh"))


def test_a_slider_changes_a_parameter(room):
    page = room.curves
    page.list.setCurrentItem(item_of(page, "leaky_relu"))
    field = page._form.itemAt(0, page._form.ItemRole.FieldRole).widget()
    slider = page._form.itemAt(1, page._form.ItemRole.FieldRole).widget()
    before = page.picture._curves[-1][2].at(-2.0)[0]
    slider.setValue(slider.value() + 20)
    assert page.picture._curves[-1][2].at(-2.0)[0] != before
    assert page._values["leaky_relu"]
    field.entered.emit("nothing")
    assert page._told.text()


def test_an_own_formula_is_drawn(room):
    page = room.curves
    page.list.setCurrentItem(item_of(page, "formula"))
    field = page._form.itemAt(0, page._form.ItemRole.FieldRole).widget()
    field.entered.emit("z**2")
    assert page.picture._curves[-1][2].at(3.0) == pytest.approx((9.0, 6.0))
    field.entered.emit("__import__('os')")
    assert page._told.text()
    assert page.picture._curves[-1][2].at(3.0)[0] == pytest.approx(9.0)


def test_the_sums_of_a_layer_stand_below_the_curve(room, qtbot, rested):
    snapshot = rested(chain("Exam", "exam", [(4, "tanh")]))
    room.show_snapshot(snapshot)
    page = room.curves
    qtbot.waitUntil(lambda: page.layers.count() == 3, timeout=10_000)
    page.layers.setCurrentIndex(1)
    page.layers.activated.emit(1)
    x = snapshot.prepared.train.inputs
    weights = snapshot.weights["dense-1"].parts
    z = page.picture._z
    every = max(1, len(x) // 400)
    expected = (x[::every] @ weights["kernel"] + weights["bias"]).ravel()
    np.testing.assert_allclose(np.sort(z), np.sort(expected), rtol=1e-4, atol=1e-5)
    assert "%" in page._layer_text.text()
    room.show_snapshot(None)
    assert page.picture._z is None


def test_softmax_by_sliders(room, qtbot):
    qtbot.mouseClick(room.buttons[1], Qt.MouseButton.LeftButton)
    page = room.softmax
    page.counts.setCurrentIndex(0)
    page.counts.activated.emit(0)
    page.sliders[0].setValue(15)
    page.sliders[1].setValue(-5)
    assert f"{logistic_of(2.0):.3f}" in page.said.text()
    assert page.said.text().count(f"{logistic_of(2.0):.3f}") == 2
    page.counts.setCurrentIndex(3)
    page.counts.activated.emit(3)
    assert len(page.picture.logits) == 5
    assert not page.picture.grab().isNull()


def test_depth_says_when_gradients_vanish_or_explode(room, qtbot):
    qtbot.mouseClick(room.buttons[2], Qt.MouseButton.LeftButton)
    page = room.deep
    assert "vanishes" in page.said.text()
    page.kinds.setCurrentIndex(page.kinds.findData("identity"))
    page.kinds.activated.emit(0)
    page.weight.setValue(60)
    assert "explodes" in page.said.text()
    page.kinds.setCurrentIndex(page.kinds.findData("relu"))
    page.kinds.activated.emit(0)
    page.weight.setValue(-20)
    assert "exactly 0" in page.said.text()
    assert not page.picture.grab().isNull()


def test_extreme_numbers_are_marked_where_the_written_form_is_wrong(room, qtbot):
    qtbot.mouseClick(room.buttons[3], Qt.MouseButton.LeftButton)
    page = room.extremes
    page.forms.setCurrentIndex(1)
    page.forms.activated.emit(1)
    last = page.table.rowCount() - 1
    assert page.table.item(last, 1).text() == "✗ not a number"
    assert page.table.item(last, 2).text() == "1"
    page.precisions.setCurrentIndex(1)
    page.precisions.activated.emit(1)
    assert not page.table.item(last - 1, 1).text().startswith("✗")


def test_history_is_told_with_its_sources(room, qtbot):
    qtbot.mouseClick(room.buttons[4], Qt.MouseButton.LeftButton)
    assert room.history.list.count() > 15
    assert not room.history.picture.grab().isNull()
