"""What an edit means for a run that is under way."""

from collections.abc import Mapping
from enum import Enum
from typing import cast

from annstudio.core.params import Value
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.project.model import Project
from annstudio.project.names import title
from annstudio.training.run import Run
from annstudio.training.snapshot import LayerWeights


class Change(Enum):
    """How much of a run an edit touches."""

    NOTHING = "nothing"
    """Positions, names: the run does not notice."""
    LEARNING_RATE = "learning rate"
    """Counts from the next batch."""
    TUNING = "tuning"
    """Optimizer, batch size: the weights stay, the optimizer starts afresh."""
    RESTART = "restart"
    """The network, the data or the seed: a new run, in which layers that still fit keep their weights."""


def change_between(before: Project, after: Project) -> Change:
    """Return how much of a run of `before` must change to become a run of `after`."""
    if _identity(before) != _identity(after):
        return Change.RESTART
    old, new = before.training.values, after.training.values
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    if not changed:
        return Change.NOTHING
    return Change.LEARNING_RATE if changed == {"optimizer.learning_rate"} else Change.TUNING


def kept_weights(run: Run, after: Project) -> dict[str, LayerWeights]:
    """Return the trained weights that layers of the edited project may keep, by node id.

    A layer keeps its weights if it is the same layer, started the same way, and reads the same data.
    """
    before = run.project
    untrained = run.progress.step == 0
    seeds = before.training["seed"] != after.training["seed"]
    if untrained or seeds or before.data.values != after.data.values:
        return {}
    starts = {node.id: _initializer(node.settings.values) for node in after.design.nodes}
    return {
        node_id: weights
        for node_id, weights in run.layer_weights().items()
        if starts.get(node_id) == _initializer(before.design.node(node_id).settings.values)
    }


def what_starts_anew(run: Run, kept: Mapping[str, LayerWeights]) -> Text | None:
    """Return a sentence about a new run made with kept weights; None when it simply starts from the seed.

    Args:
        run: the new run.
        kept: what it was offered.
    """
    anew = run.anew
    if not kept or len(anew) == len(run.compiled.node_ids):
        return None
    if not anew:
        return text(QT_TRANSLATE_NOOP("annstudio", "The network was edited; every layer keeps its weights."))
    return text(
        QT_TRANSLATE_NOOP(
            "annstudio", "The network was edited. With new weights: {layers}. The other layers keep theirs."
        ),
        layers=tuple(title(run.project.design.node(node_id)) for node_id in anew),
    )


def learning_rate(project: Project) -> float:
    """Return the learning rate of a project's optimizer."""
    return cast(float, project.training["optimizer.learning_rate"])


def _identity(project: Project) -> object:
    """Return what a run cannot change without starting anew."""
    training = project.training
    nodes = [(node.id, node.kind, node.settings.values) for node in project.design.nodes]
    return nodes, sorted(project.design.wires), project.data.values, training["seed"], training["precision"]


def _initializer(values: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in values.items() if key.startswith("initializer")}
