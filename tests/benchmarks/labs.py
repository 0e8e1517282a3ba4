"""How smoothly the labs move.

    python -m tests.benchmarks.labs

Four racing optimizers on map and relief, and the surface while it turns: the time of one whole picture, as the median
of many. A race on a network: pictures and steps in a second, and the longest that the window waits for one of them.
What follows the pointer: the time from a move to the picture that shows it. All on an unseen screen at 1366 × 768.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annstudio.labs.surfaces import surfaces
from annstudio.project.model import Project
from annstudio.project.templates import templates
from annstudio.training.session import Session
from annstudio.training.snapshot import RunState
from annstudio.ui.activation_lab.room import ActivationRoom
from annstudio.ui.app import make_app
from annstudio.ui.landscape_lab.room import LandscapeRoom
from annstudio.ui.loss_lab.room import LossRoom
from annstudio.ui.optimizer_lab.room import OptimizerRoom
from annstudio.ui.perceptron_lab.room import PerceptronRoom

PICTURES = 200
SECONDS = 4.0


def main() -> None:
    """Measure, and print a table."""
    app = make_app()
    # As the window does while a run is open: threads beside it hand over the interpreter soon.
    sys.setswitchinterval(0.001)
    room = OptimizerRoom()
    room.resize(1366, 700)
    room.show()
    app.processEvents()
    print(f"{'surface':<16}{'racing, ms':>12}{'pictures/s':>12}{'turning, ms':>14}{'pictures/s':>12}")
    for key in surfaces:
        room.bar.surfaces.setCurrentIndex(room.bar.surfaces.findData(key))
        before = room.race
        room.bar.surface_chosen.emit(key)
        while room.race is before:
            app.processEvents()
        racing = _median(app, lambda: _race(room))
        turning = _median(app, lambda: _turn(room))
        print(f"{key:<16}{racing:>12.2f}{1000 / racing:>12.0f}{turning:>14.2f}{1000 / turning:>12.0f}")
    room.shut_down()
    room.hide()
    print(f"\n{'network':<16}{'pictures/s':>12}{'steps/s':>12}{'longest, ms':>14}")
    for template in ("exam", "spiral", "digits"):
        pictures, steps, longest = _train(app, templates[template]().build())
        print(f"{template:<16}{pictures:>12.0f}{steps:>12.0f}{longest:>14.1f}")
    print(f"\n{'pointer':<28}{'median, ms':>12}{'longest, ms':>14}")
    for name, times in _pointed(app):
        print(f"{name:<28}{statistics.median(times):>12.1f}{max(times):>14.1f}")


def _race(room: OptimizerRoom) -> None:
    """Take a step with everybody and paint it, as the timer does."""
    if room.race.over:
        room.bar.reset_clicked.emit()
    room._on_frame()
    room.map.repaint()
    room.relief.repaint()


def _turn(room: OptimizerRoom) -> None:
    room.relief.turn(3.0, 0.0)
    room.relief.repaint()


def _median(app: QApplication, picture: Callable[[], None]) -> float:
    """Return the milliseconds that one picture takes."""
    times = []
    for _ in range(PICTURES):
        begin = time.perf_counter()
        picture()
        times.append(1000 * (time.perf_counter() - begin))
        app.processEvents()
    return statistics.median(times)


def _train(app: QApplication, project: Project) -> tuple[float, float, float]:
    """Race on a network; return pictures and steps in a second, and the longest wait in milliseconds."""
    session = Session(project, None)
    while session.mailbox.last is None or session.mailbox.last.state is not RunState.READY:
        time.sleep(0.01)
    session.close()
    room = LandscapeRoom()
    room.resize(1366, 700)
    room.show_snapshot(session.mailbox.last)
    room.show()
    while room.scene is None:
        app.processEvents()
    # The room has appeared before somebody can let a race go.
    QTest.qWait(100)
    room.bar.run_clicked.emit()
    seen, pictures, longest = room.scene, 0, 0.0
    end = time.perf_counter() + SECONDS
    while (begin := time.perf_counter()) < end:
        app.processEvents()
        longest = max(longest, 1000 * (time.perf_counter() - begin))
        pictures += room.scene is not seen
        seen = room.scene
        time.sleep(0.001)
    steps = room.scene.shown.steps
    room.shut_down()
    room.hide()
    return pictures / SECONDS, steps / SECONDS, longest


def _pointed(app: QApplication) -> Iterator[tuple[str, list[float]]]:
    """Yield what follows the pointer, and the milliseconds of each of its pictures."""
    for name, reading in (("reading activations", ActivationRoom()), ("reading losses", LossRoom())):
        reading.resize(1366, 700)
        reading.show()
        app.processEvents()
        crosshair = reading.curves.picture.crosshair
        places = [QPoint(100 + 4 * number, 200) for number in range(PICTURES // 2)]
        yield name, [_timed(app, partial(QTest.mouseMove, crosshair, place)) for place in places]
        reading.shut_down()
        reading.hide()
    neuron = PerceptronRoom()
    neuron.resize(1366, 700)
    neuron.show()
    for kind in range(neuron.bar.kinds.count()):
        neuron.bar.samples.setCurrentIndex(neuron.bar.samples.findData("mixed"))
        neuron.bar.samples_chosen.emit()
        neuron.bar.kinds.setCurrentIndex(kind)
        neuron.bar.kind_chosen.emit()
        app.processEvents()
        moves = [partial(neuron.picture.sample_moved.emit, 0, number / PICTURES, 0.3) for number in range(PICTURES)]
        yield f"dragging, {neuron.bar.kinds.currentText()}", [_timed(app, move) for move in moves]
    neuron.shut_down()


def _timed(app: QApplication, act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    app.processEvents()
    return 1000 * (time.perf_counter() - begin)


if __name__ == "__main__":
    main()
