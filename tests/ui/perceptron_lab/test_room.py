"""The perceptron lab as a student meets it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annstudio.labs.perceptron.neuron import Kind
from annstudio.ui.perceptron_lab.bar import GATES
from annstudio.ui.perceptron_lab.room import PerceptronRoom


@pytest.fixture
def room(dressed, qtbot):
    made = PerceptronRoom()
    qtbot.addWidget(made)
    made.resize(1366, 620)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.shut_down()


def choose(room, key, kind=0):
    room.bar.samples.setCurrentIndex(room.bar.samples.findData(key))
    room.bar.samples.activated.emit(room.bar.samples.currentIndex())
    if kind:
        room.bar.kinds.setCurrentIndex(kind)
        room.bar.kinds.activated.emit(kind)


def neuron(room):
    return room.learning.now.neuron


def drag(picture, start, end):
    QTest.mousePress(picture, Qt.MouseButton.LeftButton, pos=start.toPoint())
    QTest.mouseMove(picture, ((start + end) / 2).toPoint())
    QTest.mouseMove(picture, end.toPoint())
    QTest.mouseRelease(picture, Qt.MouseButton.LeftButton, pos=end.toPoint())


def test_and_is_learned_step_by_step_and_back(room):
    for _ in range(5):
        QTest.keyClick(room.picture, Qt.Key.Key_N)
    assert room.learning.now.steps == 5
    assert room.bar.step_figure.value == "5"
    before = room.learning.moments[2]
    for _ in range(3):
        QTest.keyClick(room.picture, Qt.Key.Key_B)
    assert room.learning.now == before
    assert "at most (R/γ)²" in room.panel.beside.text()


def test_it_learns_until_every_sample_is_right(room, qtbot):
    choose(room, "or")
    room._timer.setInterval(1)
    qtbot.mouseClick(room.bar.run, Qt.MouseButton.LeftButton)
    room._timer.setInterval(1)
    qtbot.waitUntil(lambda: room.learning.now.done, timeout=10_000)
    assert not room.running
    assert "answered right" in room.panel.beside.text()
    np.testing.assert_array_equal(neuron(room).answers(room.learning.samples.x), room.learning.samples.y)


def test_xor_never_ends_and_says_so(room):
    choose(room, "xor")
    assert "No line parts" in room.panel.beside.text()
    for _ in range(60):
        room.bar.step_clicked.emit()
    assert "for ever" in room.panel.beside.text()
    assert not room.learning.now.done


def test_a_sample_is_dragged_and_everything_moves_along(room):
    picture = room.picture
    start = picture.frame().point(1, 1)
    drag(picture, start, start + QPoint(60, -40))
    x = room.learning.samples.x[3]
    assert x[0] > 1
    assert x[1] > 1
    assert picture.selected == 3
    assert f"{x[0]:.3g}"[:3] in room.panel.answer.plain


def test_the_line_is_dragged(room):
    room._on_numbers((1.0, 1.0), -0.5)
    picture = room.picture
    frame = picture.frame()
    start = frame.point(0.75, -0.25)
    drag(picture, start, frame.point(1.0, 0.0))
    assert neuron(room).w == (1.0, 1.0)
    assert neuron(room).b == pytest.approx(-1.0, abs=0.05)


def test_the_arrow_turns_the_line(room):
    room._on_numbers((1.0, 1.0), -1.0)
    picture = room.picture
    tip = picture.tip()
    drag(picture, tip, tip + QPoint(50, 0))
    assert neuron(room).w[0] > neuron(room).w[1] > 0


def test_without_a_bias_the_line_stays_at_the_origin(room):
    QTest.mouseClick(room.bar.bias, Qt.MouseButton.LeftButton, pos=QPoint(8, room.bar.bias.height() // 2))
    assert "No line parts" in room.panel.beside.text()
    for _ in range(8):
        room.bar.step_clicked.emit()
    assert neuron(room).b == 0
    assert not room.panel.fields[-1].isEnabled()


def test_samples_come_and_go(room):
    picture, count = room.picture, len(room.learning.samples)
    spot = picture.frame().point(0.5, 0.9).toPoint()
    QTest.mouseClick(picture, Qt.MouseButton.RightButton, pos=spot)
    assert len(room.learning.samples) == count + 1
    assert room.learning.samples.y[-1] == 0
    QTest.keyClick(picture, Qt.Key.Key_Delete)
    assert len(room.learning.samples) == count


def test_the_arrow_keys_move_the_selected_sample(room):
    before = room.learning.samples.x[0].copy()
    QTest.keyClick(room.picture, Qt.Key.Key_Right)
    assert room.learning.samples.x[0][0] > before[0]
    QTest.keyClick(room.picture, Qt.Key.Key_PageDown)
    assert room.picture.selected == 1


def test_the_logistic_neuron_meets_the_fit(room):
    choose(room, "mixed", 1)
    assert neuron(room).kind is Kind.LOGISTIC
    room._on_rate("4")
    for _ in range(60_000):
        if not room.learning.step():
            break
    room._show()
    assert "Newton" in room.panel.beside.text()
    off = float(room.panel.beside.text().rpartition(": ")[2].rstrip(".").replace("e−", "e-"))
    assert off < 1e-3


def test_separable_samples_have_no_logistic_fit(room):
    choose(room, "apart", 1)
    assert "grow for ever" in room.panel.beside.text()


def test_the_linear_neuron_meets_least_squares(room):
    choose(room, "line")
    assert neuron(room).kind is Kind.LINEAR
    assert not room.bar.kinds.isVisible()
    for _ in range(2000):
        room.learning.step()
    room._show()
    assert "least squares" in room.panel.beside.text()
    assert np.allclose(neuron(room).w, room._fit.w, atol=1e-4)


def test_too_high_a_rate_is_told(room):
    choose(room, "line")
    room._on_rate("50")
    for _ in range(3000):
        room.learning.step()
    room._show()
    assert "smaller η" in room.panel.beside.text()


def test_numbers_can_be_typed_and_refused(room):
    said = []
    room.told.connect(said.append)
    field = room.panel.fields[0]
    field.lineEdit().setText("2.5")
    field.commit()
    assert neuron(room).w[0] == 2.5
    room.panel.number_entered.emit(0, "many")
    assert said
    assert neuron(room).w[0] == 2.5


def test_xor_out_of_three(room):
    choose(room, GATES)
    gates = room.gates
    for name, inputs, answer in (("x₁", [1, 1], "0"), ("x₂", [1, 0], "1"), ("x₁", [0, 0], "0")):
        QTest.mouseClick(gates, Qt.MouseButton.LeftButton, pos=gates.places()[name].toPoint())
        assert gates.inputs == inputs
        assert room.panel.beside.text().endswith(f"= {answer}")
    choose(room, "and")
    assert room.picture.isVisible()
