"""The learning rate in waves."""

from annstudio.core.params import Integer
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.schedules._shared import epochs, half_wave, lowest
from annstudio.engine.schedules.base import Memory, Schedule


class CosineRestarts(Schedule):
    """ηₜ = η·(m + (1 − m)(1 + cos(π·t / T)) / 2), with t counted anew after each period and T ← k·T.

    It is PyTorch's CosineAnnealingWarmRestarts, step by step.
    """

    info = Info(
        key="cosine_restarts",
        label=QT_TRANSLATE_NOOP("annstudio", "Cosine with restarts"),
        order=60,
        summary=QT_TRANSLATE_NOOP("annstudio", "The learning rate falls along a wave, jumps up, and falls again."),
        formula="ηₜ = η·(m + (1 − m)(1 + cos(π·t / T)) / 2)",
        reference="Loshchilov & Hutter 2016, SGDR: stochastic gradient descent with warm restarts, eq. 5",
        params=(
            epochs(
                "period",
                QT_TRANSLATE_NOOP("annstudio", "First period T"),
                10,
                QT_TRANSLATE_NOOP("annstudio", "How many epochs the first fall takes."),
            ),
            Integer(
                key="growth",
                label=QT_TRANSLATE_NOOP("annstudio", "Growth k"),
                default=2,
                help=QT_TRANSLATE_NOOP("annstudio", "Each fall takes this many times as long as the one before."),
                minimum=1,
                maximum=10,
            ),
            lowest(),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Long runs on a cost with many minima."),
        pros=QT_TRANSLATE_NOOP(
            "annstudio", "Just before each restart the weights are good; a restart may find better."
        ),
        cons=QT_TRANSLATE_NOOP("annstudio", "The cost jumps up at each restart: stop before one, not behind."),
    )
    per_step = True

    def factor(self, epoch: int, batch: int, batches: int, memory: Memory) -> float:
        """Return the height of the wave; see Schedule.factor."""
        return half_wave(1.0, float(self.params["lowest"]), self._done(epoch + batch / batches))

    def _done(self, time: float) -> float:
        """Return which share of the period at this time, in epochs, is over."""
        period, growth = int(self.params["period"]), int(self.params["growth"])
        if growth == 1:
            return time % period / period
        while time >= period:
            time -= period
            period *= growth
        return time / period
