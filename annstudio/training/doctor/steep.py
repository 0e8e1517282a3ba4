"""Steps that are too long for the cost's bends, seen before training."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.critic.base import Finding
from annstudio.training.doctor._remedies import learning_rate, set_rate
from annstudio.training.doctor.base import Case, Sign

LIMIT = 8.0
"""Times 2/λ: above it 190 of 228 trainings failed (30 epochs, MSE and RSS, six data sets, five networks), and above
half of it 139 of 228."""
_MESSAGE = QT_TRANSLATE_NOOP(
    "annstudio",
    "The learning rate of {rate} is probably too high: the cost bends so sharply here (λ = {sharpness}) that steps may "
    "jump over the valley above 2/λ = {stable}, and this is {times} times as much ({limit} times is too much).",
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Gradient descent: where the slope changes fast, the gradient is right for short steps only. λ is the sharpest "
    "bend, the largest eigenvalue of the matrix of second derivatives.",
)


class Steep(Sign):
    """Before training, plain gradient descent on squared errors is at more than eight times 2/λ."""

    info = Info(
        key="steep",
        label=QT_TRANSLATE_NOOP("annstudio", "Steps too long"),
        summary=QT_TRANSLATE_NOOP("annstudio", "The learning rate is far above what the bends of the cost allow."),
        order=25,
        reference="LeCun, Simard & Pearlmutter 1993, Automatic learning rate maximization",
    )

    def examine(self, case: Case) -> Iterator[Finding]:
        """See Sign.examine; as soon as there is a run, this tells by itself."""
        rate = float(case.project.training["optimizer.learning_rate"])
        if case.done > 0 or not rate * case.sharpness > LIMIT * 2:
            return
        message = text(
            _MESSAGE,
            rate=learning_rate(case.project),
            sharpness=f"{case.sharpness:.3g}",
            stable=f"{2 / case.sharpness:.2g}",
            times=f"{rate * case.sharpness / 2:.2g}",
            limit=f"{LIMIT:g}",
        )
        yield self.finding(message, _WHY, set_rate(1 / case.sharpness))
