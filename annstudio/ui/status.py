"""The line at the bottom: the latest sentence, how fast training goes, and the learning rate where it changes."""

import time

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from annstudio.training.snapshot import RunState, Snapshot
from annstudio.ui.fonts import figures_font

_READABLE = 12_000
"""Milliseconds that a sentence stays."""
_SPEED_WINDOW = 1.0
"""Seconds over which speed is measured: shorter would flicker."""


class StatusLine(QStatusBar):
    """Says what happened and what the run is doing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setAccessibleName(self.tr("Status"))
        self._run = QLabel(self)
        self._run.setProperty("role", "muted")
        self._run.setFont(figures_font(12))
        self._run.setContentsMargins(0, 0, 12, 0)
        self.addPermanentWidget(self._run)
        self._mark = (0.0, 0)

    def show_sentence(self, sentence: str) -> None:
        """Show a sentence for a while."""
        self.showMessage(sentence, _READABLE)

    def forget(self) -> None:
        """Take back the last sentence: it no longer holds."""
        self.clearMessage()

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show state and speed of the run; None when there is none."""
        if snapshot is None:
            self._mark = (0.0, 0)
            self._run.clear()
            return
        if snapshot.state is not RunState.RUNNING:
            self._mark = (0.0, snapshot.epoch)
            self._say(self._at_rest(snapshot), snapshot)
            return
        now = time.monotonic()
        since, epoch = self._mark
        if since == 0.0 or snapshot.epoch < epoch:
            self._mark = (now, snapshot.epoch)
            self._say(self.tr("Training"), snapshot)
        elif now - since >= _SPEED_WINDOW:
            speed = (snapshot.epoch - epoch) / (now - since)
            self._mark = (now, snapshot.epoch)
            self._say(self.tr("Training · {speed} epochs per second").format(speed=f"{speed:,.0f}"), snapshot)

    def _say(self, text: str, snapshot: Snapshot) -> None:
        if snapshot.scheduled and snapshot.learning_rate:
            text = self.tr("{state} · η = {rate}").format(state=text, rate=f"{snapshot.learning_rate:.3g}")
        if text != self._run.text():
            self._run.setText(text)

    def _at_rest(self, snapshot: Snapshot) -> str:
        if snapshot.state is RunState.READY:
            return self._ready(snapshot)
        if snapshot.state is RunState.PAUSED and snapshot.batch:
            return self.tr("Paused · batch {batch} of {batches}").format(batch=snapshot.batch, batches=snapshot.batches)
        return {
            RunState.PREPARING: self.tr("Preparing the data"),
            RunState.PAUSED: self.tr("Paused"),
            RunState.FAILED: self.tr("Stopped"),
            RunState.RUNNING: self.tr("Training"),
        }[snapshot.state]

    def _ready(self, snapshot: Snapshot) -> str:
        if not snapshot.learned:
            return self.tr("Not trained yet")
        if snapshot.hand_edits and not snapshot.step:
            return self.tr("Weights set by hand, not trained yet")
        if snapshot.epoch or snapshot.learned == snapshot.weights.keys():
            return self.tr("Trained before")
        return self.tr("Partly trained: edited layers start anew")
