"""A session: one worker thread that owns a run and answers commands.

Commands go in through a queue, the latest state comes out through a mailbox. The thread never calls into the window.
"""

import queue
import threading
from typing import Any, Literal

from numpy.typing import NDArray

from annstudio.core.calls import Array
from annstudio.project.model import Project
from annstudio.training.by_hand import WeightPlace
from annstudio.training.predictor import Predictor
from annstudio.training.snapshot import Mailbox
from annstudio.training.trained import Trained
from annstudio.training.worker import Command, Worker


class Session:
    """Trains a project in a thread of its own. All methods return at once; call them from one thread.

    Args:
        project: what to train first.
        trained: what it has learned before, e.g. from a file.
    """

    def __init__(self, project: Project, trained: Trained | None = None) -> None:
        self.mailbox = Mailbox()
        self._predictor = Predictor()
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._worker = Worker(self._commands, self.mailbox)
        self._commands.put(lambda: self._worker.start(project, trained))
        self._thread = threading.Thread(target=self._worker.work, name="annstudio-training", daemon=True)
        self._thread.start()

    def run(self) -> None:
        """Train until told otherwise."""
        self.mailbox.hold(False)
        self._commands.put(self._worker.run_on)

    def pause(self) -> None:
        """Stop after the batch at hand; the mailbox says so at once, and the figures follow when they are there."""
        self.mailbox.hold(True)
        self._commands.put(self._worker.pause)

    def step(self, unit: Literal["batch", "epoch"], count: int = 1) -> None:
        """Pause, then train for one batch, or to the end of so many epochs, each of them measured."""
        self.mailbox.hold(False)
        self._commands.put(lambda: self._worker.step(unit, count))

    def step_back(self, unit: Literal["batch", "epoch"]) -> None:
        """Pause and go back by one batch, or to the beginning of an epoch."""
        self.mailbox.hold(True)
        self._commands.put(lambda: self._worker.step_back(unit))

    def go_to(self, step: int) -> None:
        """Pause and go to a step of the past, or from there back towards the latest; the last of several calls counts.

        Args:
            step: see Past.steps; in between, the batches from the nearest one before are trained once more.
        """
        self.mailbox.hold(True)
        self._worker.want_step(step)
        self._commands.put(self._worker.go_to_wanted)

    def reset(self) -> None:
        """Pause and go back to the seed's starting weights."""
        self._commands.put(self._worker.reset)

    def set_weight(self, place: WeightPlace, value: float) -> None:
        """Put a number into the weights by hand.

        Args:
            place: of a layer in the network that the last snapshot shows.
            value: finite in the run's precision.
        """
        self._commands.put(lambda: self._worker.set_weight(place, value))

    def adopt(self, project: Project) -> None:
        """Go on with an edited project: a tuned setting counts from the next batch, a new network starts anew."""
        self._commands.put(lambda: self._worker.adopt(project))

    def set_pace(self, epochs_per_second: float) -> None:
        """Run no faster than this; infinity means flat out. Must be greater than zero."""
        if not epochs_per_second > 0:
            raise ValueError("a pace is greater than zero")
        self._commands.put(lambda: self._worker.set_pace(epochs_per_second))

    def predict(self, raw: NDArray[Any]) -> Array | None:
        """Return the outputs of the network as last shown, for inputs in the data's own units; see Predictor."""
        shown = self.mailbox.last
        return self._predictor.predict(shown, raw) if shown is not None else None

    def close(self, timeout: float = 5.0) -> bool:
        """End the thread; return whether it ended in time."""
        self._commands.put(self._worker.close)
        self._thread.join(timeout)
        return not self._thread.is_alive()
