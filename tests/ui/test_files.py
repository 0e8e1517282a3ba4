"""Opening and saving, with real files and a fake session; dialogs are answered by the test."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from annstudio.project import edits
from annstudio.project.file import load
from annstudio.training.snapshot import RunState, Snapshot
from annstudio.training.trained import LayerWeights
from annstudio.ui import training_time
from annstudio.ui.files import Files, _file_name

BUTTONS = QMessageBox.StandardButton


@pytest.fixture
def files(document, controller, qtbot):
    QSettings().clear()
    window = QWidget()
    qtbot.addWidget(window)
    controller.start()
    yield Files(document, controller, window, lambda: None)
    window.close()


@pytest.fixture
def asked(monkeypatch):
    """What was asked about unsaved changes; the test sets the answer."""

    class Asked:
        answer = BUTTONS.Cancel
        count = 0
        sentence = ""

    def question(window, title, sentence, *arguments):
        Asked.count += 1
        Asked.sentence = sentence
        return Asked.answer

    monkeypatch.setattr(QMessageBox, "question", question)
    return Asked


@pytest.fixture
def warned(monkeypatch):
    sentences = []
    monkeypatch.setattr(QMessageBox, "warning", lambda window, title, sentence: sentences.append(sentence))
    return sentences


@pytest.fixture
def choose(monkeypatch):
    """Let the file dialog answer with this path."""

    def choose(path):
        monkeypatch.setattr(QFileDialog, "exec", lambda dialog: path is not None)
        monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(path)])

    return choose


def edit(document, units=6):
    document.apply("units", edits.set_value(document.project, "dense-1", "units", units))


def test_a_project_comes_back_as_it_was_saved(files, document, choose, tmp_path):
    edit(document)
    saved = document.project
    assert files.modified
    choose(tmp_path / "one.ann")
    assert files.save()
    assert not files.modified
    assert files.name == "one.ann"
    files.new()
    assert document.project != saved
    assert files.open_path(tmp_path / "one.ann")
    assert document.project == saved
    assert not files.modified


def test_trained_weights_are_saved_and_handed_on(files, document, controller, sessions, tmp_path, qtbot):
    kernel, bias = np.arange(8.0).reshape(2, 4), np.ones(4)
    weights = {
        "dense-1": LayerWeights({"kernel": kernel, "bias": bias}),
        "output": LayerWeights({"kernel": np.ones((4, 1)), "bias": np.zeros(1)}),
    }
    with qtbot.waitSignal(controller.snapshot_arrived):
        sessions[0].mailbox.put(
            Snapshot(1, RunState.PAUSED, None, 7, 70, 10, weights, document.project, frozenset(weights))
        )
    path = tmp_path / "trained.ann"
    assert files._write(path)
    assert files.open_path(path)
    trained = sessions[-1].trained
    np.testing.assert_array_equal(trained.weights["dense-1"].kernel, kernel)
    np.testing.assert_array_equal(trained.weights["dense-1"].bias, bias)
    assert (trained.progress.epoch, trained.progress.step) == (7, 70)
    assert not files.modified
    # Saved again before the new session has shown anything, it is the same file.
    assert files._write(path)
    again = load(path)
    assert again.weights is not None
    np.testing.assert_array_equal(again.weights["dense-1"]["kernel"], kernel)
    assert again.progress is not None
    assert again.progress.epoch == 7


def train(controller, session, qtbot, state=RunState.PAUSED, step=10):
    """Let the session show that it has got this far."""
    with qtbot.waitSignal(controller.snapshot_arrived):
        session.mailbox.put(Snapshot(1, state, None, step // 10, step, 10))


@pytest.fixture
def clock(monkeypatch):
    """The time that training is measured by; the test moves it."""

    class Clock:
        now = 1000.0

        @classmethod
        def monotonic(cls):
            return cls.now

    monkeypatch.setattr(training_time, "time", Clock)
    return Clock


def test_training_a_saved_project_marks_it(files, controller, sessions, tmp_path, qtbot):
    train(controller, sessions[0], qtbot, step=10)
    assert files._write(tmp_path / "a.ann")
    assert not files.modified
    train(controller, sessions[0], qtbot, step=20)
    assert files.modified


def test_an_example_is_marked_once_training_it_again_would_take_long(files, controller, sessions, clock, asked, qtbot):
    train(controller, sessions[0], qtbot, RunState.RUNNING, step=10)
    clock.now += 15
    train(controller, sessions[0], qtbot, RunState.PAUSED, step=20)
    clock.now += 3600
    assert not files.modified
    assert files.may_discard()
    train(controller, sessions[0], qtbot, RunState.RUNNING, step=30)
    clock.now += 6
    assert files.modified
    assert not files.may_discard()
    assert "has learned" in asked.sentence
    train(controller, sessions[0], qtbot, RunState.READY, step=0)
    assert not files.modified, "after a reset there is nothing to lose"


def test_saving_and_opening_count_training_from_zero(files, controller, sessions, clock, asked, qtbot, tmp_path):
    for step, leave in (10, lambda: files._write(tmp_path / "a.ann")), (20, lambda: files.open_template("exam")):
        train(controller, sessions[-1], qtbot, RunState.RUNNING, step)
        clock.now += 30
        assert files.modified
        asked.answer = BUTTONS.Discard
        leave()
        assert not files.modified
    train(controller, sessions[-1], qtbot, RunState.RUNNING)
    clock.now += 15
    assert not files.modified


@pytest.mark.parametrize(
    ("answer", "commands"),
    [(BUTTONS.Cancel, ["pause", "run"]), (BUTTONS.Discard, ["pause"])],
    ids=["cancel", "discard"],
)
def test_training_rests_while_a_question_waits(files, document, controller, sessions, asked, qtbot, answer, commands):
    train(controller, sessions[0], qtbot, RunState.RUNNING)
    edit(document)
    qtbot.waitUntil(lambda: "adopt" in sessions[0].asked)
    sessions[0].asked.clear()
    asked.answer = answer
    assert files.may_discard() is (answer == BUTTONS.Discard)
    assert sessions[0].asked == commands


def test_a_question_starts_no_training(files, document, controller, sessions, asked):
    edit(document)
    assert not files.may_discard()
    assert "run" not in sessions[0].asked


def test_dialogs_begin_at_the_documents_then_where_the_last_file_is(files, tmp_path, monkeypatch):
    documents, elsewhere = tmp_path / "Documents", tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda location: str(documents))
    assert begins_at(files) == Path.home()
    documents.mkdir()
    assert begins_at(files) == documents
    assert files._write(elsewhere / "a.ann")
    assert begins_at(files) == elsewhere
    files.new()
    assert begins_at(files) == elsewhere


def begins_at(files):
    return Path(files._dialog("Open").directory().absolutePath())


@pytest.mark.parametrize("leave", ["new", "open_template", "open_path"])
def test_cancel_keeps_everything(files, document, asked, leave, tmp_path):
    edit(document)
    kept = document.project
    arguments = {"new": [], "open_template": ["exam"], "open_path": [tmp_path / "x.ann"]}[leave]
    getattr(files, leave)(*arguments)
    assert asked.count == 1
    assert document.project is kept
    assert document.undo_stack.canUndo()


def test_discard_goes_on_and_save_saves_first(files, document, asked, choose, tmp_path):
    edit(document)
    asked.answer = BUTTONS.Discard
    files.new()
    assert document.project.design.of_kind("dense") == ()
    document.apply("add", edits.append_node(document.project, "dense")[0])
    asked.answer = BUTTONS.Save
    choose(tmp_path / "kept.ann")
    changed = document.project
    files.open_template("exam")
    assert load(tmp_path / "kept.ann").project == changed
    assert asked.count == 2


def test_save_without_a_chosen_file_does_not_go_on(files, document, asked, choose):
    edit(document)
    asked.answer = BUTTONS.Save
    choose(None)
    assert not files.may_discard()


def test_the_name_offered_is_one_that_every_file_system_takes():
    assert _file_name("Will you pass?") == "Will you pass"
    assert _file_name("a/b\\c: d.") == "abc d"


def test_nothing_is_asked_when_nothing_changed(files, asked):
    files.new()
    assert asked.count == 0


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip at all", b"hello" * 1000])
def test_a_foreign_file_is_refused_in_a_sentence(files, document, warned, content, tmp_path):
    kept = document.project
    path = tmp_path / "foreign.ann"
    path.write_bytes(content)
    assert not files.open_path(path)
    assert document.project is kept
    assert files.path is None
    assert len(warned) == 1
    assert "foreign.ann" in warned[0]
    assert "Traceback" not in warned[0]


def test_a_missing_folder_is_said_and_nothing_counts_as_saved(files, document, warned, tmp_path):
    edit(document)
    assert not files._write(tmp_path / "nowhere" / "a.ann")
    assert len(warned) == 1
    assert files.modified
    assert files.path is None


def test_recent_files_are_the_latest_first_and_only_those_there_are(files, tmp_path):
    for name in ("a.ann", "b.ann", "c.ann", "a.ann"):
        assert files._write(tmp_path / name)
    (tmp_path / "b.ann").unlink()
    assert files.recent == [str(tmp_path / "a.ann"), str(tmp_path / "c.ann")]


def test_undoing_back_to_the_saved_state_takes_the_mark_away(files, document, tmp_path):
    assert files._write(tmp_path / "a.ann")
    edit(document)
    assert files.modified
    document.undo_stack.undo()
    assert not files.modified
