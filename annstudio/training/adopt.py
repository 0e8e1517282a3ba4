"""What an edit means for a run that is under way."""

from enum import Enum

from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.project.model import Project
from annstudio.project.names import title
from annstudio.project.settings import STOPPING
from annstudio.project.unroll import unrolled
from annstudio.training.run import Run
from annstudio.training.trained import same_network, tunings


class Change(Enum):
    """How much of a run an edit touches."""

    NOTHING = "nothing"
    """Positions, names: the run does not notice."""
    LEARNING_RATE = "learning rate"
    """Counts from the next batch."""
    TUNING = "tuning"
    """Optimizer, batch size, loss, regularization, dropout: the weights stay, and what the optimizer remembers."""
    RESTART = "restart"
    """The network, the data or the seed: a new run, in which layers that still fit keep their weights."""


def change_between(before: Project, after: Project) -> Change:
    """Return how much of a run of `before` must change to become a run of `after`."""
    if not same_network(before, after):
        return Change.RESTART
    old, new = before.training.values, after.training.values
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    changed -= STOPPING
    if tunings(before) != tunings(after):
        return Change.TUNING
    if not changed:
        return Change.NOTHING
    return Change.LEARNING_RATE if changed == {"optimizer.learning_rate"} else Change.TUNING


def what_starts_anew(run: Run) -> Text | None:
    """Return a sentence about a run that took over weights; None when it simply starts from the seed."""
    if not run.learned:
        return None
    anew = [node_id for node_id in run.weighted if node_id not in run.learned]
    if not anew:
        return text(QT_TRANSLATE_NOOP("annstudio", "The network was edited; every layer keeps its weights."))
    return text(
        QT_TRANSLATE_NOOP(
            "annstudio", "The network was edited. With new weights: {layers}. The other layers keep theirs."
        ),
        layers=tuple(title(unrolled(run.project.design).node(node_id)) for node_id in anew),
    )
