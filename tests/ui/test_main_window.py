"""The whole window, offscreen, with a session that the test steers; and once with the real one."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDialog, QFileDialog, QMessageBox, QWidget

from annstudio.core.texts import Text
from annstudio.project import edits
from annstudio.project.file import load, save
from annstudio.project.templates import templates
from annstudio.training.snapshot import RunState
from annstudio.ui.appearance import Choice
from annstudio.ui.main_window import MainWindow
from annstudio.ui.neurons.things import Bias
from annstudio.ui.theme import DARK, LIGHT, theme_of


@pytest.fixture
def window(document, controller, appearance, qtbot):
    made = MainWindow(document, controller, appearance)
    qtbot.addWidget(made, before_close_func=forget_changes)
    made.resize(1366, 740)
    made.painted.connect(made.start)
    with qtbot.waitSignal(made.painted):
        made.show()
    qtbot.waitUntil(lambda: controller._session is not None)
    return made


def forget_changes(window):
    window._document.undo_stack.setClean()
    window.files.path = None


def test_it_fits_a_classroom_laptop(window):
    hint = window.minimumSizeHint()
    assert hint.width() <= 1366
    assert hint.height() <= 740
    assert window.size() == QSize(1366, 740)


@pytest.mark.parametrize("template", list(templates))
def test_nothing_scrolls_sideways(window, qtbot, template):
    window.files.open_template(template)
    for selected in (None, "input", "dense-1", "output"):
        window.canvas.select(selected if selected and has_node(window, selected) else None)
        QApplication.processEvents()
        for area in window.findChildren(QAbstractScrollArea):
            if area.isVisible() and area is not window.canvas:
                assert area.horizontalScrollBar().maximum() == 0, (selected, area)


def has_node(window, node_id):
    return any(node.id == node_id for node in window._document.project.design.nodes)


def test_every_tab_makes_its_views_when_looked_at(window):
    assert [bool(page.views) for page in window.views._pages] == [True] + [False] * (window.views.count() - 1)
    for index in range(window.views.count()):
        window.views.setCurrentIndex(index)
        assert window.views._pages[index].views
    assert len(window.views._pages[0].views) == 3


def test_every_menu_entry_does_something(window, monkeypatch, tmp_path):
    monkeypatch.setattr(QDialog, "exec", lambda dialog: 0)
    monkeypatch.setattr(QMessageBox, "exec", lambda dialog: 0)
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: 0)
    actions = [action for action in menu_actions(window.menuBar()) if not action.menu()]
    assert len(actions) > 20
    for action in actions:
        assert action.text()
        assert action.receivers("2triggered(bool)") > 0 or action.actionGroup() is not None, action.text()


def test_no_dialog_outlives_its_use(window, monkeypatch, qtbot):
    shown = []

    def answer(dialog):
        shown.append(type(dialog).__name__)
        return 0

    for kind in (QDialog, QMessageBox, QFileDialog):
        monkeypatch.setattr(kind, "exec", answer)
    before = set(window.findChildren(QDialog))
    actions = window.commands
    for action in (actions.export, actions.shortcuts, actions.about, actions.open, actions.save_as):
        action.trigger()
    actions.new_from_template.trigger()
    assert len(shown) == 6
    qtbot.waitUntil(lambda: set(window.findChildren(QDialog)) <= before)


def menu_actions(bar):
    found = list(bar.actions())
    for action in found:
        if action.menu():
            found += [entry for entry in action.menu().actions() if not entry.isSeparator()]
    return found


def test_the_keys_of_the_menus_are_all_different(window):
    keys = [
        key.toString() for action in window.findChildren(QAction) for key in action.shortcuts() if not key.isEmpty()
    ]
    assert len(keys) == len(set(keys))


def test_undo_names_what_it_undoes(window, document):
    document.apply("Change Units", edits.set_value(document.project, "dense-1", "units", 5))
    assert "Change Units" in window.commands.undo.text()
    window.commands.undo.trigger()
    assert document.project.design.node("dense-1")["units"] == 4
    assert "Change Units" in window.commands.redo.text()


def test_the_title_shows_name_and_mark(window, document, tmp_path):
    assert "Exam" in window.windowTitle()
    assert not window.isWindowModified()
    document.apply("edit", edits.set_value(document.project, "dense-1", "units", 5))
    assert window.isWindowModified()
    assert window.files._write(tmp_path / "mine.ann")
    assert "mine.ann" in window.windowTitle()
    assert not window.isWindowModified()


@pytest.mark.parametrize(("choice", "theme"), [(Choice.DARK, DARK), (Choice.LIGHT, LIGHT)])
def test_appearance_is_chosen_in_the_menu(window, appearance, choice, theme):
    action = next(action for action in window.commands._appearances.actions() if action.data() == choice)
    action.trigger()
    assert action.isChecked()
    for part in (window, window.canvas, window.inspector, window.run_bar, window.views):
        assert theme_of(part.palette()) is theme


def test_run_step_and_reset_reach_the_session(window, sessions):
    window.run_bar.run.click()
    QTest.keyClick(window, Qt.Key.Key_F10)
    QTest.keyClick(window, Qt.Key.Key_F11)
    QTest.keyClick(window, Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window, Qt.Key.Key_F11, Qt.KeyboardModifier.ControlModifier)
    window.run_bar.reset.click()
    steps = ["step batch", "step epoch", "step 10 epochs", "step 100 epochs"]
    assert sessions[0].asked[-6:] == ["run", *steps, "reset"]


def test_the_run_button_pauses_while_running(window, sessions, controller, qtbot):
    with qtbot.waitSignal(controller.state_changed):
        sessions[0].show(state=RunState.RUNNING, epoch=12)
    assert window.run_bar.run.text() == "Pause"
    assert "Pause" in window.commands.run.text().replace("&", "")
    assert window.run_bar.epoch_figure.value == "12"
    window.run_bar.run.click()
    assert sessions[0].asked[-1] == "pause"


def test_what_forbids_running_is_said_and_shown(window, document, controller, sessions):
    document.apply("cut", edits.remove(document.project, [], document.project.design.wires[:1]))
    sentence = str(controller.blocker.message)
    assert sentence in window.run_bar.run.accessibleDescription()
    window.run_bar.run.click()
    assert window.status.currentMessage() == sentence
    assert window.canvas.selected() == controller.blocker.node
    assert "run" not in sessions[0].asked


def test_a_number_still_being_typed_counts_when_run_is_pressed(window, document, sessions):
    window.inspector.setCurrentWidget(window.inspector.training)
    field = window.inspector.training.form.rows["batch_size"].field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field.lineEdit(), "32")
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert document.project.training["batch_size"] == 32
    assert sessions[0].asked[-2:] == ["adopt", "run"]


def typed_at_a_card(window):
    """Type 23 units at the card of Dense 1, and leave it at that."""
    window.canvas.edit_value("dense-1", "units")
    QTest.keyClicks(window.canvas.values.row.field.lineEdit(), "23")


def save_by_key(window, tmp_path):
    window.files.path = tmp_path / "mine.ann"
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def run_by_key(window, tmp_path):
    QTest.keyClick(window, Qt.Key.Key_F5)


@pytest.mark.parametrize("act", [save_by_key, run_by_key])
def test_a_number_still_being_typed_at_a_card_counts(window, document, tmp_path, act):
    typed_at_a_card(window)
    act(window, tmp_path)
    assert document.project.design.node("dense-1")["units"] == 23
    assert window.canvas.values.row is None


def close(window):
    window.close()


def open_a_recent_file(window):
    window.commands.recent_chosen.emit("gone.ann")


def start_from_a_template(window):
    window.command_palette.open()
    QTest.keyClicks(window.command_palette.field, "Start from: XOR")
    QTest.keyClick(window.command_palette.field, Qt.Key.Key_Return)


@pytest.mark.parametrize("leave", [close, open_a_recent_file, start_from_a_template])
def test_nothing_that_is_being_typed_is_lost_unasked(window, document, monkeypatch, leave):
    asked = []

    def question(*arguments):
        asked.append(document.project.design.node("dense-1")["units"])
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "question", question)
    typed_at_a_card(window)
    leave(window)
    assert asked == [23]


def test_a_weight_that_is_being_typed_is_saved(document, real_controller, appearance, qtbot, tmp_path):
    window = MainWindow(document, real_controller, appearance)
    qtbot.addWidget(window, before_close_func=forget_changes)
    window.painted.connect(window.start)
    window.show()
    qtbot.waitUntil(lambda: real_controller.state is RunState.READY, timeout=20_000)
    window.commands.neurons.trigger()
    window.pages.neurons.edit(Bias("output", 0))
    window.pages.neurons._field.selectAll()
    QTest.keyClicks(window.pages.neurons._field, "1.5")
    save_by_key(window, tmp_path)
    assert load(tmp_path / "mine.ann").weights["output"]["bias"].tolist() == [1.5]


def test_a_message_of_the_run_stands_in_the_status_line(window, sessions, qtbot):
    sessions[0].show(state=RunState.FAILED, message=Text("The numbers grew beyond all bounds."))
    qtbot.waitUntil(lambda: "beyond" in window.status.currentMessage())


def test_why_a_run_failed_stays_on_the_canvas_until_the_next_run(window, sessions, controller, qtbot):
    with qtbot.waitSignal(controller.state_changed):
        sessions[0].show(state=RunState.FAILED, message=Text("The numbers grew beyond all bounds."))
    assert "beyond" in str(window.canvas.findings[0].message)
    with qtbot.waitSignal(controller.state_changed):
        sessions[0].show(state=RunState.RUNNING)
    assert window.canvas.findings == ()


def test_selecting_a_layer_shows_it_and_deselecting_leaves_it(window):
    window.canvas.select("dense-1")
    assert window.inspector.currentWidget() is window.inspector.layer
    assert set(window.inspector.layer.form.rows) >= {"units", "activation", "initializer"}
    window.canvas.select(None)
    assert window.inspector.currentWidget() is window.inspector.data


def test_deleting_the_selected_layer_leaves_its_page(window, document):
    window.canvas.select("dense-1")
    window.commands.editing.delete.trigger()
    assert document.project.design.of_kind("dense") == ()
    assert window.inspector.currentWidget() is not window.inspector.layer


def test_delete_in_a_field_deletes_no_layer(window, document):
    window.canvas.select("dense-1")
    field = window.inspector.layer.form.rows["units"].field
    field.setFocus()
    QTest.keyClick(field.lineEdit(), Qt.Key.Key_Delete)
    assert document.project.design.of_kind("dense")


def test_a_file_dropped_on_the_window_opens(window, document, tmp_path):
    other = templates["exam"]().build()
    path = tmp_path / "dropped.ann"
    save(path, other, None, None)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(700, 300).toPoint(), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(700, 300), copy, data, left, none))
    assert document.project == other


def test_other_files_are_not_welcome(window, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "picture.png"))])
    enter = QDragEnterEvent(
        QPointF(700, 300).toPoint(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.ignore()
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


def test_closing_asks_and_cancel_stays(window, document, sessions, monkeypatch):
    document.apply("edit", edits.set_value(document.project, "dense-1", "units", 5))
    monkeypatch.setattr(QMessageBox, "question", lambda *arguments: QMessageBox.StandardButton.Cancel)
    assert not window.close()
    assert window.isVisible()
    assert "close" not in sessions[0].asked
    monkeypatch.setattr(QMessageBox, "question", lambda *arguments: QMessageBox.StandardButton.Discard)
    assert window.close()
    assert sessions[0].asked[-1] == "close"


def test_nobody_sees_the_window_wait_for_the_end_of_a_batch(window, sessions, monkeypatch):
    visible = []
    monkeypatch.setattr(sessions[0], "close", lambda timeout: visible.append(window.isVisible()))
    assert window.close()
    assert visible == [False]


def test_the_layout_is_remembered_and_can_be_reset(window, document, controller, appearance, qtbot):
    window._layout.columns.setSizes([260, 700, 400])
    sizes = window._layout.columns.sizes()
    window._layout.remember()
    other = MainWindow(document, controller, appearance)
    qtbot.addWidget(other)
    other.show()
    assert other._layout.columns.sizes() == pytest.approx(sizes, abs=3)
    other.commands.reset_layout.trigger()
    assert other._layout.columns.sizes()[0] == pytest.approx(195, abs=3)


def test_the_past_of_a_run_is_shown_by_keys_and_the_run_goes_on_from_there(
    document, real_controller, appearance, qtbot
):
    window = MainWindow(document, real_controller, appearance)
    qtbot.addWidget(window, before_close_func=forget_changes)
    window.painted.connect(window.start)
    window.show()
    qtbot.waitUntil(lambda: real_controller.snapshot is not None, timeout=20_000)
    assert not window.commands.step_back_batch.isEnabled()

    def after(action, step):
        assert action.isEnabled()
        action.trigger()
        qtbot.waitUntil(lambda: real_controller.snapshot.past.now == step, timeout=20_000)
        return real_controller.snapshot

    batches = real_controller.snapshot.batches
    one = after(window.commands.step_batch, 1)
    epoch = after(window.commands.step_epoch, batches)
    two = after(window.commands.step_epoch, 2 * batches)
    assert not window.commands.latest.isEnabled()
    assert (after(window.commands.step_back_epoch, batches).flat == epoch.flat).all()
    assert window.run_bar.time.label.text() == "epoch 1 of 2"
    assert window.run_bar.epoch_figure.value == "1"
    window.run_bar.time.slider.setFocus()
    qtbot.keyClick(window.run_bar.time.slider, Qt.Key.Key_Home)
    qtbot.keyClick(window.run_bar.time.slider, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: real_controller.snapshot.past.now == 1, timeout=20_000)
    assert (real_controller.snapshot.flat == one.flat).all()
    assert (after(window.commands.latest, 2 * batches).flat == two.flat).all()
    window.run_bar.time.pin.click()
    assert real_controller.pinned.past.now == 2 * batches
    assert window.views.tabText(window.views.currentIndex()) == "Side by side"
    after(window.commands.step_back_batch, 2 * batches - 1)
    assert real_controller.pinned.past.now == 2 * batches
    window.commands.unpin.trigger()
    assert real_controller.pinned is None
    again = after(window.commands.step_batch, 2 * batches)
    assert (again.flat == two.flat).all()
    assert not again.past.behind


def test_closing_during_a_real_run_ends_it(document, real_controller, appearance, qtbot):
    window = MainWindow(document, real_controller, appearance)
    qtbot.addWidget(window)
    window.painted.connect(window.start)
    window.show()
    qtbot.waitUntil(lambda: real_controller.snapshot is not None, timeout=20_000)
    window.commands.run.trigger()
    qtbot.waitUntil(lambda: real_controller.snapshot.epoch > 3, timeout=20_000)
    assert window.run_bar.train_figure.value != "–"
    assert window.close()


def test_the_status_on_the_canvas_opens_the_list_of_problems(window):
    window._document.apply("units", edits.set_value(window._document.project, "output", "units", 2))
    QTest.mouseClick(window.canvas._overlay.pill, Qt.MouseButton.LeftButton)
    assert window.problems.panel.isVisible()
    assert window.commands.problems.isChecked()
    assert window.canvas.selected() == "output"
    QTest.mouseClick(window.problems.panel._rows[0].fix, Qt.MouseButton.LeftButton)
    assert window._document.project.design.node("output")["units"] == 1
    assert window.problems.panel.isVisible()


def test_a_problem_leads_to_the_setting_that_it_is_about(window):
    window._document.apply("batch", edits.set_value(window._document.project, "training", "batch_size", 500))
    window.commands.problems.trigger()
    QTest.mouseClick(window.problems.panel._rows[0], Qt.MouseButton.LeftButton)
    assert window.inspector.currentWidget() is window.inspector.training
    assert window.inspector.training.form.rows["batch_size"].field.hasFocus()


def test_the_list_of_problems_opens_and_closes_by_its_command(window):
    window.commands.problems.trigger()
    assert window.problems.panel.isVisible()
    window.commands.problems.trigger()
    assert not window.problems.panel.isVisible()
    window.commands.problems.trigger()
    QTest.mouseClick(window.problems.panel._close, Qt.MouseButton.LeftButton)
    assert not window.problems.panel.isVisible()
    assert not window.commands.problems.isChecked()


def test_the_list_of_problems_leaves_the_window_as_small_as_it_was(window):
    window.commands.problems.trigger()
    assert window.minimumSizeHint().width() <= 1366


@pytest.fixture
def small(window):
    """The window on a screen of 1366x768 at 200 %."""
    window.resize(683, 362)
    QApplication.processEvents()
    assert window.size() == QSize(683, 362)
    return window


def test_in_a_small_window_the_list_of_problems_takes_the_place_of_the_views(small):
    width = small.problems.width()
    small.commands.problems.trigger()
    QApplication.processEvents()
    assert small.size() == QSize(683, 362)
    assert small.canvas.width() == width == small.problems.panel.width()
    assert not small.views.isVisible()
    assert small.problems.panel.isAncestorOf(small.focusWidget())
    small.commands.problems.trigger()
    assert small.views.isVisible()


def test_the_list_of_problems_moves_to_where_there_is_room(window):
    window.commands.problems.trigger()
    panel = window.problems.panel
    for width, beside in ((683, False), (1366, True)):
        window.resize(width, 740)
        QApplication.processEvents()
        assert window.problems.isAncestorOf(panel) is beside
        assert window.views.isVisible() is beside
        assert panel.isVisible()
        assert panel.isAncestorOf(window.focusWidget())


def test_in_a_small_window_the_outline_takes_the_place_of_the_palette(small):
    small.commands.outline.trigger()
    QApplication.processEvents()
    assert small.size() == QSize(683, 362)
    assert small.outline.isVisible()
    assert not small.layer_palette.isVisible()
    small.resize(1366, 740)
    QApplication.processEvents()
    assert small.outline.isVisible()
    assert small.layer_palette.isVisible()


def test_resetting_the_layout_closes_what_was_opened(window):
    window.commands.outline.trigger()
    window.commands.problems.trigger()
    window.commands.reset_layout.trigger()
    assert not window.outline.isVisible()
    assert not window.problems.panel.isVisible()
    assert not window.commands.outline.isChecked()
    assert not window.commands.problems.isChecked()


def test_neurons_take_the_place_of_cards_and_share_the_selection(window):
    window.canvas.select("dense-1")
    QTest.keyClick(window, Qt.Key.Key_F7)
    assert window.pages.currentWidget() is window.pages.neurons
    assert not window.commands.tidy.isEnabled()
    window.pages.neurons.node_clicked.emit("output")
    assert window.canvas.selected() == "output"
    window.canvas.select("input")
    assert window.pages.neurons.scene_of_neurons._layers._selected == "input"
    QTest.keyClick(window, Qt.Key.Key_F7)
    assert window.pages.currentWidget() is window.canvas


def test_a_weight_set_by_hand_is_undone_from_the_menu(document, real_controller, appearance, qtbot):
    window = MainWindow(document, real_controller, appearance)
    qtbot.addWidget(window, before_close_func=forget_changes)
    window.painted.connect(window.start)
    window.show()
    qtbot.waitUntil(lambda: real_controller.snapshot is not None, timeout=20_000)
    window.commands.neurons.trigger()
    window.commands.run.trigger()
    qtbot.waitUntil(lambda: real_controller.snapshot.epoch > 1, timeout=20_000)
    bias = Bias("output", 0)
    window.pages.neurons.edit(bias)
    assert not real_controller.running
    before = real_controller.weight(bias.place)
    window.pages.neurons._field.selectAll()
    QTest.keyClicks(window.pages.neurons._field, "1.5")
    QTest.keyClick(window.pages.neurons._field, Qt.Key.Key_Return)
    assert real_controller.weight(bias.place) == 1.5
    assert window.isWindowModified()
    assert "Set b₁ of Output to 1.5" in window.commands.undo.text()
    window.commands.undo.trigger()
    assert real_controller.weight(bias.place) == before


def test_the_window_gets_by_with_little_room(window, qtbot):
    window.start()
    assert window.minimumSizeHint().width() <= 683
    assert window.minimumSizeHint().height() <= 360
    window.resize(683, 384)
    qtbot.waitUntil(lambda: window.width() == 683)
    bar = window.run_bar
    inside = bar.rect()
    shown = [child for child in bar.children() if isinstance(child, QWidget) and child.isVisible()]
    assert all(inside.contains(child.geometry()) for child in shown)
    assert bar.run in shown
    assert bar.epoch_figure in shown
    assert window.canvas.height() >= 100


def test_after_go_to_layer_escape_and_the_arrows_stay_on_the_canvas(window, document):
    """The palette was opened from a field of the inspector: the keyboard must not end there again."""
    window.inspector.setCurrentWidget(window.inspector.training)
    window.inspector.take_focus("batch_size")
    before = document.project
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), "go to dense 1")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert window.canvas.hasFocus()
    assert window.canvas.selected() == "dense-1"
    assert document.project is before


@pytest.mark.parametrize("key", ["batch_size", "optimizer"])
def test_escape_leads_from_a_field_back_to_the_canvas(window, key):
    window.inspector.setCurrentWidget(window.inspector.training)
    window.inspector.take_focus(key)
    assert not window.canvas.hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()


def test_escape_takes_typing_back_before_it_leads_away(window, document):
    window.inspector.setCurrentWidget(window.inspector.training)
    window.inspector.take_focus("batch_size")
    field, before = QApplication.focusWidget(), document.project
    shown = field.text()
    QTest.keyClicks(field, "7")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), field.hasFocus()) == (shown, True)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()
    assert document.project is before


def test_a_new_seed_is_an_edit(window):
    seed = window._document.project.training["seed"]
    QTest.keyClick(window, Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window._document.project.training["seed"] == seed + 1
    assert "New seed" in window.commands.undo.text()
    window.commands.undo.trigger()
    assert window._document.project.training["seed"] == seed


def test_the_live_views_take_the_networks_room_and_give_it_back(window):
    window.commands.views.setChecked(False)
    height = window.views.height()
    QTest.keyClick(window, Qt.Key.Key_F8)
    QApplication.processEvents()
    assert not window.canvas.isVisible()
    assert window.views.isVisible()
    assert window.views.height() > height
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.canvas.isVisible()
    assert window.canvas.hasFocus()


def test_what_is_done_to_cards_is_seen_also_when_the_views_are_large(window):
    window.commands.enlarge.setChecked(True)
    window._on_jump("dense-1")
    assert window.canvas.isVisible()
    assert not window.commands.enlarge.isChecked()
