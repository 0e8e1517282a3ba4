"""The view of neurons: it reads, it walks, it sets weights."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annstudio.project import edits, groups
from annstudio.project.build import chain
from annstudio.ui.neurons.drawn import TITLE_WIDTH
from annstudio.ui.neurons.layout import TITLE_ROOM, Point
from annstudio.ui.neurons.reading_view import ReadingView
from annstudio.ui.neurons.things import Bias, Link, Neuron, Whole
from annstudio.ui.style import palette_of
from annstudio.ui.theme import DARK, LIGHT
from tests.ui.neurons.conftest import Hands

LINK = Link("dense-1", 1, 2)


def marked(view):
    return view.scene_of_neurons.marked


def weight(view, thing):
    place = thing.place
    return view._snapshot.weights[place.node_id].parts[place.part][place.index]


def has_weights(view):
    return bool(np.isfinite(view.scene_of_neurons.drawn.strands.values).any())


@pytest.fixture
def entered(view):
    """What the view asks for; it is granted at once."""
    asked = []

    def grant(name, layer, place, value, gesture):
        asked.append((name, layer, place, value, gesture))
        view.show_snapshot(view._snapshot.with_weight(place, value))

    view.weight_entered.connect(grant)
    return asked


@pytest.mark.parametrize(("size", "shown"), [((900, 460), True), ((900, 160), False), ((240, 460), False)])
def test_the_legend_lies_over_no_neuron(view, size, shown):
    view.resize(*size)
    assert view._legend.isVisible() is shown


def test_the_pointer_reads_a_weight_exactly(view, hands):
    hands.hover(LINK)
    assert marked(view) == LINK
    value = weight(view, LINK)
    first = view._popup.reading.lines[0].text
    assert np.float32(first.removeprefix("w₂₃ = ").replace("−", "-")) == value
    assert "neuron 3 of Dense" in view._popup.reading.lines[1].text
    assert view._popup.isVisible()


def test_the_pointer_reads_a_bias_before_its_neuron(view, hands):
    hands.hover(Bias("dense-1", 1))
    assert marked(view) == Bias("dense-1", 1)
    assert view._popup.reading.lines[0].text == "b₂ = 0"


def test_a_neuron_shows_its_map(view, hands):
    hands.hover(Neuron("dense-1", 0))
    plane = view._popup.reading.plane
    assert plane is not None
    assert -1 <= plane.span[0] < plane.span[1] <= 1


def test_a_neuron_of_many_inputs_shows_its_strongest_weights(open_view):
    view = open_view(chain("Digits", "digits", [(12, "relu"), (4, "relu")]))
    view.point_out(Neuron("dense-2", 3))
    bars = view._popup.reading.bars
    column = view._snapshot.weights["dense-2"].kernel[:, 3]
    assert min(abs(bar.value) for bar in bars) >= sorted(abs(column))[-len(bars)]
    assert view._popup.reading.note == "and 4 weaker weights"


def test_a_neuron_that_weighs_pixels_shows_them_as_a_picture(open_view):
    view = open_view(chain("Digits", "digits", [(12, "relu")]))
    view.point_out(Neuron("dense-1", 3))
    picture = view._popup.reading.picture
    assert (picture.width(), picture.height()) == (8, 8)
    column = view._snapshot.weights["dense-1"].kernel[:, 3]
    strongest = divmod(int(abs(column).argmax()), 8)
    token = "positive" if column[strongest[0] * 8 + strongest[1]] > 0 else "negative"
    assert picture.pixelColor(strongest[1], strongest[0]) == LIGHT.color(token)
    view.grab()


def test_nothing_is_read_off_the_network(view, hands):
    hands.hover(LINK)
    hands.move(QPoint(3, 3))
    assert marked(view) is None
    assert not view._popup.isVisible()


def test_a_click_sets_a_weight(view, hands, entered):
    hands.click(LINK)
    assert view._field.isVisible()
    hands.type("-1,5")
    assert entered == [("w₂₃", "Dense 1", LINK.place, -1.5, "")]
    assert not view._field.isVisible()
    assert weight(view, LINK) == -1.5
    assert "−1.5" in view._popup.reading.lines[0].text


def test_training_rests_while_a_weight_is_set(view, hands, qtbot):
    with qtbot.waitSignal(view.weight_touched):
        hands.click(LINK)


def test_the_field_follows_until_something_is_typed(view, hands):
    hands.click(LINK)
    view.show_snapshot(view._snapshot.with_weight(LINK.place, 0.1))
    assert view._field.text() == "0.1"
    view._field.selectAll()
    QTest.keyClicks(view._field, "7")
    view.show_snapshot(view._snapshot.with_weight(LINK.place, 0.2))
    assert view._field.text() == "7"


def test_escape_leaves_the_weight_as_it_was(view, hands, entered):
    hands.click(Bias("output", 0))
    QTest.keyClicks(view._field, "7")
    QTest.keyClick(view._field, Qt.Key.Key_Escape)
    assert entered == []
    assert not view._field.isVisible()


@pytest.mark.parametrize("typed", ["much", "inf", "1e39", ""])
def test_what_is_no_weight_is_refused_with_a_sentence(view, hands, entered, typed):
    hands.click(LINK)
    view._field.selectAll()
    QTest.keyClick(view._field, Qt.Key.Key_Backspace)
    hands.type(typed)
    assert entered == []
    assert view._field.isVisible()
    assert view._bubble.isVisible()


def test_steps_set_the_weight_and_are_one_gesture(view, hands, entered):
    hands.click(LINK)
    QTest.keyClick(view._field, Qt.Key.Key_Up)
    QTest.keyClick(view._field, Qt.Key.Key_Up)
    (*_, first, gesture), (*_, second, other) = entered
    assert second - first == pytest.approx(0.1)
    assert gesture == other != ""
    assert view._field.isVisible()


def test_what_was_typed_counts_when_the_focus_goes(view, hands, entered):
    hands.click(LINK)
    view._field.selectAll()
    QTest.keyClicks(view._field, "2")
    view.commit()
    assert [value for *_, value, _ in entered] == [2.0]


def test_a_weight_of_an_edited_network_cannot_be_set(view, hands):
    project = view._document.project
    view._document.apply("units", edits.set_value(project, "dense-1", "units", 3))
    view.edit(Link("dense-1", 0, 0))
    assert not view._field.isVisible()


def test_a_click_on_a_title_selects_the_layer(view, hands, qtbot):
    with qtbot.waitSignal(view.node_clicked) as signal:
        hands.click(Whole("dense-1"))
    assert signal.args == ["dense-1"]


def test_a_click_on_the_ground_selects_nothing(view, qtbot):
    with qtbot.waitSignal(view.node_clicked) as signal:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 60))
    assert signal.args == [None]


def test_dragging_the_ground_moves_the_view(view, qtbot):
    before = view.mapToScene(QPoint(0, 0))
    with qtbot.assertNotEmitted(view.node_clicked):
        QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 60))
        QTest.mouseMove(view.viewport(), QPoint(45, 60))
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(45, 60))
    assert view.mapToScene(QPoint(0, 0)).x() < before.x()


def test_all_of_it_is_in_view_at_first(open_view):
    for hidden in ([(4, "tanh")], [(16, "relu")] * 3, [(200, "relu")]):
        view = open_view(chain("x", "exam", hidden))
        seen = view.mapToScene(view.viewport().rect()).boundingRect()
        assert seen.contains(view.scene_of_neurons.content())


def test_tab_goes_through_the_neurons_and_then_on(view, hands):
    hands.keys(Qt.Key.Key_Tab)
    assert marked(view) == Neuron("input", 0)
    for _ in range(6):
        hands.keys(Qt.Key.Key_Tab)
    assert marked(view) == Neuron("output", 0)
    assert view._tab(True) is False


def test_arrows_go_along_the_links_and_enter_sets_one(view, hands, entered):
    view.point_out(Neuron("dense-1", 2))
    hands.keys(Qt.Key.Key_Left, Qt.Key.Key_Down)
    assert marked(view) == LINK
    hands.keys(Qt.Key.Key_Return)
    hands.type("0.25")
    assert weight(view, LINK) == 0.25
    assert marked(view) == LINK
    hands.keys(Qt.Key.Key_Left)
    assert marked(view) == Neuron("input", 1)


def test_what_is_pointed_out_is_told_to_those_who_do_not_see_it(view):
    view.point_out(LINK)
    assert "w₂₃ = " in view.accessibleDescription()
    assert "Hours studied" in view.accessibleDescription()
    view.point_out(None)
    assert view.accessibleDescription() == ""


def test_the_reading_follows_the_run(view):
    view.point_out(LINK)
    view.show_snapshot(view._snapshot.with_weight(LINK.place, 3.0))
    assert view._popup.reading.lines[0].text == "w₂₃ = 3"


def test_nothing_is_drawn_anew_while_it_is_hidden(view, monkeypatch):
    view.hide()
    seen = []
    monkeypatch.setattr(view.scene_of_neurons, "show_snapshot", seen.append)
    latest = view._snapshot.with_weight(LINK.place, 3.0)
    view.show_snapshot(latest)
    assert seen == []
    view.show()
    assert seen == [latest]


def test_an_edit_while_it_is_hidden_is_drawn_when_it_is_shown(view):
    view.hide()
    drawn = view.scene_of_neurons.drawn
    view._document.apply("units", edits.set_value(view._document.project, "dense-1", "units", 3))
    assert view.scene_of_neurons.drawn is drawn
    view.show()
    assert view.scene_of_neurons.drawn.layout.groups["dense-1"].size == 3


def test_a_bias_is_met_at_the_foot_of_its_neuron_only(view):
    drawn = view.scene_of_neurons.drawn
    spot, radius = drawn.layout.groups["dense-1"].spots[0], drawn.layout.radius
    assert drawn.picker.at(spot, 20) == Neuron("dense-1", 0)
    assert drawn.picker.at(Point(spot.x, spot.y + 0.9 * radius), 20) == Bias("dense-1", 0)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_it_follows_the_theme(dressed, view, theme):
    dressed.setPalette(palette_of(theme))
    QApplication.processEvents()
    ground = view.grab().toImage().pixelColor(3, 3).name()
    assert ground == theme.background


def test_an_unfinished_network_is_drawn_without_weights(open_view):
    view = open_view(chain("x", "exam", [(4, "tanh")]))
    project = view._document.project
    view._document.apply("cut", edits.remove(project, [], project.design.wires[1:]))
    view.grab()
    assert marked(view) is None


def test_a_layer_that_is_undone_while_it_is_pressed_is_not_clicked(view, hands):
    document, clicked = view._document, []
    view.node_clicked.connect(clicked.append)
    project, node_id = edits.insert_node(document.project, "dense", document.project.design.wires[0])
    document.apply("insert", project)
    pixel = hands.pixel(Neuron(node_id, 0))
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=pixel)
    document.undo_stack.undo()
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=pixel)
    assert clicked == []
    assert view.scene_of_neurons.drawn.layout.groups.keys() == {"input", "dense-1", "output"}


def test_the_ground_is_let_go_of_when_the_network_changes(view, hands):
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert view.viewport().cursor().shape() is Qt.CursorShape.ClosedHandCursor
    view._document.apply("units", edits.set_value(view._document.project, "dense-1", "units", 3))
    assert view.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))


def test_fit_shows_all_of_a_deep_network_and_the_beginning_of_one_that_would_be_too_small_to_read(open_view):
    view = open_view(chain("x", "exam", [(8, "tanh")] * 12))
    view.fit()
    assert view.mapToScene(view.rect()).boundingRect().contains(view.scene_of_neurons.content())
    view = open_view(chain("x", "exam", [(8, "tanh")] * 60))
    view.fit()
    assert view.zoom == ReadingView.FARTHEST
    seen, content = view.mapToScene(view.rect()).boundingRect(), view.scene_of_neurons.content()
    assert seen.left() <= content.left() < seen.right() < content.right()


@pytest.mark.parametrize("zoom", [1.0, 0.6, ReadingView.FARTHEST])
def test_the_name_of_a_layer_can_be_read_from_wherever_fit_goes(open_view, zoom):
    view = open_view(chain("x", "exam", [(2, "tanh")] * 3))
    view.resetTransform()
    view.scale(zoom, zoom)
    group = view.scene_of_neurons.drawn.layout.groups["dense-2"]
    corner = view.mapFromScene(group.center.x - TITLE_WIDTH / 2, group.top - TITLE_ROOM)
    end = view.mapFromScene(group.center.x + TITLE_WIDTH / 2, group.top)
    title = view.grab(QRect(corner, end)).toImage()
    name = [y for y in range(title.height()) for x in range(title.width()) if title.pixelColor(x, y).lightness() < 110]
    assert max(name) - min(name) >= 6


def test_every_copy_of_a_repeated_block_is_drawn_with_its_own_weights(open_view, qtbot):
    project, group_id = groups.group(chain("x", "exam", [(4, "tanh"), (4, "tanh")]), ["dense-2"])
    view = open_view(groups.repeat(project, group_id, 3))
    copies = [node_id for node_id in view.scene_of_neurons.drawn.layout.groups if node_id.startswith("dense-2")]
    assert len(copies) == 3
    assert not np.isnan(view.scene_of_neurons.drawn.strands.values).any()
    with qtbot.waitSignal(view.node_clicked) as signal:
        Hands(view).click(Whole(copies[-1]))
    assert signal.args == ["dense-2"]


def test_weights_of_other_data_do_not_stay_where_the_new_cannot_run(view):
    document = view._document
    assert has_weights(view)
    cut = edits.remove(document.project, [], document.project.design.wires[:1])
    document.apply("cut", cut)
    assert has_weights(view)
    document.apply("data", edits.set_value(cut, "data", "source", "circle"))
    assert not has_weights(view)
    view.show_snapshot(view._snapshot)
    assert not has_weights(view)


def test_without_a_run_there_are_no_weights(view):
    view.show_snapshot(None)
    assert not has_weights(view)
