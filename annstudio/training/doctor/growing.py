"""A cost that grows."""

from collections.abc import Iterator

import numpy as np

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.critic.base import Finding
from annstudio.training.doctor._remedies import clip_gradient, learning_rate, lower_rate
from annstudio.training.doctor.base import Case, Sign

_LIMIT = 3.0
_RECENT = 10
_MESSAGE = QT_TRANSLATE_NOOP(
    "annstudio",
    "The cost has grown to {times} times what it was at the start ({limit} times is too much). Lower the learning rate "
    "of {rate}.",
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Gradient descent: the gradient says where down is close by. Steps that are too long jump over the valley and "
    "climb the other side.",
)


class Growing(Sign):
    """One of the last ten epochs ended above three times the cost at the start: healthy runs do not get there."""

    info = Info(
        key="growing",
        label=QT_TRANSLATE_NOOP("annstudio", "Growing cost"),
        summary=QT_TRANSLATE_NOOP("annstudio", "The cost is more than three times what it was at the start."),
        order=20,
    )

    def examine(self, case: Case) -> Iterator[Finding]:
        """See Sign.examine."""
        highest = float(np.nanmax(case.costs[1:][-_RECENT:], initial=0.0))
        if case.failure is None and highest > _LIMIT * case.start > 0:
            times = f"{highest / case.start:.3g}"
            message = text(_MESSAGE, times=times, limit=f"{_LIMIT:g}", rate=learning_rate(case.project))
            yield self.finding(message, _WHY, lower_rate(case.project, 0.1), clip_gradient())
