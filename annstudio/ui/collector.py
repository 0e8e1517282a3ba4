"""Garbage is collected in the window's thread only."""

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_OLDEST = 2
_PERIOD = 500
"""Milliseconds between two looks: at this pace the oldest objects are looked through about once a minute."""
_STARTED = 5000
"""Milliseconds after which what a start makes is there. It stays, and looking through it would take longest."""


class Collector(QObject):
    """Looks for garbage in the thread that made it, in place of Python.

    Python collects in whichever thread happens to allocate. A training thread that thereby destroys a widget waits for
    Qt's locks, and the window, which holds them, waits for the interpreter: both for ever.

    Args:
        parent: as long as it lives, Python does not collect by itself.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(collect)
        self._timer.start(_PERIOD)
        QTimer.singleShot(_STARTED, self, gc.freeze)

    def stop(self) -> None:
        """Let Python collect again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def collect() -> None:
    """Collect what Python would have: young objects often, older ones the less, the older they are.

    The oldest wait while a mouse button is down: beside a large network they take longer than a step of a drag may.
    """
    dragging = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
    for generation, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)):
        if count <= most or (generation == _OLDEST and dragging):
            return
        gc.collect(generation)
