"""Garbage is collected in the window's thread only."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annstudio.ui.collector import Collector, collect


class Cycle:
    """Garbage that only the collector can take away."""

    def __init__(self, gone):
        self.itself = self
        weakref.finalize(self, lambda: gone.append(threading.current_thread()))


@pytest.fixture
def collector(qapp):
    collector = Collector(qapp)
    yield collector
    collector.stop()
    collector.deleteLater()


def _litter(count):
    return [[] for _ in range(count)]


def test_other_threads_collect_nothing(collector):
    gone = []

    def work():
        Cycle(gone)
        kept = [_litter(100) for _ in range(200)]
        assert kept

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert gone == []


def test_garbage_goes_in_this_thread(collector, qtbot):
    gone = []
    Cycle(gone)
    kept = _litter(5000)
    qtbot.waitUntil(lambda: bool(gone))
    assert kept
    assert gone == [threading.current_thread()]


def test_old_garbage_goes_too(collector):
    gone = []
    Cycle(gone).itself.friend = friend = []
    gc.collect(0)
    for _ in range(200):
        friend += _litter(2000)
        collect()
    del friend
    for _ in range(200):
        kept = _litter(2000)
        collect()
    assert kept
    assert gone


def test_python_collects_again_afterwards(qapp):
    collector = Collector(qapp)
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()


def test_old_garbage_waits_for_the_end_of_a_drag(collector, qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    gone = []
    cycle = Cycle(gone)
    gc.collect(0)
    gc.collect(1)
    del cycle

    def try_often():
        for _ in range(200):
            kept.extend(_litter(800))
            collect()

    kept = []
    qtbot.mousePress(widget, Qt.MouseButton.LeftButton)
    try_often()
    assert gone == []
    qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton)
    try_often()
    assert gone == [threading.current_thread()]
