"""Takes the pictures of a film: the run goes through its past, and the views are photographed on the way."""

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from annstudio.training.snapshot import Snapshot
from annstudio.ui.film.writing import Frame
from annstudio.ui.run_controller import RunController

Take = Callable[[Snapshot], QImage]


class Recorder(QObject):
    """Goes to moments spread evenly over the run, one after the other, and back to where it was.

    Args:
        controller: of the run.
        take: makes the picture of the moment that is shown.
        count: of pictures, at most.
    """

    taken = Signal(object, int)
    """(frame: Frame, pictures in all)"""
    ended = Signal()
    """All have been taken."""

    def __init__(self, controller: RunController, take: Take, count: int, parent: QObject) -> None:
        super().__init__(parent)
        self._controller, self._take, self._count = controller, take, count
        self._steps: list[int] = []
        self._place = 0
        self._home: int | None = None
        self._wanted = 0
        self._going = False

    def start(self) -> None:
        """Begin with the first moment."""
        snapshot = self._controller.snapshot
        if snapshot is None or not snapshot.past.steps:
            return
        past = snapshot.past
        self._home = past.now if past.behind else None
        self._going = True
        self._controller.snapshot_arrived.connect(self._on_snapshot)
        self._ask(past.steps[0])

    def stop(self) -> None:
        """Take no more, and show the run as it was shown before."""
        if not self._going:
            return
        self._going = False
        self._controller.snapshot_arrived.disconnect(self._on_snapshot)
        if self._home is None:
            self._controller.go_to_latest()
        else:
            self._controller.go_to(self._home)

    def _ask(self, step: int) -> None:
        self._wanted = step
        self._controller.go_to(step)

    def _on_snapshot(self, snapshot: Snapshot | None) -> None:
        if snapshot is None:
            self.stop()
        elif snapshot.past.now == self._wanted:
            # The views are there when all have heard of the snapshot.
            QTimer.singleShot(0, self._on_shown)

    def _on_shown(self) -> None:
        snapshot = self._controller.snapshot
        if not self._going or snapshot is None or snapshot.past.now != self._wanted:
            return
        # Only the first step back has noted how far the run had come.
        self._steps = self._steps or spread(snapshot.past.steps, self._count)
        self.taken.emit(_frame(self._take(snapshot)), len(self._steps))
        self._place += 1
        self._go_on()

    def _go_on(self) -> None:
        if not self._going:
            return
        if self._place < len(self._steps):
            self._ask(self._steps[self._place])
        else:
            self.stop()
            self.ended.emit()


def spread(steps: tuple[int, ...], count: int) -> list[int]:
    """Return at most so many of the steps, spread as evenly over time as they allow, with the first and the last."""
    places = np.array(steps)
    wanted = np.linspace(places[0], places[-1], count)
    after = np.searchsorted(places, wanted).clip(1, max(1, len(places) - 1))
    if len(places) == 1:
        return [int(places[0])]
    nearer_before = wanted - places[after - 1] < places[after] - wanted
    return [int(step) for step in np.unique(places[after - nearer_before])]


def _frame(image: QImage) -> Frame:
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    bits: Any = plain.constBits()
    return Frame(plain.width(), plain.height(), plain.bytesPerLine(), bytes(bits))
