"""Work beside the window's thread."""

import threading

import pytest
from PySide6.QtCore import QObject

from annstudio.ui.background import Background


@pytest.fixture
def beside(qapp):
    owner = QObject()
    made = Background(owner)
    yield made
    made.close()


def test_of_what_waits_only_the_latest_is_done(beside, qtbot):
    gate, done = threading.Event(), []
    beside.do_latest(gate.wait, lambda future: done.append("first"))
    for number in range(20):
        beside.do_latest(lambda number=number: number, lambda future: done.append(future.result()))
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 2)
    qtbot.wait(60)
    assert done == ["first", 19]


def test_what_is_forgotten_is_not_taken_up(beside, qtbot):
    gate, done = threading.Event(), []
    beside.do(gate.wait, done.append)
    beside.do(lambda: 1, done.append)
    beside.forget()
    gate.set()
    beside.do(lambda: 2, lambda future: done.append(future.result()))
    qtbot.waitUntil(lambda: bool(done))
    assert done == [2]
