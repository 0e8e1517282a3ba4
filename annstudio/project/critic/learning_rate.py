"""Steps that are far too small or too large."""

from collections.abc import Iterator

from annstudio.core.params import Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.losses import losses
from annstudio.engine.optimizers import optimizers
from annstudio.project.critic._fixes import setting
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.model import Project

_KEY = "optimizer.learning_rate"
_TOO_SMALL = QT_TRANSLATE_NOOP(
    "annstudio", "A learning rate of {rate} is small for {optimizer}: {low} to {high} is usual."
)
_SLOW = QT_TRANSLATE_NOOP(
    "annstudio",
    "Every step goes against the gradient, as far as the learning rate says. So small, it takes thousands of epochs to "
    "get anywhere.",
)
_TOO_LARGE = QT_TRANSLATE_NOOP(
    "annstudio", "A learning rate of {rate} is large for {optimizer}: {low} to {high} is usual."
)
_JUMPING = QT_TRANSLATE_NOOP(
    "annstudio",
    "The gradient says where down is close by. A step that is too long lands on the other side of the valley, often "
    "higher than before, and the cost jumps or grows.",
)
_FIX = QT_TRANSLATE_NOOP("annstudio", "Learning rate {rate}")


class LearningRate(Rule):
    """Which learning rates are usual is said by the parameter of the optimizer, `usual`.

    The ranges were measured with each optimizer at eleven rates from 0.00001 to 30, 30 epochs on the exam, the circle,
    the spiral, iris and a line: below them the cost has hardly moved on most (for SGD at 0.0001 it is .93 to .99 of
    the start), above them it stays high, jumps or explodes on most (SGD at 3 fails on the line and the circle, at 10
    on all; Adam at 0.3 on the circle and the spiral).
    """

    info = Info(
        key="learning_rate",
        label=QT_TRANSLATE_NOOP("annstudio", "Learning rate"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Each optimizer has a range of learning rates that is usual."),
        order=94,
        reference="Bengio 2012, Practical recommendations for gradient-based training of deep architectures",
    )
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; the gradient of a sum over samples is large, so that a small rate suits it."""
        info = optimizers[str(project.training["optimizer"])].info
        param = next((each for each in info.params if each.key == "learning_rate"), None)
        if not isinstance(param, Real) or param.usual is None:
            return
        rate, (low, high) = float(project.training[_KEY]), param.usual
        sums = losses[str(project.training["loss"])].sums
        if low <= rate <= high or (rate < low and sums):
            return
        names = {"rate": f"{rate:g}", "optimizer": Text(info.label), "low": f"{low:g}", "high": f"{high:g}"}
        fix = setting(text(_FIX, rate=f"{param.default:g}"), ("training", _KEY, param.default))
        message, why = (_TOO_SMALL, _SLOW) if rate < low else (_TOO_LARGE, _JUMPING)
        yield self.finding(text(message, **names), why=Text(why), fix=fix, setting=("training", _KEY))
