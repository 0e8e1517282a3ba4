from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from annstudio.training.snapshot import RunState
from annstudio.ui.film.recorder import Recorder, spread


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=50, unique=True), st.integers(2, 60))
def test_a_film_begins_at_the_start_and_ends_at_the_end(steps, count):
    steps = tuple(sorted(steps))
    chosen = spread(steps, count)
    assert chosen == sorted(set(chosen))
    assert set(chosen) <= set(steps)
    assert len(chosen) <= count
    assert (chosen[0], chosen[-1]) == (steps[0], steps[-1])


def test_pictures_are_spread_over_time():
    assert spread((0, 1, 2, 3, 50, 97, 98, 99, 100), 3) == [0, 50, 100]


def trained(controller, qtbot, epochs):
    controller.start()
    qtbot.waitUntil(lambda: controller.state is RunState.READY, timeout=20_000)
    for epoch in range(epochs):
        controller.step_epoch()
        qtbot.waitUntil(lambda epoch=epoch: controller.snapshot.epoch > epoch, timeout=20_000)


def record(controller, count, qtbot, parent):
    epochs, frames = [], []

    def take(snapshot):
        epochs.append(snapshot.epoch)
        return QImage(5, 4, QImage.Format.Format_RGB32)

    recorder = Recorder(controller, take, count, parent)
    recorder.taken.connect(lambda frame, total: frames.append((frame, total)))
    with qtbot.waitSignal(recorder.ended, timeout=20_000):
        recorder.start()
    return epochs, frames


def test_the_run_is_shown_from_its_start_to_its_end_and_then_as_before(real_controller, qtbot):
    trained(real_controller, qtbot, 5)
    before = real_controller.snapshot.flat
    parent = QObject()
    epochs, frames = record(real_controller, 6, qtbot, parent)
    assert epochs == [0, 1, 2, 3, 4, 5]
    assert [(frame.width, frame.height, total) for frame, total in frames] == [(5, 4, 6)] * 6
    qtbot.waitUntil(lambda: not real_controller.snapshot.past.behind, timeout=20_000)
    assert (real_controller.snapshot.flat == before).all()


def test_a_run_that_was_shown_as_it_was_is_so_again(real_controller, qtbot):
    trained(real_controller, qtbot, 4)
    real_controller.step_back_epoch()
    qtbot.waitUntil(lambda: real_controller.snapshot.epoch == 3, timeout=20_000)
    parent = QObject()
    epochs, _ = record(real_controller, 3, qtbot, parent)
    assert epochs == [0, 2, 4]
    qtbot.waitUntil(lambda: real_controller.snapshot.epoch == 3, timeout=20_000)
    assert real_controller.snapshot.past.behind


def test_stopped_in_the_middle_it_takes_no_more(real_controller, qtbot):
    trained(real_controller, qtbot, 4)
    parent, taken = QObject(), []
    recorder = Recorder(real_controller, lambda snapshot: QImage(5, 4, QImage.Format.Format_RGB32), 5, parent)
    recorder.taken.connect(lambda frame, total: taken.append(total))
    recorder.taken.connect(recorder.stop)
    with qtbot.assertNotEmitted(recorder.ended, wait=300):
        recorder.start()
        qtbot.waitUntil(lambda: bool(taken), timeout=20_000)
    assert len(taken) == 1
    qtbot.waitUntil(lambda: not real_controller.snapshot.past.behind, timeout=20_000)
    assert real_controller.snapshot.epoch == 4
