"""The learning rate up and down once."""

from annstudio.core.params import Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.schedules._shared import epochs, half_wave
from annstudio.engine.schedules.base import Memory, Schedule


class OneCycle(Schedule):
    """η is the peak: from s·η up to η in the first part of T epochs, down to e·η in the rest, along half cosine waves.

    It is PyTorch's OneCycleLR (there s = 1 / div_factor, e = s / final_div_factor), which counts in steps: the last
    step of each part is its end. The momentum is left alone. After T epochs, e·η stays.
    """

    info = Info(
        key="one_cycle",
        label=QT_TRANSLATE_NOOP("annstudio", "One cycle"),
        order=70,
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "The learning rate rises to its full size, then falls to almost nothing."
        ),
        formula="ηₜ: s·η ↗ η ↘ e·η",
        reference="Smith & Topin 2017, Super-convergence: very fast training of neural networks",
        params=(
            epochs(
                "period",
                QT_TRANSLATE_NOOP("annstudio", "Period T"),
                100,
                QT_TRANSLATE_NOOP("annstudio", "How many epochs the cycle takes: as long as you mean to train."),
            ),
            Real(
                key="rise",
                label=QT_TRANSLATE_NOOP("annstudio", "Rising part"),
                default=0.3,
                help=QT_TRANSLATE_NOOP("annstudio", "Which part of the cycle the rise takes."),
                minimum=0,
                maximum=0.99,
            ),
            Real(
                key="start",
                label=QT_TRANSLATE_NOOP("annstudio", "First factor s"),
                default=0.04,
                help=QT_TRANSLATE_NOOP("annstudio", "The part of the full learning rate to start with."),
                minimum=0,
                maximum=1,
            ),
            Real(
                key="end",
                label=QT_TRANSLATE_NOOP("annstudio", "Last factor e"),
                default=4e-6,
                help=QT_TRANSLATE_NOOP("annstudio", "The part of the full learning rate to end with."),
                minimum=0,
                maximum=1,
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Short runs of a known length, with a larger η than usual."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Often reaches in few epochs what a constant rate needs many for."),
        cons=QT_TRANSLATE_NOOP(
            "annstudio", "The length must be known beforehand; after it, hardly anything is learned."
        ),
    )
    per_step = True

    def factor(self, epoch: int, batch: int, batches: int, memory: Memory) -> float:
        """Return the height of the cycle; see Schedule.factor."""
        start, end, rise = (float(self.params[key]) for key in ("start", "end", "rise"))
        step, steps = epoch * batches + batch, int(self.params["period"]) * batches
        peak, last = rise * steps - 1, steps - 1
        if step < peak:
            return half_wave(start, 1.0, step / peak)
        if step < last:
            return half_wave(1.0, end, (step - peak) / (last - peak))
        return end
