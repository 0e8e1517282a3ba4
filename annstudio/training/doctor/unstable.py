"""A cost that jumps."""

from collections.abc import Iterator

import numpy as np

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.critic.base import Finding
from annstudio.training.doctor._remedies import larger_batches, learning_rate, lower_rate
from annstudio.training.doctor.base import Case, Sign
from annstudio.training.doctor.growing import Growing

_WINDOW, _JUMPS, _PART = 10, 4, 0.1
_MESSAGE = QT_TRANSLATE_NOOP(
    "annstudio",
    "The cost jumps: {jumps} of the last {window} epochs ended more than a tenth of the starting cost above the best "
    "one before ({limit} are too many). Lower the learning rate of {rate}.",
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Gradient descent: near the bottom of the valley, steps of this length cross it again and again. Shorter steps, or "
    "larger batches, whose gradients differ less, come to rest.",
)


class Unstable(Sign):
    """Four of the last ten epochs ended above the best one before by more than a tenth of the starting cost.

    Runs that come to rest near their best cost are not blamed, as the doctor's benchmark shows.
    """

    info = Info(
        key="unstable",
        label=QT_TRANSLATE_NOOP("annstudio", "Jumping cost"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Several of the last ten epochs ended far above the best one."),
        order=30,
    )

    def examine(self, case: Case) -> Iterator[Finding]:
        """See Sign.examine."""
        costs = case.costs[1:]
        if len(costs) < _WINDOW or case.failure is not None:
            return
        jumps = int(np.count_nonzero((costs > np.minimum.accumulate(costs) + _PART * case.start)[-_WINDOW:]))
        # A cost that grows is told by itself.
        if jumps >= _JUMPS and not list(Growing().examine(case)):
            rate = learning_rate(case.project)
            message = text(_MESSAGE, jumps=jumps, window=_WINDOW, limit=_JUMPS, rate=rate)
            yield self.finding(message, _WHY, lower_rate(case.project, 0.3), larger_batches(case.project))
