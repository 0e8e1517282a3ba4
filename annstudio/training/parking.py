"""Where runs wait whose network has been edited, in case the edit is taken back."""

from dataclasses import dataclass

from annstudio.project.model import Project
from annstudio.training.history import History
from annstudio.training.trained import Trained, same_network

_MOST_RUNS = 12
"""With weights of their own; those without cost nothing."""
_MOST_IN_ALL = 200
_MOST_PARAMETERS = 2_000_000


@dataclass(frozen=True, eq=False)
class ParkedRun:
    """What a run had learned, and its curves."""

    trained: Trained
    history: History


class Parking:
    """Keeps the last runs, so that undoing an edit brings back the weights as well as the network.

    A network that has learned nothing yet is kept as well: undoing an edit must not give it what was learned since.
    """

    def __init__(self) -> None:
        self._runs: list[ParkedRun] = []

    def park(self, trained: Trained, history: History, parameters: int) -> None:
        """Keep a run, if its weights, trained or set by hand, are not too many to be kept."""
        if trained.weights and parameters > _MOST_PARAMETERS:
            return
        self._runs.append(ParkedRun(trained, history))
        with_weights = [parked for parked in self._runs if parked.trained.weights]
        for old in (*with_weights[:-_MOST_RUNS], *self._runs[:-_MOST_IN_ALL]):
            if old in self._runs:
                self._runs.remove(old)

    def fetch(self, project: Project) -> ParkedRun | None:
        """Return and forget the run of this very network, data and seed, if it is here."""
        for parked in reversed(self._runs):
            if same_network(parked.trained.project, project):
                self._runs.remove(parked)
                return parked
        return None
