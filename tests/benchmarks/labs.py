"""How smoothly the labs move: four racing optimizers on map and relief, and the surface while it turns.

    python -m tests.benchmarks.labs

Each figure is the time of one whole picture, painted on an unseen screen at 1366 × 768, as the median of many.
"""

import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from annstudio.labs.surfaces import surfaces
from annstudio.ui.app import make_app
from annstudio.ui.optimizer_lab.room import OptimizerRoom

PICTURES = 200


def main() -> None:
    """Measure, and print a table."""
    app = make_app()
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


if __name__ == "__main__":
    main()
