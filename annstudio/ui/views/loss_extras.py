"""What can be drawn along with the curves of the cost."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, QSignalBlocker

from annstudio.training.history import BATCHES, PENALTY, History
from annstudio.ui.theme import Theme
from annstudio.ui.views.curves import PALE, VALIDATION_WIDTH, Curves, Line, smoothed
from annstudio.ui.views.header import Header, Key


class LossExtras(QObject):
    """Smoothing, the cost of single batches, and the cost with its penalty: each on or off.

    Args:
        header: gets the menu.
        changed: called when something has been switched.

    Attributes:
        smooth, batches, penalty: the entries of the menu.
    """

    def __init__(self, header: Header, changed: Callable[[], None]) -> None:
        super().__init__(header)
        _, (self.smooth, self.batches, self.penalty) = header.add_menu(
            self.tr("What the curves show"),
            [
                self.tr("Smooth: means over a twentieth of the run"),
                self.tr("Cost of single batches"),
                self.tr("Cost with its penalty, L1 and L2"),
            ],
        )
        with QSignalBlocker(self.penalty):
            self.penalty.setChecked(True)
        for action in (self.smooth, self.batches, self.penalty):
            action.toggled.connect(lambda _: changed())

    @property
    def state(self) -> tuple[bool, ...]:
        """What is on."""
        return self.smooth.isChecked(), self.batches.isChecked(), self.penalty.isChecked()

    def batches_of(self, history: History, sums: bool) -> Line | None:
        """Return epochs and costs of single batches, where they are wanted.

        Args:
            history: of the run.
            sums: the loss adds up over samples, so that what a batch costs cannot be compared with what all cost.
        """
        if not self.batches.isChecked() or sums or not len(history.batches):
            return None
        epochs, costs = history.batches.columns(*BATCHES)
        return epochs, costs

    def penalized_of(self, history: History) -> Line | None:
        """Return epochs and the cost of training with the penalty, where it is wanted and there ever was one."""
        epochs, costs, penalty = history.columns("epoch", "train_cost", PENALTY)
        if not self.penalty.isChecked() or not np.fmax.reduce(penalty, initial=0.0) > 0:
            return None
        whole = costs + penalty
        return epochs, smoothed(whole) if self.smooth.isChecked() else whole

    def keys(self, theme: Theme, batches: Line | None, penalized: Line | None) -> list[Key]:
        """Return what the legend says of what is drawn."""
        keys = []
        if penalized is not None:
            name, short = self.tr("train with penalty"), self.tr("+ pen.")
            keys.append(Key(name, theme.color("muted"), width=VALIDATION_WIDTH, short=short))
        if batches is not None:
            name, short = self.tr("single batches"), self.tr("batches")
            keys.append(Key(name, theme.color("accent", PALE), width=1, short=short))
        return keys


def with_all(curves: Curves, batches: Line | None, penalized: Line | None) -> Curves:
    """Return curves that reach as far as all that is drawn, but for the wildest of the batches."""
    train = [curves.train]
    if penalized is not None:
        train.append(penalized[1])
    if batches is not None:
        costs = batches[1][np.isfinite(batches[1])]
        train.append(np.quantile(costs, [0.01, 0.99]) if len(costs) else costs)
    return Curves(curves.epoch, np.concatenate(train), curves.validation)
