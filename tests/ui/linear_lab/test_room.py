"""The line of a line as a student meets it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annstudio.project.build import chain
from annstudio.project.templates import templates
from annstudio.ui.linear_lab.room import LinearRoom


@pytest.fixture
def room(dressed, qtbot):
    made = LinearRoom()
    qtbot.addWidget(made)
    made.resize(1366, 620)
    yield made
    made.shut_down()


@pytest.fixture
def exam(room, qtbot, rested):
    room.show_snapshot(rested(chain("Exam", "exam", [(3, "tanh"), (2, "relu")])))
    room.show()
    qtbot.waitUntil(lambda: room.found is not None, timeout=20_000)
    return room


def compared(room, qtbot, before):
    qtbot.waitUntil(lambda: room.found is not None and room.found is not before, timeout=20_000)


def choose(room, qtbot, source):
    before = room.found
    room.bar.sources.setCurrentIndex(source)
    room.bar.sources.activated.emit(source)
    compared(room, qtbot, before)


def test_without_a_network_the_examples_still_work(room, qtbot):
    room.show()
    assert "network can run" in room.picture._sentence
    choose(room, qtbot, 1)
    assert room.found.stack.inputs == 2
    assert room.found.pieces > 1


def test_one_press_makes_a_single_layer_of_all(exam, qtbot):
    assert not exam.found.stack.straight
    assert "No single layer" in exam._said.text()
    before = exam.found
    qtbot.mouseClick(exam.bar.straight, Qt.MouseButton.LeftButton)
    compared(exam, qtbot, before)
    assert exam.found.stack.straight
    assert exam.found.difference < 1e-9
    assert "rounding" in exam._said.text()
    assert "W₃ · W₂ · W₁" in exam.formulas.plain


def test_one_bend_breaks_it(exam, qtbot):
    before = exam.found
    qtbot.mouseClick(exam.bar.straight, Qt.MouseButton.LeftButton)
    compared(exam, qtbot, before)
    before = exam.found
    QTest.keyClick(exam.boxes[1], Qt.Key.Key_Space)
    compared(exam, qtbot, before)
    assert [link.bends for link in exam.found.stack.links] == [False, True, False]
    assert exam.found.difference > 1e-3
    assert exam.found.pieces >= 2


def test_nothing_of_the_student_s_network_changes(exam):
    flat = exam.snapshot.flat.copy()
    exam.bar.straight.click()
    assert (exam.snapshot.flat == flat).all()


def test_bends_stay_while_weights_change(exam, qtbot):
    before = exam.found
    qtbot.mouseClick(exam.bar.straight, Qt.MouseButton.LeftButton)
    compared(exam, qtbot, before)
    before = exam.found
    exam.show_snapshot(exam.snapshot)
    compared(exam, qtbot, before)
    assert exam.found.stack.straight


def test_one_input_shows_kinks(exam, qtbot):
    choose(exam, qtbot, 2)
    assert "exactly" in exam._counted.text()
    assert exam.bar.pieces.value == str(len(exam.found.kinks) + 1)
    before = exam.found
    qtbot.mouseClick(exam.bar.dice, Qt.MouseButton.LeftButton)
    compared(exam, qtbot, before)
    assert (exam.found.values != before.values).any()


def test_both_answers_are_read_under_the_mouse(exam, qtbot):
    area = exam.picture.frame().area
    QTest.mouseMove(exam.picture, area.center().toPoint())
    qtbot.waitUntil(lambda: bool(exam.picture.hover_lines()))
    rows, columns = exam.found.view.shape
    at = (rows // 2) * columns + columns // 2
    said = float(exam.picture.hover_lines()[0].text.rpartition("= ")[2].replace("−", "-"))
    assert said == pytest.approx(exam.found.values[at, 0], abs=0.05)


def test_many_inputs_are_compared_at_the_samples(room, qtbot, rested):
    room.show_snapshot(rested(chain("Iris", "iris", [(3, "tanh")])))
    room.show()
    qtbot.waitUntil(lambda: room.found is not None, timeout=20_000)
    assert "no picture" in room.picture._sentence
    assert len(room.found.values) == len(room.snapshot.prepared.train.inputs)


def test_other_layers_are_refused_in_a_sentence(room, qtbot, rested):
    room.show_snapshot(rested(templates["digits_filters"]().build()))
    room.show()
    qtbot.waitUntil(lambda: "in a row" in room.picture._sentence)
    choose(room, qtbot, 1)
    assert room.found is not None
