"""The learning rate in steps."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.schedules._shared import decay, epochs
from annstudio.engine.schedules.base import Memory, Schedule


class Step(Schedule):
    """ηₜ = η·γ^⌊t / T⌋: PyTorch's StepLR."""

    info = Info(
        key="step",
        label=QT_TRANSLATE_NOOP("annstudio", "Step decay"),
        order=20,
        summary=QT_TRANSLATE_NOOP("annstudio", "Every few epochs, the learning rate drops to a part of itself."),
        formula="ηₜ = η·γ^⌊t / T⌋",
        reference="Ge, Kakade, Kidambi & Netrapalli 2019, The step decay schedule",
        params=(
            epochs(
                "period",
                QT_TRANSLATE_NOOP("annstudio", "Period T"),
                30,
                QT_TRANSLATE_NOOP("annstudio", "How many epochs lie between two drops."),
            ),
            decay(0.1),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "When you know about when the cost stops falling."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Large steps first and fine ones later, with the change plain to see."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Dropped too early, training crawls from then on."),
    )

    def factor(self, epoch: int, batch: int, batches: int, memory: Memory) -> float:
        """Return γ to the number of periods that are over; see Schedule.factor."""
        return float(self.params["decay"]) ** (epoch // int(self.params["period"]))
