"""Numbers beyond all bounds."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.critic.base import Finding, Severity
from annstudio.training.doctor._remedies import clip_gradient, lower_rate
from annstudio.training.doctor.base import Case, Sign

_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Gradient descent: a step that is too long lands higher on the other side of the valley, where it is steeper, so "
    "the next step is longer still. After some steps no number is large enough.",
)


class Exploded(Sign):
    """The cost of a batch or a weight is no longer a finite number."""

    info = Info(
        key="exploded",
        label=QT_TRANSLATE_NOOP("annstudio", "Explosion"),
        summary=QT_TRANSLATE_NOOP("annstudio", "A cost or a weight is no longer a finite number."),
        order=10,
    )
    severity = Severity.ERROR

    def examine(self, case: Case) -> Iterator[Finding]:
        """See Sign.examine."""
        if case.failure is not None:
            yield self.finding(case.failure, _WHY, lower_rate(case.project, 0.1), clip_gradient())
