"""Where runs wait whose network has been edited, in case the edit is taken back."""

from collections import deque
from dataclasses import dataclass

from annstudio.project.model import Project
from annstudio.training.history import History
from annstudio.training.trained import Trained, same_network

_MOST_RUNS = 12
_MOST_PARAMETERS = 2_000_000


@dataclass(frozen=True, eq=False)
class ParkedRun:
    """What a run had learned, and its curves."""

    trained: Trained
    history: History


class Parking:
    """Keeps the last few trained runs, so that undoing an edit brings back the weights as well as the network."""

    def __init__(self) -> None:
        self._runs: deque[ParkedRun] = deque(maxlen=_MOST_RUNS)

    def park(self, trained: Trained, history: History, parameters: int) -> None:
        """Keep a run, if it has weights of its own, trained or set by hand, and is not too large to be kept."""
        if trained.weights and parameters <= _MOST_PARAMETERS:
            self._runs.append(ParkedRun(trained, history))

    def fetch(self, project: Project) -> ParkedRun | None:
        """Return and forget the run of this very network, data and seed, if it is here."""
        for parked in reversed(self._runs):
            if same_network(parked.trained.project, project):
                self._runs.remove(parked)
                return parked
        return None
