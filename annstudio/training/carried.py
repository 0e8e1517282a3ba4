"""The past of a run, for the run that goes on from it with other settings."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from annstudio.engine.trainer import Checkpoint, Trainer
from annstudio.training.timeline import Moment
from annstudio.training.trained import Progress

if TYPE_CHECKING:
    from annstudio.training.run import Run


def carried(before: "Run", after: "Run") -> Iterator[Moment]:
    """Yield the moments of a run up to where it stands, as moments of the one that follows it.

    Their steps are negative. Weights are as they were, and so is what the optimizer remembers where it is of the same
    kind; all else is as the other settings begin. Each begins an epoch, and stands alone: what came between two of them
    was trained by settings that are no longer there.

    Args:
        before: the run.
        after: follows it, and has not trained yet; with the same weights in the same places.
    """
    if not before.compiled.network.is_laid_out_as(after.compiled.network):
        return
    begin, now = after.trainer.checkpoint(), before.trainer.steps
    same_memory = _remembers_alike(before.trainer, after.trainer)
    for moment in before.timeline.moments:
        kept = moment.checkpoint
        if kept.steps < now:
            yield Moment(
                replace(
                    begin,
                    weights=kept.weights.astype(begin.weights.dtype, copy=False),
                    state=kept.state if same_memory else begin.state,
                    position=0,
                    epoch=0,
                    steps=kept.steps - now,
                ),
                drawn=_at(moment, before.trainer),
                before=Progress(moment.before.epoch + kept.epoch, after.progress.step),
                alone=True,
            )


def _at(moment: Moment, trainer: Trainer) -> float:
    """Return where a moment stands on the axis of the curves."""
    kept: Checkpoint = moment.checkpoint
    return moment.drawn + kept.epoch + kept.position / trainer.batches.count


def _remembers_alike(one: Trainer, other: Trainer) -> bool:
    """Return whether two optimizers remember the same of each weight."""
    if type(one.optimizer) is not type(other.optimizer):
        return False
    shapes = [{slot: (v.shape, v.dtype) for slot, v in trainer.state.items()} for trainer in (one, other)]
    return shapes[0] == shapes[1]
