import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from annstudio.training.history import History
from annstudio.training.snapshot import Past, RunState, Snapshot
from annstudio.ui.actions import Actions
from annstudio.ui.time_bar import TimeBar

STEPS = (0, 10, 20, 30, 100)


def snapshot(now, steps=STEPS):
    future = History() if steps and now < steps[-1] else None
    past = Past(steps, tuple(step // 10 for step in steps), now, future)
    return Snapshot(1, RunState.PAUSED, None, now // 10, now, 10, past=past)


@pytest.fixture
def bar(qtbot, document):
    window = QWidget()
    made = TimeBar(Actions(document, window), window)
    made.actions = window.findChild(Actions)
    qtbot.addWidget(window)
    window.show()
    made.show_snapshot(snapshot(100))
    made.asked = []
    made.step_wanted.connect(made.asked.append)
    yield made
    window.close()


def at(slider, part):
    """The pixel where the middle of the handle is after this part of the run."""
    handle = 16
    return QPoint(round(handle / 2 + part * (slider.width() - handle)), slider.height() // 2)


def wheel(slider, notches):
    middle = QPointF(slider.rect().center())
    event = QWheelEvent(
        middle,
        slider.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(slider, event)


@pytest.mark.parametrize("steps", [(), (0,)])
def test_without_a_past_there_is_nothing_to_drag(bar, steps):
    bar.show_snapshot(snapshot(0, steps))
    assert not bar.slider.isEnabled()
    bar.show_snapshot(None)
    assert not bar.slider.isEnabled()


def test_at_the_latest_the_handle_is_at_the_end_and_nothing_is_said(bar):
    assert bar.slider.value() == bar.slider.maximum()
    assert bar.label.text() == "Rewind"
    assert bar.slider.accessibleDescription() == ""
    assert not bar.latest.isEnabled()


def test_the_handle_stands_by_time(bar):
    bar.show_snapshot(snapshot(20))
    assert bar.slider.value() == pytest.approx(0.2 * bar.slider.maximum(), abs=1)
    assert bar.label.text() == "epoch 2 of 10"
    assert bar.slider.accessibleDescription() == "epoch 2 of 10"
    assert bar.latest.isEnabled()


@pytest.mark.parametrize(("part", "step"), [(0.0, 0), (0.04, 0), (0.07, 10), (0.22, 20), (0.6, 30), (0.7, 100)])
def test_a_click_asks_for_the_nearest_moment(bar, qtbot, part, step):
    bar.show_snapshot(snapshot(15))
    qtbot.mousePress(bar.slider, Qt.MouseButton.LeftButton, pos=at(bar.slider, part))
    assert bar.asked == [step]
    qtbot.mouseRelease(bar.slider, Qt.MouseButton.LeftButton, pos=at(bar.slider, part))
    assert bar.asked == [step]
    assert bar.slider.value() == pytest.approx(step / 100 * bar.slider.maximum(), abs=1)


def test_a_drag_asks_for_every_moment_on_its_way_once(bar, qtbot):
    slider = bar.slider
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=at(slider, 1.0))
    for part in (0.9, 0.62, 0.55, 0.5, 0.31, 0.3, 0.29, 0.21):
        qtbot.mouseMove(slider, at(slider, part))
        # A snapshot from before does not take the handle away.
        bar.show_snapshot(snapshot(100))
    assert bar.asked == [30, 20]
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=at(slider, 0.21))
    assert slider.value() == pytest.approx(0.2 * slider.maximum(), abs=1)


@pytest.mark.parametrize(
    ("now", "key", "step"),
    [
        (100, Qt.Key.Key_Left, 30),
        (20, Qt.Key.Key_Left, 10),
        (20, Qt.Key.Key_Right, 30),
        (25, Qt.Key.Key_Left, 20),
        (25, Qt.Key.Key_Right, 30),
        (20, Qt.Key.Key_Home, 0),
        (20, Qt.Key.Key_End, 100),
        (100, Qt.Key.Key_PageDown, 0),
        (0, Qt.Key.Key_PageUp, 100),
    ],
)
def test_keys_go_from_moment_to_moment(bar, qtbot, now, key, step):
    bar.show_snapshot(snapshot(now))
    qtbot.keyClick(bar.slider, key)
    assert bar.asked == [step]


def test_keys_in_a_row_go_on_from_what_was_asked_for(bar, qtbot):
    qtbot.keyClick(bar.slider, Qt.Key.Key_Left)
    qtbot.keyClick(bar.slider, Qt.Key.Key_Left)
    # What comes of the first wish is out of date.
    bar.show_snapshot(snapshot(30))
    qtbot.keyClick(bar.slider, Qt.Key.Key_Left)
    assert bar.asked == [30, 20, 10]


def test_at_the_ends_nothing_is_asked_for(bar, qtbot):
    qtbot.keyClick(bar.slider, Qt.Key.Key_Right)
    assert bar.asked == []


def test_the_wheel_goes_from_moment_to_moment(bar):
    wheel(bar.slider, -1)
    wheel(bar.slider, -2)
    wheel(bar.slider, 1)
    assert bar.asked == [30, 10, 20]


def test_time_runs_to_the_right_in_every_language(bar):
    assert bar.slider.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_the_button_leads_back_to_the_latest(bar, qtbot):
    bar.show_snapshot(snapshot(20))
    bar.actions.show_past(snapshot(20).past)
    with qtbot.waitSignal(bar.actions.latest.triggered):
        qtbot.mouseClick(bar.latest, Qt.MouseButton.LeftButton)
