"""How smooth the canvas is with 200 layers: moving a card, drawing a wire, undoing, each event until it is painted.

A real window, with its inspector, views and training thread, is driven by real events: once with the whole network in
view and once close up. It is also opened from a file, until the network is painted.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain as joined
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.file import save
from annstudio.project.model import Project, Wire
from annstudio.project.templates import templates
from annstudio.ui.app import make_app
from annstudio.ui.appearance import Appearance
from annstudio.ui.document import Document
from annstudio.ui.main_window import MainWindow
from annstudio.ui.run_controller import RunController
from tests.benchmarks._report import columns, main

LAYERS = 200
BLOCK = 10
"""An Add stands behind so many layers, and takes a wire from the first of them."""
ROUNDS = 12
STEPS = 8
"""Moves of the mouse in one drag."""
SETTLED = 3.0
"""Seconds until the run of a network that has just been opened is prepared and its views are painted."""
GOAL_MEDIAN, GOAL_WORST, GOAL_OPEN = 0.016, 0.050, 1.0
GOAL = (
    f"with {LAYERS} layers each event is painted within {1000 * GOAL_MEDIAN:.0f} ms at the median and "
    f"{1000 * GOAL_WORST:.0f} ms at worst, and the file opens within {GOAL_OPEN:.0f} s"
)


def measure() -> dict[str, Any]:
    """Return the seconds of every kind of event, near and far, and those of opening."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        path = Path(folder) / "deep.ann"
        save(path, deep_network(), None, None)
        window = _Window(make_app())
        opening = [window.open(path) for _ in range(3)]
        seconds = {
            f"{kind}, {where}": times
            for where, look in (("whole network", window.fit), ("at 100 %", window.reset_zoom))
            for kind, times in window.drive(look).items()
        }
        window.close()
    every = list(seconds.values())
    holds = max(map(statistics.median, every)) <= GOAL_MEDIAN and max(map(max, every)) <= GOAL_WORST
    return {"opening": opening, "seconds": seconds, "holds": holds and statistics.median(opening) <= GOAL_OPEN}


def deep_network() -> Project:
    """Return a network whose layers are bridged in blocks, as in a residual network."""
    adds = LAYERS // BLOCK - 1
    project = chain("deep", "spiral", [(8, "relu")] * (LAYERS - 2 - adds))
    for number in range(1, adds + 1):
        last = f"dense-{(BLOCK - 1) * number}"
        (target,) = project.design.targets(last)
        project, node_id = edits.insert_node(project, "add", Wire(last, target))
        project = edits.connect(project, f"dense-{(BLOCK - 1) * number - 7}", node_id)
    return edits.relayout(project)


class _Window(QObject):
    """The real window, and a hand that moves cards, draws wires and takes them back."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        document = Document(templates["exam"]().build(), app)
        self._document = document
        self._controller = RunController(document, parent=app)
        self._window = MainWindow(document, self._controller, Appearance(app))
        self._window.painted.connect(self._window.start)
        self._view = self._window.canvas
        self._window.resize(1366, 768)
        self._window.show()
        self._settle()

    def open(self, path: Path) -> float:
        """Open a file; return the seconds until its network is painted."""
        seconds = self._timed(lambda: self._window.files.open_path(path))
        self._settle()
        # The page of a layer is made when one is first selected; that is once in the life of a window.
        self._view.select("dense-1")
        self._settle(0.5)
        return seconds

    def fit(self) -> None:
        """Show all layers."""
        self._view.fit()

    def reset_zoom(self) -> None:
        """Show some layers at full size."""
        self._view.reset_zoom()

    def close(self) -> None:
        """End the training thread and hide the window; nobody is there to be asked about unsaved work."""
        self._window.hide()
        self._window.shut_down()

    def drive(self, look: Callable[[], None]) -> dict[str, list[float]]:
        """Return the seconds of every event, by kind, seen in one way."""
        moves: list[float] = []
        wires: list[float] = []
        undos: list[float] = []
        for number in range(1, ROUNDS + 1):
            card = self._view.canvas.cards[f"dense-{(BLOCK - 1) * number - 4}"]
            look()
            self._view.centerOn(card)
            self._settle(0.2)
            moves += self._drag(card.scenePos() + QPointF(70, 20), card.scenePos() + QPointF(110, 90))
            undos += [self._undo()]
            output, join = card.output, self._view.canvas.cards[f"add-{number}"].input
            if output is None or join is None:
                raise AssertionError("a Dense gives and an Add takes")
            wires += self._drag(output.scenePos(), join.scenePos())
            undos += [self._undo()]
        return {"move": moves, "wire": wires, "undo": undos}

    def _drag(self, start: QPointF, end: QPointF) -> list[float]:
        """Return the seconds of each event of a drag: the press, the moves, the release."""
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        target = self._view.viewport()
        first, last = self._view.mapFromScene(start), self._view.mapFromScene(end)
        before = self._document.project
        events: Iterator[Callable[[], None]] = joined(
            [lambda: QTest.mousePress(target, left, none, first)],
            (partial(QTest.mouseMove, target, at) for at in _between(first, last)),
            [lambda: QTest.mouseRelease(target, left, none, last)],
        )
        seconds = [self._timed(event) for event in events]
        assert self._document.project != before
        return seconds

    def _undo(self) -> float:
        return self._timed(self._window.commands.undo.trigger)

    def _timed(self, event: Callable[[], None]) -> float:
        """Return the seconds from an event until everything that follows from it has been done and painted."""
        begin = time.perf_counter()
        event()
        self._app.processEvents()
        return time.perf_counter() - begin

    def _settle(self, seconds: float = SETTLED) -> None:
        """Let timers and the training thread do what is left to do."""
        QTest.qWait(round(1000 * seconds))


def _between(first: QPoint, last: QPoint) -> list[QPoint]:
    return [first + (QPointF(last - first) * (step / STEPS)).toPoint() for step in range(1, STEPS + 1)]


def table(figures: dict[str, Any]) -> str:
    """Return the figures as a table for people."""
    heading = ["milliseconds until painted", "median", "worst"]
    rows = [[name, *_in_ms(times)] for name, times in figures["seconds"].items()]
    return columns([heading, *rows, ["opening a file", *_in_ms(figures["opening"])]])


def _in_ms(seconds: list[float]) -> list[float]:
    return [1000 * statistics.median(seconds), 1000 * max(seconds)]


if __name__ == "__main__":
    main(GOAL, measure, table)
