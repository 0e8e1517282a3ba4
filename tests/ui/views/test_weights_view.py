from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.model import Wire
from annstudio.training.run import Run
from annstudio.training.trained import LayerWeights
from annstudio.ui.theme import LIGHT
from annstudio.ui.views.header import Caption, Switch
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.weights_view import WeightsView
from tests.ui.views.runs import digits, exam, snapshot, steep


def known(project, **layers):
    shot = snapshot(project, steep)
    return replace(shot, weights={**shot.weights, **layers})


@pytest.fixture
def view(shown):
    made = shown(WeightsView(), 520, 320)
    made.show_project(exam())
    kernel = np.array([[2.0, -2.0, 0.0, 1.0], [-0.4821, 0.5, 0.25, 0.0]])
    first = LayerWeights({"kernel": kernel, "bias": np.array([0.1, 0.0, -1.0, 2.0])})
    made.show_snapshot(known(exam(), **{"dense-1": first}))
    made.findChildren(Switch)[0].hide()
    return made


def switch(view, text):
    return next(found for found in view.findChildren(Switch) if found.text() == text)


def told(view):
    return [line.text for line in view.picture.hover_lines()]


def test_hovering_reads_every_weight_exactly(view, hover):
    for node_id, layer in view.snapshot.weights.items():
        for source, unit in np.ndindex(layer.kernel.shape):
            hover(view.picture, view.picture.cell_place(node_id, source, unit))
            assert told(view)[0].endswith(f"to unit {unit + 1} = {figure(layer.kernel[source, unit])}")
        for unit, bias in enumerate(layer.bias):
            hover(view.picture, view.picture.cell_place(node_id, None, unit))
            assert told(view) == [f"bias of unit {unit + 1} = {figure(bias)}"]


def test_weights_are_named_by_where_they_come_from(view, hover):
    hover(view.picture, view.picture.cell_place("dense-1", 1, 0))
    assert told(view) == ["w from x₂ to unit 1 = −0.482", "x₂: Hours studied"]
    hover(view.picture, view.picture.cell_place("output", 2, 0))
    assert told(view)[0].startswith("w from a₃ to unit 1 = ")
    assert told(view)[1] == "a₃: unit 3 of Dense 1"


def test_features_that_are_symbols_are_named_once(shown, hover):
    project = chain("Circle", "circle", [(3, "tanh")])
    view = shown(WeightsView())
    view.show_project(project)
    view.show_snapshot(snapshot(project, lambda raw: raw[:, :1]))
    hover(view.picture, view.picture.cell_place("dense-1", 0, 0))
    (line,) = told(view)
    assert line.startswith("w from x₁ to unit 1 = ")


def test_pixels_are_named_by_row_and_column(shown, hover):
    view = shown(WeightsView(), 900, 700)
    view.show_project(digits())
    view.show_snapshot(snapshot(digits()))
    hover(view.picture, view.picture.cell_place("dense-1", 19, 2))
    value = view.snapshot.weights["dense-1"].kernel[19, 2]
    assert told(view) == [f"w from x₂₀ to unit 3 = {figure(value)}", "x₂₀: pixel (3, 4)"]


def color_at(view, node_id, source, unit):
    place = view.picture.cell_place(node_id, source, unit).toPoint()
    return view.picture.grab().toImage().pixelColor(place)


def test_colors_run_from_negative_to_positive(view):
    assert color_at(view, "dense-1", 0, 0).blue() > color_at(view, "dense-1", 0, 0).red() + 60
    assert color_at(view, "dense-1", 0, 1).red() > color_at(view, "dense-1", 0, 1).blue() + 60
    assert color_at(view, "dense-1", 0, 2) == LIGHT.color("neutral")
    assert color_at(view, "dense-1", None, 3).blue() > color_at(view, "dense-1", None, 3).red() + 60


def test_one_scale_for_all_layers_unless_each_wants_its_own(view, qtbot):
    small = LayerWeights({"kernel": np.array([[0.01], [-0.01], [0.0], [0.0]]), "bias": np.zeros(1)})
    view.show_snapshot(known(exam(), output=small))
    pale = color_at(view, "output", 0, 0)
    assert abs(pale.red() - pale.blue()) < 20
    qtbot.mouseClick(switch(view, "own scale"), Qt.MouseButton.LeftButton)
    assert color_at(view, "output", 0, 0) == QColor(LIGHT.positive)


def test_all_zero_weights_are_neutral(view):
    zero = {
        name: LayerWeights({key: 0 * part for key, part in w.parts.items()})
        for name, w in view.snapshot.weights.items()
    }
    view.show_snapshot(replace(view.snapshot, weights=zero))
    assert color_at(view, "dense-1", 0, 0) == LIGHT.color("neutral")


def test_the_selected_layer_is_larger(view):
    before = view.picture.cell_place("output", 1, 0).y() - view.picture.cell_place("output", 0, 0).y()
    first = view.picture.cell_place("dense-1", 0, 1).x() - view.picture.cell_place("dense-1", 0, 0).x()
    view.select_node("dense-1")
    after = view.picture.cell_place("dense-1", 0, 1).x() - view.picture.cell_place("dense-1", 0, 0).x()
    assert after >= first
    assert view.picture.cell_place("output", 0, 0).x() > 0.55 * view.picture.width()
    view.select_node("input")
    assert view.picture.cell_place("output", 1, 0).y() - view.picture.cell_place("output", 0, 0).y() == before


def test_a_click_tells_the_layer(view, qtbot):
    with qtbot.waitSignal(view.node_clicked) as clicked:
        place = view.picture.cell_place("output", 0, 0).toPoint()
        QTest.mouseClick(view.picture, Qt.MouseButton.LeftButton, pos=place)
    assert clicked.args == ["output"]


