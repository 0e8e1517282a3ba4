import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from annstudio.ui.fitting import Fitting


@pytest.fixture
def row(qtbot):
    row = QWidget()
    qtbot.addWidget(row)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    row.labels = [QLabel(name) for name in "abc"]
    for label in row.labels:
        label.setFixedWidth(100)
        layout.addWidget(label)
    row.fitting = Fitting(row, [row.labels[2].setVisible, row.labels[1].setVisible])
    row.resize(300, 20)
    row.show()
    return row


def shown(row):
    return "".join(label.text() for label in row.labels if label.isVisible())


@pytest.mark.parametrize(("width", "left"), [(300, "abc"), (299, "ab"), (200, "ab"), (199, "a"), (50, "a")])
def test_parts_are_given_up_in_order_and_come_back(row, width, left):
    row.resize(width, 20)
    assert shown(row) == left
    row.resize(320, 20)
    assert shown(row) == "abc"


def test_a_part_that_grows_takes_the_room_of_others(row):
    row.labels[0].setFixedWidth(180)
    row.fitting.fit()
    assert shown(row) == "ab"


def test_what_stays_is_left_alone_while_the_width_changes(row, qtbot):
    row.resize(250, 20)
    changes = []
    row.fitting._parts = [changes.append, changes.append]
    row.resize(240, 20)
    assert changes == []
