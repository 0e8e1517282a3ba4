"""The command palette over the whole window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annstudio.engine.activations import activations
from annstudio.engine.layers import layers
from annstudio.engine.optimizers import optimizers
from annstudio.project import edits
from annstudio.project.templates import templates
from annstudio.ui.appearance import Choice
from annstudio.ui.commands.command import Command
from annstudio.ui.commands.command_palette import CommandPalette
from annstudio.ui.theme import DARK, LIGHT

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def palette(window):
    open_by_key(window)
    return window.command_palette


@pytest.fixture
def small(window):
    """A palette of three commands."""
    known = [Command(name, name, list, place="Run", shortcut="F9") for name in ("One", "Two", "Three")]
    palette = CommandPalette([lambda: known], window)
    palette.open()
    return palette


def open_by_key(window):
    QTest.keyClick(window, Qt.Key.Key_K, CONTROL)


def key(pressed):
    QTest.keyClick(QApplication.focusWidget(), pressed)


def shown(palette):
    model = palette.list.model()
    return [model.index(row).data() for row in range(model.rowCount())]


def run(palette, typed):
    """Enter words, which may have signs that QTest cannot type, and press Enter."""
    palette.field.insert(typed)
    key(Qt.Key.Key_Return)


def test_control_k_opens_it_and_closes_it_again(window, palette):
    assert palette.isVisible()
    assert palette.field.hasFocus()
    assert window.rect().contains(palette.geometry())
    open_by_key(window)
    assert not palette.isVisible()


@pytest.mark.parametrize("way", ["escape", "click beside it"])
def test_closing_gives_the_focus_back(window, way, qtbot):
    field = window.layer_palette.search
    field.setFocus()
    open_by_key(window)
    if way == "escape":
        key(Qt.Key.Key_Escape)
    else:
        QTest.mouseClick(window.views, Qt.MouseButton.LeftButton, pos=QPoint(5, 300))
    assert not window.command_palette.isVisible()
    assert field.hasFocus()


def test_from_an_editor_that_goes_the_focus_comes_back_to_the_canvas(window):
    window.canvas.select("dense-1")
    window.canvas.setFocus()
    key(Qt.Key.Key_F2)
    assert not window.canvas.hasFocus()
    open_by_key(window)
    key(Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()


def test_it_lists_every_enabled_action_with_its_key(window, palette, document):
    names = shown(palette)
    assert "Save as" in names
    assert "Undo" not in names
    assert "Find a command" not in names
    document.apply("Change Seed", edits.set_value(document.project, "training", "seed", 3))
    key(Qt.Key.Key_Escape)
    open_by_key(window)
    QTest.keyClicks(palette.field, "undo")
    index = palette.list.currentIndex()
    assert index.data() == "Undo Change Seed"
    assert "Ctrl+Z" in index.data(Qt.ItemDataRole.AccessibleDescriptionRole)


@pytest.mark.parametrize("kind", list(layers))
def test_it_adds_every_layer(palette, kind, document):
    before = len(document.project.design.nodes)
    run(palette, f"Add {layers[kind].info.label}")
    assert len(document.project.design.nodes) == before + 1
    assert document.project.design.nodes[-1].kind == kind


@pytest.mark.parametrize("key", list(templates))
def test_it_opens_every_template(palette, key, document):
    run(palette, f"Start from: {templates[key].info.label}")
    assert document.project == templates[key]().build()


@pytest.mark.parametrize("key", list(optimizers))
def test_it_chooses_every_optimizer(palette, key, document):
    run(palette, f"optimizer: {optimizers[key].info.label}")
    assert document.project.training["optimizer"] == key


def test_it_sets_the_selected_layer_only(window, palette, document):
    relu = f"Activation: {activations['relu'].info.label}"
    assert relu not in shown(palette)
    key(Qt.Key.Key_Escape)
    window.canvas.select("dense-1")
    open_by_key(window)
    run(palette, "activation relu")
    assert document.project.design.node("dense-1")["activation"] == "relu"
    assert document.undo_stack.undoText() == "Change Activation of Dense 1"


def test_a_flag_is_switched(palette, document):
    run(palette, "standardize: off")
    assert document.project.data["standardize"] is False


@pytest.mark.parametrize(
    ("typed", "key"), [("learning rate", "optimizer.learning_rate"), ("clip norm", "clip_norm"), ("data seed", "seed")]
)
def test_a_number_is_typed_in_its_own_field(palette, window, typed, key):
    run(palette, typed)
    assert QApplication.focusWidget().objectName() == key
    QTest.keyClicks(QApplication.focusWidget().lineEdit(), "7")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    owner = window._document.project.data if typed == "data seed" else window._document.project.training
    assert owner[key] == 7


def test_it_jumps_to_a_layer(palette, window):
    run(palette, "go to dense 1")
    assert window.canvas.selected() == "dense-1"
    assert window.canvas.hasFocus()


def test_the_letters_that_were_meant_are_highlighted(palette):
    QTest.keyClicks(palette.field, "opad")
    assert shown(palette)[0] == "Optimizer: Adam"
    image = palette.list.grab().toImage()
    first = [image.pixelColor(x, y).name() for x in range(45, 62) for y in range(10, 24)]
    assert LIGHT.accent in first
    assert LIGHT.ink not in first


def test_the_arrows_go_round(small):
    for pressed, name in (
        (Qt.Key.Key_Down, "Two"),
        (Qt.Key.Key_Down, "Three"),
        (Qt.Key.Key_Down, "One"),
        (Qt.Key.Key_Up, "Three"),
        (Qt.Key.Key_Tab, "One"),
        (Qt.Key.Key_Backtab, "Three"),
    ):
        key(pressed)
        assert small.list.currentIndex().data() == name
        assert small.field.hasFocus()


def test_pages_stop_at_the_ends(palette):
    key(Qt.Key.Key_PageUp)
    assert palette.list.currentIndex().row() == 0
    for _ in range(30):
        key(Qt.Key.Key_PageDown)
    assert palette.list.currentIndex().row() == palette.list.model().rowCount() - 1


def test_a_click_does_it(palette, document):
    QTest.keyClicks(palette.field, "add dropout")
    spot = palette.list.visualRect(palette.list.model().index(0)).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert document.project.design.nodes[-1].kind == "dropout"
    assert not palette.isVisible()


def test_what_was_done_lately_comes_first_next_time(window, palette):
    run(palette, "add dropout")
    open_by_key(window)
    assert shown(palette)[0] == "Add Dropout"


def test_where_nothing_fits_enter_does_nothing(palette, document):
    QTest.keyClicks(palette.field, "qqqq")
    assert shown(palette) == []
    assert "Nothing fits" in palette.field.accessibleDescription()
    for pressed in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Return):
        key(pressed)
    assert palette.isVisible()
    assert document.undo_stack.count() == 0


def test_a_screen_reader_hears_what_enter_would_do(small):
    spoken = QAccessible.queryAccessibleInterface(small.field)
    assert spoken.text(QAccessible.Text.Name) == "Command"
    assert spoken.text(QAccessible.Text.Description) == "One, Run, F9, 1 of 3"
    key(Qt.Key.Key_Down)
    assert spoken.text(QAccessible.Text.Description) == "Two, Run, F9, 2 of 3"


def test_what_is_being_typed_in_a_field_counts_first(window, document):
    window.inspector.setCurrentWidget(window.inspector.training)
    field = window.inspector.training.form.rows["batch_size"].field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field.lineEdit(), "32")
    open_by_key(window)
    assert document.project.training["batch_size"] == 32


def test_it_is_as_high_as_its_list(palette):
    before = palette.height()
    QTest.keyClicks(palette.field, "opad")
    rows = palette.list.model().rowCount()
    assert 0 < rows < 10
    assert palette.height() == before - (10 - rows) * palette.list.visualRect(palette.list.currentIndex()).height()


def test_in_a_low_window_it_ends_above_the_lower_edge(dressed, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(683, 340)
    known = [Command(str(number), str(number), list) for number in range(30)]
    palette = CommandPalette([lambda: known], window)
    with qtbot.waitExposed(window):
        window.show()
    palette.open()
    card = palette._card
    assert window.rect().contains(card.geometry().translated(palette.pos()))
    assert palette.list.height() > 100


def test_it_follows_the_width_of_the_window(window, palette):
    window.resize(1300, 700)
    middle = palette.geometry().center().x()
    assert abs(middle - window.rect().center().x()) <= 1


@pytest.mark.parametrize(("choice", "theme"), [(Choice.LIGHT, LIGHT), (Choice.DARK, DARK)])
def test_it_is_painted_in_the_theme(window, appearance, choice, theme):
    appearance.choose(choice)
    open_by_key(window)
    image = window.command_palette.grab().toImage()
    middle = image.width() // 2
    assert theme.card in {image.pixelColor(middle, y).name() for y in range(26, 90)}


def test_a_provider_is_asked_each_time_it_opens(window, qtbot):
    asked = []
    palette = CommandPalette([lambda: asked.append(1) or []], window)
    palette.open()
    palette.dismiss()
    palette.open()
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("reset", "Reset"),
        ("speed", "Pace of training …"),
        ("slow", "Pace of training …"),
        ("pace", "Pace of training …"),
        ("predictions", "Predictions"),
        ("weights", "Weights"),
        ("cost", "Cost"),
        ("pause", "Run"),
        ("inspector", "Settings"),
        ("run", "Run"),
    ],
)
def test_the_words_that_people_think_of_lead_there(palette, typed, first):
    QTest.keyClicks(palette.field, typed)
    assert shown(palette)[0] == first


def test_run_finds_pause_while_it_runs(window, palette):
    key(Qt.Key.Key_Escape)
    window.commands.show_running(True)
    open_by_key(window)
    QTest.keyClicks(palette.field, "run")
    assert shown(palette)[0] == "Pause"


def test_a_view_is_shown(window, palette):
    run(palette, "weights")
    assert window.views.tabText(window.views.currentIndex()) == "Weights"


def test_the_pace_has_the_keyboard(window, palette):
    run(palette, "speed")
    assert window.run_bar.pace.hasFocus()


@pytest.mark.parametrize(
    ("typed", "setting", "value"),
    [("batch size 32", "batch_size", 32), ("learning rate 0.1", "optimizer.learning_rate", 0.1)],
)
def test_a_number_typed_behind_the_name_is_set(palette, document, typed, setting, value):
    run(palette, typed)
    assert document.project.training[setting] == pytest.approx(value)
    assert document.undo_stack.count() == 1


def test_a_number_out_of_range_is_refused_in_a_sentence(window, palette, document):
    run(palette, "batch size 0")
    assert document.undo_stack.count() == 0
    assert window.status.currentMessage()
