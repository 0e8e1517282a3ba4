"""The learning rate raised gently at the start."""

from annstudio.core.params import Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.schedules._shared import epochs
from annstudio.engine.schedules.base import Memory, Schedule


class Warmup(Schedule):
    """ηₜ = η·(s + (1 − s)·min(t / T, 1)): PyTorch's LinearLR, step by step."""

    info = Info(
        key="warmup",
        label=QT_TRANSLATE_NOOP("annstudio", "Warm-up"),
        order=50,
        summary=QT_TRANSLATE_NOOP("annstudio", "The learning rate starts low, rises in a line and then stays."),
        formula="ηₜ = η·(s + (1 − s)·min(t / T, 1))",
        reference="Goyal et al. 2017, Accurate, large minibatch SGD: training ImageNet in 1 hour, section 2.2",
        params=(
            epochs(
                "period",
                QT_TRANSLATE_NOOP("annstudio", "Period T"),
                5,
                QT_TRANSLATE_NOOP("annstudio", "How many epochs the rise takes."),
            ),
            Real(
                key="start",
                label=QT_TRANSLATE_NOOP("annstudio", "First factor s"),
                default=0.1,
                help=QT_TRANSLATE_NOOP("annstudio", "The part of the full learning rate to start with."),
                minimum=0,
                above_minimum=True,
                maximum=1,
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "When training with this learning rate breaks at the very start."),
        pros=QT_TRANSLATE_NOOP("annstudio", "The first, largest gradients do less harm; so a larger η is possible."),
        cons=QT_TRANSLATE_NOOP("annstudio", "The first epochs are slow, and later it is a constant rate."),
    )
    per_step = True

    def factor(self, epoch: int, batch: int, batches: int, memory: Memory) -> float:
        """Return the height of the rise; see Schedule.factor."""
        start, done = float(self.params["start"]), (epoch + batch / batches) / int(self.params["period"])
        return start + (1 - start) * min(done, 1.0)
