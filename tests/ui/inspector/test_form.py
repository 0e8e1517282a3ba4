"""Forms for everything that declares parameters: built, edited, refused, undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from annstudio.core.params import Choice, Integer, Real
from annstudio.data.sources import sources
from annstudio.engine.activations import activations
from annstudio.engine.initializers import initializers
from annstudio.engine.layers import layers
from annstudio.engine.losses import losses
from annstudio.engine.optimizers import optimizers
from annstudio.project import edits
from annstudio.project.settings import REGISTRIES
from annstudio.ui.inspector.expander import Expander
from annstudio.ui.inspector.fields import ChoiceField, FlagField, NumberField
from annstudio.ui.inspector.form import Form, settings_of

CONTROL = Qt.KeyboardModifier.ControlModifier
CHOSEN = (
    [("data", "source", key) for key in sources]
    + [("training", "optimizer", key) for key in optimizers]
    + [("training", "loss", key) for key in losses]
    + [("dense-1", "activation", key) for key in activations]
    + [("dense-1", "initializer", key) for key in initializers]
)


@pytest.fixture
def form(document, qtbot):
    made = []

    def make(owner):
        made.append(Form(document, owner))
        qtbot.addWidget(made[-1])
        made[-1].resize(260, 400)
        made[-1].show()
        # Only in an active window do fields get and lose the focus.
        made[-1].activateWindow()
        qtbot.waitUntil(made[-1].isActiveWindow)
        return made[-1]

    return make


def pick(field, key):
    index = field.findData(key)
    field.setCurrentIndex(index)
    field.activated.emit(index)


def type_into(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field.lineEdit(), text)
    QTest.keyClick(field.lineEdit(), Qt.Key.Key_Return)


@pytest.mark.parametrize("owner", ["data", "training", "input", "dense-1", "output"])
def test_a_form_has_a_field_for_every_declared_setting(document, form, owner):
    params, settings, _ = settings_of(document.project, owner)
    made = form(owner)
    assert list(made.rows) == list(params) == list(settings.values)


@pytest.mark.parametrize("kind", list(layers))
def test_every_layer_has_a_form(document, form, kind):
    project, node_id = edits.add_node(document.project, kind, (0, 400))
    document.replace(project)
    assert set(form(node_id).rows) == set(project.design.node(node_id).settings.values)


@pytest.mark.parametrize(("owner", "key", "chosen"), CHOSEN)
def test_every_entry_can_be_picked_and_brings_its_own_fields(document, form, owner, key, chosen):
    made = form(owner)
    before = document.project
    pick(made.rows[key].field, chosen)
    params, settings, _ = settings_of(document.project, owner)
    assert settings[key] == chosen
    assert list(made.rows) == list(params)
    assert all(row.field.currentData() == settings[k] for k, row in made.rows.items() if is_choice(row))
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert document.project == before
    assert made.rows[key].field.currentData() == settings_of(before, owner)[1][key]


@pytest.mark.parametrize(("owner", "key", "chosen"), CHOSEN)
def test_every_number_of_every_entry_steps_refuses_and_undoes(document, form, owner, key, chosen):
    made = form(owner)
    pick(made.rows[key].field, chosen)
    start = document.project
    for name in [name for name, row in made.rows.items() if is_number(row)]:
        row = made.rows[name]
        held = settings_of(document.project, owner)[1][name]
        type_into(row.field, "a lot")
        assert row.refused
        assert "a lot" in row.error.text()
        assert settings_of(document.project, owner)[1][name] == held
        QTest.keyClick(row.field, Qt.Key.Key_Escape)
        assert not row.refused
    assert document.project == start


def is_choice(row):
    return isinstance(row.param, Choice)


def is_number(row):
    return isinstance(row.param, Integer | Real)


def test_a_list_of_numbers_is_typed_refused_mended_and_undone(document, form):
    document.replace(edits.set_value(document.project, "training", "loss", "cross_entropy"))
    key = "loss.class_weights"
    row = form("training").rows[key]

    def type_text(text):
        row.field.setFocus()
        row.field.selectAll()
        QTest.keyClicks(row.field, text)
        QTest.keyClick(row.field, Qt.Key.Key_Return)

    type_text("1,x")
    assert (row.refused, row.field.property("invalid"), row.field.text()) == (True, True, "1,x")
    type_text("1,2")
    assert (row.refused, row.field.property("invalid"), row.field.text()) == (False, False, "1, 2")
    assert document.project.training[key] == "1, 2"
    QTest.keyClicks(row.field, "3")
    QTest.keyClick(row.field, Qt.Key.Key_Escape)
    assert row.field.text() == "1, 2"
    row.field.end(False)
    QTest.keyClicks(row.field, ", y")
    row.field.clearFocus()
    assert (row.field.text(), row.field.property("invalid")) == ("1, 2", False)
    assert "y" in row.error.text()
    document.undo_stack.undo()
    assert row.field.text() == document.project.training[key] == ""


def test_typing_a_number_edits_the_project(document, form):
    made = form("training")
    type_into(made.rows["optimizer.learning_rate"].field, "0,05")
    assert document.project.training["optimizer.learning_rate"] == 0.05
    assert made.rows["optimizer.learning_rate"].field.text() == "0.05"
    document.undo_stack.undo()
    assert made.rows["optimizer.learning_rate"].field.text() == "0.001"


@pytest.mark.parametrize("typed", ["0", "-3", "1e9", "nan", "", "1.5"])
def test_impossible_units_are_refused_in_a_sentence(document, form, typed):
    made = form("dense-1")
    before = document.project
    type_into(made.rows["units"].field, typed or " ")
    assert made.rows["units"].refused
    assert made.rows["units"].error.text().endswith(".")
    assert document.project is before


def test_a_refused_entry_stays_for_mending_and_typing_takes_the_sentence_away(document, form):
    row = form("training").rows["batch_size"]
    type_into(row.field, "0")
    assert (row.refused, row.field.property("invalid"), row.field.text()) == (True, True, "0")
    row.field.setFocus()
    row.field.selectAll()
    QTest.keyClicks(row.field.lineEdit(), "2")
    assert (row.refused, row.field.property("invalid")) == (False, False)
    QTest.keyClicks(row.field.lineEdit(), "0")
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert document.project.training["batch_size"] == 20


def test_a_refused_entry_makes_way_for_what_holds_when_the_field_is_left(document, form):
    made = form("data")
    train, validation = made.rows["train"], made.rows["validation"]
    type_into(train.field, "0.9")
    assert train.field.property("invalid")
    validation.field.setFocus()
    assert (train.field.text(), train.field.property("invalid")) == ("0.6", False)
    assert "110 percent" in train.error.text()
    assert train.error.text().endswith("The value from before is back.")
    assert train.error.property("role") == "muted"
    type_into(validation.field, "0.1")
    assert not train.refused
    type_into(train.field, "0.9")
    assert (document.project.data["train"], document.project.data["validation"]) == (0.9, 0.1)


def test_what_was_said_is_gone_when_the_page_is_shown_again(document, form):
    made = form("data")
    type_into(made.rows["train"].field, "0.9")
    made.hide()
    made.show()
    assert not made.rows["train"].refused
    type_into(made.rows["train"].field, "0.9")
    assert made.rows["train"].error.property("role") == "error"


def test_an_empty_list_shows_how_one_is_written(document, form):
    document.replace(edits.set_value(document.project, "training", "loss", "cross_entropy"))
    row = form("training").rows["loss.class_weights"]
    assert row.field.placeholderText() == "1, 2, … per class"
    row.field.setText("abc")
    row.field.commit()
    assert "such as 1, 2, 0.5, and abc is none" in row.error.text()


@pytest.mark.parametrize("again", ["0.05", "0,050", "0.06"])
def test_the_sentence_goes_with_the_next_valid_entry_even_of_the_same_value(document, form, again):
    row = form("training").rows["optimizer.learning_rate"]
    type_into(row.field, "0,05")
    type_into(row.field, "1.000,5")
    assert row.refused
    type_into(row.field, again)
    assert not row.refused
    assert row.field.text() == again.replace(",", ".").removesuffix("0")


def test_nothing_strange_stays_in_a_field(document, form):
    made = form("training")
    row = made.rows["seed"]
    for leave in (made.rows["batch_size"].field.setFocus, row.field.clearFocus):
        row.field.setFocus()
        row.field.selectAll()
        QTest.keyClicks(row.field.lineEdit(), "x")
        leave()
        assert row.field.text() == "0"
        assert not row.field.property("invalid")
        assert "x" in row.error.text()


def test_a_refused_step_says_why_and_nothing_is_red(document, form):
    row = form("data").rows["validation"]
    row.field.setFocus()
    for _ in range(30):
        QTest.keyClick(row.field, Qt.Key.Key_Up)
    assert row.refused
    assert row.field.text() == str(document.project.data["validation"]) == "0.4"
    assert not row.field.property("invalid")


def test_steps_start_from_what_was_typed(document, form):
    field = form("training").rows["batch_size"].field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field.lineEdit(), "32")
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert document.project.training["batch_size"] == 33


def test_undo_keys_mean_the_last_edit_unless_something_is_being_typed(document, form):
    made = form("dense-1")
    for key in ("Ctrl+Z", "Ctrl+Shift+Z"):
        action = QAction(made)
        action.setShortcut(key)
        action.triggered.connect(document.undo_stack.undo if key == "Ctrl+Z" else document.undo_stack.redo)
        made.addAction(action)
    field = made.rows["units"].field
    type_into(field, "9")
    assert field.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert document.project.design.node("dense-1")["units"] == 4
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert document.project.design.node("dense-1")["units"] == 9
    QTest.keyClicks(field.lineEdit(), "5")
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert field.text() == "9"
    assert document.project.design.node("dense-1")["units"] == 9
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert document.project.design.node("dense-1")["units"] == 4


def test_what_was_typed_for_a_layer_is_forgotten_with_the_layer(document, form):
    field = form("dense-1").rows["units"].field
    field.setFocus()
    QTest.keyClicks(field.lineEdit(), "5")
    document.replace(edits.remove(document.project, ["dense-1"]))
    assert not document.undo_stack.canUndo()


def test_quick_steps_of_one_setting_are_one_undo(document, form):
    made = form("dense-1")
    field = made.rows["units"].field
    for _ in range(3):
        QTest.keyClick(field, Qt.Key.Key_Up)
    assert document.project.design.node("dense-1")["units"] == 7
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.project.design.node("dense-1")["units"] == 4


def test_edits_of_two_settings_are_two_undos(document, form):
    made = form("training")
    type_into(made.rows["batch_size"].field, "20")
    type_into(made.rows["seed"].field, "3")
    assert document.undo_stack.count() == 2


def test_editing_a_following_value_pins_it_and_the_pin_lets_go(document, form):
    made = form("output")
    row = made.rows["units"]
    type_into(row.field, "2")
    assert document.project.design.node("output").settings.pinned == ("units",)
    assert "Pinned" in row.pin.toolTip()
    row.pin.click()
    output = document.project.design.node("output")
    assert (output["units"], output.settings.pinned) == (1, ())
    assert "Follows" in row.pin.toolTip()


def test_the_pin_pins_a_value_as_it_is(document, form):
    row = form("training").rows["loss"]
    row.pin.click()
    assert document.project.training.pinned == ("loss",)
    assert document.project.training["loss"] == "log_loss"


def test_choosing_another_data_set_shows_in_every_form(document, form):
    data, output, training = form("data"), form("output"), form("training")
    pick(data.rows["source"].field, "iris")
    assert output.rows["units"].field.text() == "3"
    assert output.rows["activation"].field.currentData() == "softmax"
    assert training.rows["loss"].field.currentData() == "cross_entropy"
    assert document.undo_stack.count() == 1


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(
    ("owner", "key"), [("data", "source"), ("training", "optimizer"), ("training", "loss"), ("dense-1", "activation")]
)
def test_a_list_opens_with_every_entry_of_the_lecture_in_view(form, appearance, owner, key):
    field = form(owner).rows[key].field
    field.showPopup()
    view = field.view()
    beyond = heading(field)
    first, last = (view.visualRect(view.model().index(row, 0)) for row in (0, beyond or field.count() - 1))
    assert view.viewport().rect().contains(first)
    assert view.viewport().rect().contains(last)
    field.hidePopup()


def heading(field):
    """Return the row of the heading “More” in a list; None without one."""
    row = field.findText("More")
    return row if row >= 0 else None


@pytest.mark.parametrize(("owner", "key"), [("dense-1", "activation"), ("training", "optimizer")])
def test_what_goes_beyond_the_lecture_stands_below_a_heading(form, owner, key):
    field = form(owner).rows[key].field
    beyond = heading(field)
    registry = REGISTRIES[field_param(form, owner, key).registry]
    assert [field.itemData(row) for row in range(beyond - 1)] == [k for k, e in registry.items() if not e.info.more]
    assert [field.itemData(row) for row in range(beyond + 1, field.count())] == [
        k for k, e in registry.items() if e.info.more
    ]


def field_param(form, owner, key):
    return form(owner).rows[key].param


def test_the_heading_in_a_list_cannot_be_picked(document, form):
    field = form("dense-1").rows["activation"].field
    beyond = heading(field)
    pick(field, field.itemData(beyond - 2))
    before = document.project
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.currentIndex() == beyond + 1
    assert document.project.design.node("dense-1")["activation"] == field.itemData(beyond + 1)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert document.project.design.node("dense-1")["activation"] == before.design.node("dense-1")["activation"]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_click_on_the_heading_in_a_list_picks_nothing(document, form, appearance):
    field = form("dense-1").rows["activation"].field
    before = document.project
    field.showPopup()
    view = field.view()
    spot = view.visualRect(view.model().index(heading(field), 0)).center()
    QTest.mouseMove(view.viewport(), spot)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    field.hidePopup()
    assert document.project is before
    assert field.currentData() == "tanh"


def expander(made):
    return made.findChild(Expander)


def shown_rows(made):
    return [key for key, row in made.rows.items() if row.isVisible()]


def test_what_few_need_stands_behind_more(form):
    made = form("dense-1")
    button = expander(made)
    few = [param.key for param in layers["dense"].info.params if param.more]
    assert few
    assert shown_rows(made) == [key for key in made.rows if key not in few]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown_rows(made) == list(made.rows)
    places = [made.rows[key].y() for key in made.rows if key not in few]
    assert max(places) < button.y() < min(made.rows[key].y() for key in few)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not set(shown_rows(made)) & set(few)


def test_more_is_opened_and_walked_through_with_the_keyboard(document, form):
    made = form("dense-1")
    pick(made.rows["activation"].field, "leaky_relu")
    made.take_focus()
    visited = [made.focusWidget()]
    while len(visited) < 20 and not isinstance(visited[-1], Expander):
        QTest.keyClick(visited[-1], Qt.Key.Key_Tab)
        visited.append(made.focusWidget())
    assert [each.objectName() for each in visited[:-1]] == shown_rows(made)
    QTest.keyClick(visited[-1], Qt.Key.Key_Space)
    assert made.rows["bias"].isVisible()
    QTest.keyClick(made.focusWidget(), Qt.Key.Key_Tab)
    assert made.focusWidget() is made.rows["bias"].field
    QTest.keyClick(made.focusWidget(), Qt.Key.Key_Space)
    assert document.project.design.node("dense-1")["bias"] is False


def test_more_stays_as_it_was_left_also_for_another_layer(document, form):
    document.replace(edits.append_node(document.project, "dense", "dense-1")[0])
    made = form("dense-1")
    expander(made).click()
    made.show_owner("dense-2")
    assert made.rows["bias"].isVisible()
    expander(made).click()
    made.show_owner("dense-1")
    assert not made.rows["bias"].isVisible()


def test_more_opens_by_itself_where_something_behind_it_was_changed(document, form):
    document.replace(edits.append_node(document.project, "dense", "dense-1")[0])
    made = form("dense-1")
    document.apply("Change", edits.set_value(document.project, "dense-1", "l2", 0.1))
    assert made.rows["l2"].isVisible()
    # It does not get in the way of who closes it, nor of another layer.
    expander(made).click()
    document.apply("Change", edits.set_value(document.project, "dense-1", "units", 7))
    assert not made.rows["l2"].isVisible()
    made.show_owner("dense-2")
    assert not made.rows["l2"].isVisible()
    made.show_owner("dense-1")
    assert made.rows["l2"].isVisible()


def test_a_form_with_nothing_behind_more_has_no_such_button(document, form):
    assert not expander(form("data")).isVisible()
    document.replace(edits.remove(document.project, ["dense-1"]))
    assert not expander(form("dense-1")).isVisible()


def test_a_setting_is_shown_while_the_flag_that_it_needs_is_on(document, form):
    project, node_id = edits.add_node(document.project, "feature", (0, 400))
    document.replace(project)
    made = form(node_id)
    for shown in (False, True, False):
        assert made.rows["expression"].isVisible() is shown
        made.rows["own"].field.click()


def test_fields_of_what_stays_keep_the_focus(document, form, qtbot):
    made = form("training")
    optimizer = made.rows["optimizer"].field
    pick(optimizer, "sgd")
    assert made.rows["optimizer"].field is optimizer
    assert "optimizer.beta1" not in made.rows


def test_a_flag_is_clicked(document, form):
    field = form("data").rows["standardize"].field
    assert isinstance(field, FlagField)
    held = document.project.data["standardize"]
    field.click()
    assert document.project.data["standardize"] is not held


def test_what_was_typed_but_not_confirmed_is_taken_on_commit(document, form):
    made = form("training")
    field = made.rows["batch_size"].field
    field.selectAll()
    QTest.keyClicks(field.lineEdit(), "32")
    assert document.project.training["batch_size"] == 10
    made.commit()
    assert document.project.training["batch_size"] == 32


def test_fields_say_what_they_are(form):
    for row in form("training").rows.values():
        assert isinstance(row.field, NumberField | ChoiceField | FlagField)
        assert row.field.accessibleName()
        assert row.field.toolTip()
        assert row.field.accessibleDescription()


def test_the_form_of_a_removed_layer_is_empty(document, form):
    made = form("dense-1")
    document.apply("Delete", edits.remove(document.project, ["dense-1"]))
    assert not any(row.isVisible() for row in made.rows.values())


def test_what_was_typed_for_one_layer_is_not_shown_for_the_next(document, form, qtbot):
    project, other = edits.add_node(document.project, "dense", (0, 400))
    document.replace(edits.set_value(project, other, "units", 7))
    made = form("dense-1")
    made.rows["units"].field.setFocus()
    qtbot.keyClicks(made.rows["units"].field, "99")
    made.show_owner(other)
    before = document.project
    assert made.rows["units"].field.text() == "7"
    made.commit()
    made.show_owner("nobody")
    assert document.project is before


def test_layers_of_one_kind_share_their_rows_and_a_pin_stands_only_where_it_means_something(document, form):
    project, other = edits.add_node(document.project, "dense", (0, 400))
    document.replace(project)
    made = form("dense-1")
    rows = dict(made.rows)
    made.show_owner(other)
    assert made.rows == rows
    made.show_owner("output")
    assert made.rows["units"] is not rows["units"]
    assert made.rows["units"].pin is not None
    assert made.rows["initializer"] is rows["initializer"]
