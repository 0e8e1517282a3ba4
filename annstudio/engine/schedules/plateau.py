"""The learning rate lower whenever the cost no longer falls."""

import math

from annstudio.core.params import Integer, Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.schedules._shared import decay, epochs, lowest
from annstudio.engine.schedules.base import Memory, Schedule


class Plateau(Schedule):
    """f ← max(γ·f, lowest) when the cost has not fallen for more than `patience` epochs: PyTorch's ReduceLROnPlateau.

    A cost counts as lower if it is below (1 − threshold) times the lowest so far. After a reduction, `cooldown` epochs
    are not counted. A cost that is not a number is never lower.

    Its memory: the lowest cost so far, the epochs waited since, the epochs of cooldown left, and the factor f.
    """

    info = Info(
        key="plateau",
        label=QT_TRANSLATE_NOOP("annstudio", "Reduce on plateau"),
        order=40,
        summary=QT_TRANSLATE_NOOP("annstudio", "When the cost has not fallen for a while, the learning rate drops."),
        formula="ηₜ = η·f,  f ← γ·f on a plateau",
        reference="Krizhevsky, Sutskever & Hinton 2012, ImageNet classification, section 5",
        params=(
            epochs(
                "patience",
                QT_TRANSLATE_NOOP("annstudio", "Patience"),
                10,
                QT_TRANSLATE_NOOP("annstudio", "How many epochs without a lower cost are put up with."),
            ),
            decay(0.1),
            Real(
                key="threshold",
                label=QT_TRANSLATE_NOOP("annstudio", "Threshold"),
                default=1e-4,
                help=QT_TRANSLATE_NOOP("annstudio", "By which part the cost must fall to count as lower."),
                minimum=0,
                maximum=0.5,
            ),
            Integer(
                key="cooldown",
                label=QT_TRANSLATE_NOOP("annstudio", "Cooldown"),
                default=0,
                help=QT_TRANSLATE_NOOP("annstudio", "How many epochs after a drop do not count."),
                minimum=0,
                maximum=1_000_000,
                unit=QT_TRANSLATE_NOOP("annstudio", "epochs"),
            ),
            lowest(),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "When you cannot know beforehand when the cost stops falling."),
        pros=QT_TRANSLATE_NOOP("annstudio", "It looks at the training itself, not at the clock."),
        cons=QT_TRANSLATE_NOOP("annstudio", "A noisy cost misleads it; it never goes up again."),
    )

    def start(self) -> Memory:
        """Return the memory of a run in which nothing has been observed; see Schedule.start."""
        return {"best": math.inf, "waited": 0, "cooldown": 0, "factor": 1.0}

    def factor(self, epoch: int, batch: int, batches: int, memory: Memory) -> float:
        """Return what the reductions so far have left; see Schedule.factor."""
        return memory["factor"]

    def observe(self, cost: float, memory: Memory) -> Memory:
        """Count the epochs without a lower cost, and reduce the factor after too many; see Schedule.observe."""
        lower = cost < memory["best"] * (1 - float(self.params["threshold"]))
        best = cost if lower else memory["best"]
        waited = 0 if lower or memory["cooldown"] else memory["waited"] + 1
        if waited > int(self.params["patience"]):
            return {
                "best": best,
                "waited": 0,
                "cooldown": int(self.params["cooldown"]),
                "factor": self._reduced(memory),
            }
        return memory | {"best": best, "waited": waited, "cooldown": max(0, memory["cooldown"] - 1)}

    def _reduced(self, memory: Memory) -> float:
        return max(memory["factor"] * float(self.params["decay"]), float(self.params["lowest"]))
