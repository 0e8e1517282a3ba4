"""The whole window with real training, used in any order: no sequence of what students do may end in an error."""

import time
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from annstudio.engine.layers import layers
from annstudio.project.templates import templates
from annstudio.training.by_hand import WeightPlace
from annstudio.training.snapshot import RunState
from annstudio.training.trained import same_network
from annstudio.ui.main_window import MainWindow

LONGEST = 5.0
"""Seconds for one student; a fast machine gets through all moves sooner."""
MOVES = 250


@pytest.fixture
def window(document, real_controller, appearance, qtbot, monkeypatch):
    monkeypatch.setattr(QMessageBox, "question", lambda *arguments: QMessageBox.StandardButton.Discard)
    made = MainWindow(document, real_controller, appearance)
    qtbot.addWidget(made, before_close_func=lambda window: document.undo_stack.setClean())
    made.resize(1366, 740)
    made.painted.connect(made.start)
    with qtbot.waitActive(made):
        made.show()
    qtbot.waitUntil(lambda: real_controller.state is RunState.READY, timeout=20_000)
    return made


class Student:
    """Does one thing after the other without thinking, faster than the training thread answers.

    Attributes:
        done: what was done so far.
    """

    def __init__(self, window, document, controller, seed):
        self._window, self._canvas = window, window.canvas
        self._document, self._controller = document, controller
        self._random = Random(seed)
        self.done = []

    def move(self):
        """Do anything."""
        move = self._random.choice(MOVES_OF_A_STUDENT)
        self.done.append(move.__name__)
        move(self)
        QTest.qWait(self._random.choice((0, 0, 5, 30)))

    def add(self):
        self._canvas.add_layer(self._random.choice(list(layers)))

    def select(self):
        cards = self._cards()
        self._canvas.canvas.select_only(self._random.sample(cards, min(3, len(cards))))

    def delete(self):
        self._press(Qt.Key.Key_Delete)

    def duplicate(self):
        self._canvas.duplicate()

    def group(self):
        self._canvas.group_selection()

    def ungroup(self):
        self._canvas.ungroup_selection()

    def repeat(self):
        block = self._canvas.selected_block()
        if block is not None:
            self._canvas.editor.repeat(block, self._random.randint(1, 4))

    def fold(self):
        self._canvas.fold_selection()

    def tidy(self):
        self._canvas.tidy()

    def undo(self):
        self._window.commands.undo.trigger()

    def redo(self):
        self._window.commands.redo.trigger()

    def run(self):
        self._controller.toggle()

    def step(self):
        self._controller.step_batch()

    def reset(self):
        self._controller.reset()

    def neurons(self):
        self._window.commands.neurons.toggle()

    def weight(self):
        snapshot = self._controller.snapshot
        if snapshot is None or not snapshot.weights or not same_network(snapshot.project, self._document.project):
            return
        node_id = self._random.choice(list(snapshot.weights))
        part, numbers = self._random.choice(list(snapshot.weights[node_id].parts.items()))
        place = WeightPlace(node_id, part, tuple(self._random.randrange(size) for size in numbers.shape))
        self._window.hand_edits.set_weight("w", node_id, place, self._random.uniform(-3, 3))

    def value(self):
        """Type at a card, and take it, give it up, or go on without a word."""
        cards = [card for card in self._cards() if card.face.keys]
        if not cards:
            return
        card = self._random.choice(cards)
        self._canvas.edit_value(card.node_id, self._random.choice(card.face.keys))
        QTest.keyClicks(QApplication.focusWidget() or self._canvas, str(self._random.randint(0, 9)))
        key = self._random.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, None))
        if key is not None:
            self._press(key)

    def peek(self):
        self._press(Qt.Key.Key_M)

    def mend(self):
        """Click a button of the list of problems."""
        self._window.problems.set_open(True)
        rows = [row for row in self._window.problems.panel._rows if row.fix.isVisible()]
        if rows:
            self._random.choice(rows).fix.click()

    def problems(self):
        self._window.commands.problems.trigger()

    def outline(self):
        self._window.commands.outline.trigger()

    def command(self):
        """Look for a command, and perhaps choose it."""
        self._window.command_palette.open()
        QTest.keyClicks(self._window.command_palette.field, self._random.choice(("tan", "den", "ad", "dr")))
        self._press(self._random.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape)))

    def template(self):
        self._window.files.open_template(self._random.choice(list(templates)))

    def _cards(self):
        return list(self._canvas.canvas.cards.values())

    def _press(self, key):
        QTest.keyClick(QApplication.focusWidget() or self._canvas, key)


MOVES_OF_A_STUDENT = [move for name, move in vars(Student).items() if not name.startswith("_") and name != "move"]


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_a_student_does_ends_in_an_error(window, document, real_controller, seed):
    student = Student(window, document, real_controller, seed)
    end = time.monotonic() + LONGEST
    while len(student.done) < MOVES and time.monotonic() < end:
        student.move()
        failure = str(real_controller.failure or "")
        assert "error in the program" not in failure, student.done[-10:]
    go_all_the_way(document.undo_stack.redo, document.undo_stack.canRedo)
    project = document.project
    go_all_the_way(document.undo_stack.undo, document.undo_stack.canUndo)
    go_all_the_way(document.undo_stack.redo, document.undo_stack.canRedo)
    assert document.project == project


def go_all_the_way(step, possible):
    while possible():
        step()
