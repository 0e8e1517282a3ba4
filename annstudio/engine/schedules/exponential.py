"""The learning rate a little lower after each epoch."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.schedules._shared import decay
from annstudio.engine.schedules.base import Memory, Schedule


class Exponential(Schedule):
    """ηₜ = η·γ^⌊t⌋: PyTorch's ExponentialLR, once per epoch."""

    info = Info(
        key="exponential",
        label=QT_TRANSLATE_NOOP("annstudio", "Exponential decay"),
        order=30,
        summary=QT_TRANSLATE_NOOP("annstudio", "After each epoch, the learning rate is a little lower."),
        formula="ηₜ = η·γ^⌊t⌋",
        reference="Senior, Heigold, Ranzato & Yang 2013, An empirical study of learning rates in deep neural networks",
        params=(decay(0.99),),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "To let noisy steps calm down bit by bit."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Smooth, with a single number to tune."),
        cons=QT_TRANSLATE_NOOP("annstudio", "In a long run the steps become too small to get anywhere."),
    )

    def factor(self, epoch: int, batch: int, batches: int, memory: Memory) -> float:
        """Return γ to the number of epochs that are over; see Schedule.factor."""
        return float(self.params["decay"]) ** epoch
