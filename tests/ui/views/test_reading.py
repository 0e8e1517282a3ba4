import numpy as np
import pytest

from annstudio.data.dataset import Column, Schema, Task
from annstudio.data.sources import sources
from annstudio.engine.losses import losses
from annstudio.ui.views import reading

EXAM, IRIS, LINEAR = (sources[key].schema for key in ("exam", "iris", "linear"))


def test_names_and_amounts():
    lectures, hours = EXAM.features
    assert reading.axis_name(lectures) == "Lectures attended"
    assert reading.axis_name(hours) == "Hours studied (h)"
    assert reading.amount(hours, 15) == "15 h"
    assert reading.quantity(lectures, 7) == "Lectures attended 7"


@pytest.mark.parametrize(
    ("schema", "outputs", "said"),
    [
        (EXAM, [0.834], "Pass: 83 %"),
        (EXAM, [0.2], "Pass: 20 %"),
        (EXAM, [1.0], "Pass: 100 %"),
        (EXAM, [1.7], "Pass: 1.70"),
        (EXAM, [-0.25], "Pass: −0.250"),
        (EXAM, [np.nan], "no answer"),
        (IRIS, [np.nan, np.nan, np.nan], "no answer"),
        (LINEAR, [np.nan], "Growth: – cm"),
        (IRIS, [0.1, 0.7, 0.2], f"{IRIS.classes[1]}: 70 %"),
        (LINEAR, [12.34], "Growth: 12.3 cm"),
    ],
)
def test_answer(schema, outputs, said):
    assert reading.answer(schema, np.array(outputs)) == said


def test_a_score_is_no_percentage():
    assert reading.answer(EXAM, np.array([0.834]), losses["hinge"].answers) == "Pass: 0.834"
    assert reading.answer_name(EXAM, losses["hinge"].answers) == "Score"


def test_answer_names_the_class_it_is_of():
    assert reading.answer_name(EXAM) == "P(Pass)"
    three = Schema(Task.MULTI_CLASS, (Column("a"),), Column("y"), ("r", "s", "t"))
    assert reading.answer_name(three) == "Probability"


def test_an_equation_takes_a_short_name_and_its_sign():
    assert reading.equation(Column("Light"), 1.5, -2.0) == "ŷ = 1.50·Light − 2.00"
    assert reading.equation(Column("Light per day"), -1.5, 2.0) == "ŷ = −1.50·x + 2.00"
