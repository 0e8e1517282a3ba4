"""The learning rate as it is."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.schedules.base import Memory, Schedule


class Constant(Schedule):
    """η stays."""

    info = Info(
        key="constant",
        label=QT_TRANSLATE_NOOP("annstudio", "Constant"),
        order=10,
        summary=QT_TRANSLATE_NOOP("annstudio", "The learning rate stays as you set it."),
        formula="ηₜ = η",
        reference="Rumelhart, Hinton & Williams 1986, Learning representations by back-propagating errors",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "First of all. Try another when the cost no longer gets lower."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Nothing to tune but η itself."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Near the minimum, noisy steps keep jumping around it."),
    )

    def factor(self, epoch: int, batch: int, batches: int, memory: Memory) -> float:
        """Return 1; see Schedule.factor."""
        return 1.0