def test_large_layers_are_pooled_and_say_so(shown, hover):
    view = shown(WeightsView(), 300, 200)
    view.show_project(exam())
    kernel = np.zeros((2, 2000))
    kernel[1, 1234] = -3.5
    view.show_snapshot(known(exam(), **{"dense-1": LayerWeights({"kernel": kernel, "bias": np.zeros(2000)})}))
    assert "(pooled)" in view.findChild(Caption).accessibleName()
    hover(view.picture, view.picture.cell_place("dense-1", 1, 1234))
    assert told(view)[0] == "w from x₂ to unit 1235 = −3.50"


def test_digits_can_be_shown_as_pictures(shown, qtbot, hover):
    view = shown(WeightsView(), 700, 500)
    view.show_project(digits())
    view.show_snapshot(snapshot(digits()))
    flat = view.picture.grab().toImage()
    qtbot.mouseClick(switch(view, "pictures"), Qt.MouseButton.LeftButton)
    assert view.picture.grab().toImage() != flat
    hover(view.picture, QPointF(4, 22))
    value = view.snapshot.weights["dense-1"].kernel[0, 0]
    assert told(view) == [f"w from x₁ to unit 1 = {figure(value)}", "x₁: pixel (1, 1)"]


def test_only_pictures_can_be_shown_as_pictures(shown):
    view = shown(WeightsView())
    view.show_project(exam())
    assert not switch(view, "pictures").isVisible()
    view.show_project(digits())
    assert switch(view, "pictures").isVisible()


def test_outside_the_cells_nothing_is_read(view, hover):
    hover(view.picture, QPointF(view.picture.width() - 2, view.picture.height() - 2))
    assert told(view) == []


def mixed(shown):
    """A convolution, a layer with γ and β but no kernel, a layer without biases and one that skips them."""
    project = chain("Test", "digits", [(4, "tanh")])
    project = edits.set_value(project, "dense-1", "bias", False)
    for kind in ("reshape", "conv2d", "flatten"):
        (source,) = project.design.sources("dense-1")
        project, _ = edits.insert_node(project, kind, Wire(source, "dense-1"))
    project = edits.set_value(project, "conv2d-1", "filters", 2)
    for kind in ("batch_norm", "concatenate"):
        (source,) = project.design.sources("output")
        project, _ = edits.insert_node(project, kind, Wire(source, "output"))
    project = edits.connect(project, "flatten-1", "concatenate-1")
    run = Run(project)
    view = shown(WeightsView(), 700, 320)
    view.show_project(project)
    view.show_snapshot(snapshot(project, weights=run.layer_weights(), compiled=run.compiled))
    return view


def test_every_layer_with_a_kernel_is_shown_as_it_is(shown, hover):
    view = mixed(shown)
    assert view.picture.grab().toImage().width() >= 700
    assert [painted.layer.node_id for painted in view.picture._made()] == ["conv2d-1", "dense-1", "output"]
    kernel = view.snapshot.weights["conv2d-1"].kernel
    hover(view.picture, view.picture.cell_place("conv2d-1", 8, 1))
    assert told(view) == [f"weight 9 of unit 2 = {figure(kernel[8, 1])}"]
    hover(view.picture, view.picture.cell_place("dense-1", 5, 2))
    assert told(view)[1] == "a₆: value 6 of Flatten 1"
    hover(view.picture, view.picture.cell_place("output", 1, 2))
    assert told(view)[1] == "a₂: value 2 of Concatenate 1"


def test_filters_are_shown_as_the_pictures_they_look_for(shown):
    view = mixed(shown)
    switch(view, "pictures").click()
    conv, dense, _ = view.picture._made()
    kernel = view.snapshot.weights["conv2d-1"].kernel
    assert (conv.map.tiles.image, dense.map.tiles) == ((3, 3), None)
    np.testing.assert_array_equal(conv.map.kernel[:3, :3], kernel[:, 0].reshape(3, 3))


def test_a_layer_without_biases_has_no_row_for_them(shown, hover):
    view = mixed(shown)
    conv, dense, _ = view.picture._made()
    assert (dense.bias, dense.place.bias.isEmpty(), dense.place.label.isEmpty()) == (None, True, True)
    assert conv.bias is not None
    hover(view.picture, dense.place.kernel.bottomLeft() + QPointF(2, 8))
    assert told(view) == []
    assert "last row: bias" in view.findChild(Caption).accessibleName()


def test_a_layer_that_has_been_removed_is_shown_no_more(view):
    view.show_project(edits.remove(exam(), ["output"]))
    assert [layer.title for layer in view._layers()] == ["Dense 1"]


def test_of_many_layers_those_around_the_selected_one_are_shown(shown):
    view, deep = shown(WeightsView(), 900), chain("deep", "exam", [(2, "tanh")] * 40)
    view.show_project(deep)
    view.show_snapshot(snapshot(deep, steep))
    assert [layer.node_id for layer in view._layers()] == [f"dense-{number}" for number in range(1, 25)]
    assert "17 more" in view.findChild(Caption).accessibleName()
    view.select_node("dense-30")
    around = [layer.node_id for layer in view._layers()]
    assert 9 <= len(around) < 24
    assert around[len(around) // 2] == "dense-30"
    view.resize(300, 170)
    assert 3 <= len(view._layers()) < len(around)


def test_images_are_made_anew_only_where_something_has_changed(view):
    before = {painted.layer.node_id: painted.kernel for painted in view.picture._made()}
    view.show_blocked(True)
    view.show_blocked(False)
    assert {painted.layer.node_id: painted.kernel for painted in view.picture._made()} == before
    assert all(painted.kernel is before[painted.layer.node_id] for painted in view.picture._made())
