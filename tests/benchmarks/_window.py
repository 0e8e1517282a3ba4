"""The window of the app in use, as large as a classroom laptop's screen, at the fastest pace."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annstudio.ui.app import make_app
from annstudio.ui.appearance import Appearance
from annstudio.ui.document import Document
from annstudio.ui.main_window import MainWindow
from annstudio.ui.run_controller import RunController
from tests.benchmarks.workloads import WORKLOADS

_SIZE = (1366, 740)
_LOOK = 0.005


@contextmanager
def app_alone() -> Iterator[QApplication]:
    """Give an app that begins with no settings and leaves none."""
    with tempfile.TemporaryDirectory() as settings:
        os.environ["XDG_CONFIG_HOME"] = settings
        yield make_app()


class UsedWindow:
    """The window, and who uses it.

    Attributes:
        controller: of the run.
        late: how often what was waited for did not come.
    """

    def __init__(self, app: QApplication) -> None:
        self._app = app
        document = Document(WORKLOADS["A"].project(), app)
        self.controller = RunController(document, parent=app)
        self._window = MainWindow(document, self.controller, Appearance(app))
        self._window.painted.connect(self._window.start)
        self._window.resize(*_SIZE)
        self._window.show()
        self.late = 0
        self.until(lambda: self.controller.snapshot is not None)
        self._window.run_bar.pace.setValue(self._window.run_bar.pace.maximum())

    def until(self, condition: Callable[[], bool], patience: float = 120.0) -> None:
        """Live on until something holds, or for so many seconds at most."""
        end = time.monotonic() + patience
        while not condition():
            if time.monotonic() > end:
                self.late += 1
                return
            self.live(_LOOK)

    def live(self, seconds: float) -> None:
        """Live for some seconds as the app does, waiting for events."""
        timer = QTimer(self._window)
        timer.setSingleShot(True)
        timer.timeout.connect(self._app.quit)
        timer.start(round(1000 * seconds))
        self._app.exec()
        timer.deleteLater()

    def close(self) -> None:
        """End it."""
        self._window.shut_down()
        self._window.close()
