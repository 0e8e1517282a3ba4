"""Steps that are far too small or too large."""

from collections.abc import Iterator

from annstudio.core.params import Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.losses import losses
from annstudio.engine.optimizers import optimizers
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.fixes import setting
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
_SUMMED = QT_TRANSLATE_NOOP(
    "annstudio",
    "{loss} adds up over the samples: in batches of {count} its gradient, and with it each step, is {count} times as "
    "long as with a mean. What suits Mean squared error overshoots here.",
)
_FIX = QT_TRANSLATE_NOOP("annstudio", "Learning rate {rate}")


class LearningRate(Rule):
    """Which learning rates are usual is said by the parameter of the optimizer, `usual`.

    The ranges were measured with each optimizer at eleven rates from 0.00001 to 30, 30 epochs on the exam, the circle,
    the spiral, iris and a line: below them the cost has hardly moved on most (for SGD at 0.0001 it is .93 to .99 of
    the start), above them it stays high, jumps or explodes on most (SGD at 3 fails on the line and the circle, at 10
    on all; Adam at 0.3 on the circle and the spiral).

    Where the loss is a sum and the rule's steps are proportional to the gradient, the range is divided by the batch
    size: SGD with RSS on the line fails from 1 on with batches of 1, from 0.3 on with 10 and from 0.03 on with 60, as
    it does with MSE from 1 on; Adam does not care.
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
        """See Rule.check."""
        optimizer, loss = optimizers[str(project.training["optimizer"])], losses[str(project.training["loss"])]
        param = next((each for each in optimizer.info.params if each.key == "learning_rate"), None)
        if not isinstance(param, Real) or param.usual is None:
            return
        batch_size = int(project.training["batch_size"]) if optimizer.proportional and loss.sums else 1
        rate, (low, high) = float(project.training[_KEY]), (limit / batch_size for limit in param.usual)
        if low <= rate <= high:
            return
        names = {
            "rate": f"{rate:g}",
            "optimizer": Text(optimizer.info.label),
            "loss": Text(loss.info.label),
            "low": f"{low:.2g}",
            "high": f"{high:.2g}",
            "count": batch_size,
        }
        message, why = (_TOO_SMALL, _SLOW) if rate < low else (_TOO_LARGE, _JUMPING)
        if rate > high and batch_size > 1:
            why = _SUMMED
        usual = float(f"{param.default / batch_size:.1g}")
        fix = setting(text(_FIX, rate=f"{usual:g}"), ("training", _KEY, usual))
        yield self.finding(text(message, **names), why=text(why, **names), fix=fix, setting=("training", _KEY))
