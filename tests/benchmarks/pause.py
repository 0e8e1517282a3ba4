"""How soon Pause is answered, from a lecture's network to the largest one that the critic allows."""

import os
import random
import tempfile
import threading
import time
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QMetaObject, QObject, Qt
from PySide6.QtWidgets import QApplication

from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates import templates
from annstudio.training.session import Session
from annstudio.training.snapshot import Mailbox, RunState, Snapshot
from annstudio.ui.app import make_app
from annstudio.ui.appearance import Appearance
from annstudio.ui.document import Document
from annstudio.ui.main_window import MainWindow
from annstudio.ui.run_controller import RunController
from tests.benchmarks._report import columns, main

PRESSES = 5
LONGEST_RUN = 2.0
"""Seconds: Pause is pressed at a random moment up to here."""
GOAL_SECONDS = 0.1
GOAL = f"Pause shows within {GOAL_SECONDS} s at worst, whatever the network"

SMALL = [(64, "relu"), (32, "relu")]
LARGE = [(4096, "relu"), (4096, "relu"), (700, "relu")]
PROJECTS = {
    "exam": templates["exam"]().build(),
    "digits 64-32": chain("digits", "digits", SMALL, training={"batch_size": 32}),
    "20 million, batch 32": chain("batches", "digits", LARGE, training={"batch_size": 32}),
    "20 million, all in one batch": chain("whole", "digits", LARGE, training={"batch_size": 10_000}),
}


def measure() -> dict[str, Any]:
    """Return the worst seconds from Pause to each answer, by project."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as settings:
        os.environ["XDG_CONFIG_HOME"] = settings
        window = _Window(make_app())
        worst = {name: _measure(window, project, random.Random(0)) for name, project in PROJECTS.items()}
        window.close()
    answers = [seconds[place] for seconds in worst.values() for place in ("session", "window")]
    return {"worst": worst, "holds": max(answers) <= GOAL_SECONDS}


def _measure(window: "_Window", project: Project, moments: random.Random) -> dict[str, float]:
    answers, figures = _in_session(project, moments)
    window.open(project)
    clicks = [window.pause_after(moments.uniform(0, LONGEST_RUN)) for _ in range(PRESSES)]
    return {"session": max(answers), "window": max(clicks), "figures": max(figures)}


def _in_session(project: Project, moments: random.Random) -> tuple[list[float], list[float]]:
    """Return the seconds from each Pause until the mailbox holds a paused run, and until its final figures."""
    session = Session(project)
    rest = _Rest(session.mailbox)
    rest.come.wait()
    answers, figures = [], []
    for _ in range(PRESSES):
        session.run()
        _await(session.mailbox, RunState.RUNNING)
        time.sleep(moments.uniform(0, LONGEST_RUN))
        rest.come.clear()
        pressed = time.perf_counter()
        session.pause()
        _await(session.mailbox, RunState.PAUSED)
        answers.append(time.perf_counter() - pressed)
        rest.come.wait()
        figures.append(time.perf_counter() - pressed)
    session.close(60)
    return answers, figures


def _await(mailbox: Mailbox, state: RunState) -> None:
    while mailbox.last is None or mailbox.last.state is not state:
        time.sleep(0.0005)


class _Rest:
    """Learns when the training thread itself has come to rest, whatever the mailbox shows."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.come = threading.Event()
        self._put = mailbox.put
        mailbox.put = self._watched  # type: ignore[method-assign]

    def _watched(self, snapshot: Snapshot) -> None:
        self._put(snapshot)
        if snapshot.state is not RunState.RUNNING:
            self.come.set()


class _Window(QObject):
    """The real window, and a hand in a thread of its own that clicks also while the window is busy."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        document = Document(PROJECTS["exam"], app)
        self._controller = RunController(document, parent=app)
        self._window = MainWindow(document, self._controller, Appearance(app))
        self._window.painted.connect(self._window.start)
        self._bar = self._window.run_bar
        self._bar.pace.setValue(self._bar.pace.maximum())
        self._bar.run.installEventFilter(self)
        self._window.showMaximized()
        self._loop = QEventLoop()
        self._wanted = RunState.READY
        self._painted = 0.0

    def open(self, project: Project) -> None:
        """Show a project, and wait until it can run."""
        self._controller.open(project)
        self._wait_for(RunState.READY)

    def pause_after(self, delay: float) -> float:
        """Run, click on Pause after so many seconds; return the seconds until the bar has painted the answer."""
        self._click()
        self._wait_for(RunState.RUNNING)
        clicked: list[float] = []

        def click() -> None:
            clicked.append(time.perf_counter())
            self._click()

        threading.Timer(delay, click).start()
        self._wait_for(RunState.PAUSED)
        return self._painted - clicked[0]

    def close(self) -> None:
        """End the training thread and hide the window; nobody is there to be asked about unsaved work."""
        self._window.hide()
        self._window.shut_down()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note when the button has been painted in the state that is waited for."""
        if event.type() == QEvent.Type.Paint and self._controller.state is self._wanted:
            self._painted = time.perf_counter()
            self._loop.quit()
        return False

    def _click(self) -> None:
        QMetaObject.invokeMethod(self._bar.run, "click", Qt.ConnectionType.QueuedConnection)

    def _wait_for(self, state: RunState) -> None:
        self._wanted = state
        self._loop.exec()


def table(figures: dict[str, Any]) -> str:
    """Return the figures as a table for people."""
    heading = ["seconds at worst until", "mailbox says so", "run bar shows it", "final figures"]
    rows = [[name, *seconds.values()] for name, seconds in figures["worst"].items()]
    return columns([heading, *rows])


if __name__ == "__main__":
    main(GOAL, measure, table)
