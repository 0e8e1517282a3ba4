"""A cost that does not fall."""

from collections.abc import Iterator

import numpy as np

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.critic.base import Finding
from annstudio.training.doctor._remedies import learning_rate, lower_rate, raise_rate
from annstudio.training.doctor.base import Case, Sign

_EPOCHS, _LIMIT = 20, 0.98
_MESSAGE = QT_TRANSLATE_NOOP(
    "annstudio",
    "It does not learn: in {epochs} epochs the cost has come down to {percent} % of its start at best (below {limit} % "
    "is usual). Try another learning rate than {rate}.",
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Gradient descent: steps that are too short hardly move; steps that are too long jump about at the height where "
    "they began. Where neither helps, the network may be too small, or the inputs may say nothing about the targets.",
)


class NotLearning(Sign):
    """The best of twenty epochs is above 98 % of the cost at the start."""

    info = Info(
        key="not_learning",
        label=QT_TRANSLATE_NOOP("annstudio", "No progress"),
        summary=QT_TRANSLATE_NOOP("annstudio", "The cost has hardly fallen in twenty epochs."),
        order=70,
    )
    last_resort = True

    def examine(self, case: Case) -> Iterator[Finding]:
        """See Sign.examine; it holds for as long as nothing has got better."""
        if case.failure is not None or case.done < _EPOCHS or not case.best > _LIMIT * case.start > 0:
            return
        slower, faster = lower_rate(case.project, 0.1), raise_rate(case.project)
        jumps = float(np.nanmax(case.costs[1:])) > (2 - _LIMIT) * case.start
        message = text(
            _MESSAGE,
            epochs=f"{case.done:.0f}",
            percent=f"{100 * case.best / case.start:.0f}",
            limit=f"{100 * _LIMIT:.0f}",
            rate=learning_rate(case.project),
        )
        yield self.finding(message, _WHY, *((slower, faster) if jumps else (faster, slower)))
