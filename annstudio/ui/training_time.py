"""How long the project on the screen has been trained."""

import time

from PySide6.QtCore import QObject

from annstudio.training.snapshot import RunState
from annstudio.ui.run_controller import RunController


class TrainingTime(QObject):
    """Counts the seconds of training since `forget`; pauses do not count."""

    def __init__(self, controller: RunController, parent: QObject) -> None:
        super().__init__(parent)
        self._counted = 0.0
        self._since: float | None = None
        controller.state_changed.connect(self._on_state_changed)

    @property
    def seconds(self) -> float:
        """The time spent so far."""
        return self._counted + (time.monotonic() - self._since if self._since is not None else 0.0)

    def forget(self) -> None:
        """Count from zero again."""
        self._counted = 0.0
        self._since = time.monotonic() if self._since is not None else None

    def _on_state_changed(self, state: RunState) -> None:
        self._counted = self.seconds
        self._since = time.monotonic() if state is RunState.RUNNING else None
