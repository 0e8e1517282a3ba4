"""What a run would send to the canvas."""

from annstudio.training.run import Run
from annstudio.training.snapshot import RunState, Snapshot


def snapshot_of(project, steps=0):
    """Return a snapshot of a real run after some steps."""
    run = Run(project)
    run.trainer.advance(steps)
    return Snapshot(
        run=1,
        state=RunState.READY,
        message=None,
        epoch=0,
        step=steps,
        batches=1,
        project=project,
        prepared=run.prepared,
        compiled=run.compiled,
        surface=run.surface(),
        answers=run.probe.look(),
    )
