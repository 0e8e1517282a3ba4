"""What a sweep tries: settings by name, their values, and seeds."""

import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import structs

from annstudio.core.errors import UserError
from annstudio.core.params import Integer
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, shown, text
from annstudio.engine.layers import layers
from annstudio.project import edits
from annstudio.project.critic import can_run, criticize
from annstudio.project.file import record
from annstudio.project.model import Node, Project

MOST_TRIALS = 2000
SEEDS = Integer("seeds", QT_TRANSLATE_NOOP("annstudio", "Seeds"), default=3, minimum=1, maximum=1000)
EPOCHS = Integer("epochs", QT_TRANSLATE_NOOP("annstudio", "Epochs"), default=50, minimum=1, maximum=10_000_000)

_HIDDEN = {"activation": "activation", "initializer": "initializer", "width": "units"}
"""Names of settings of all hidden layers, and their keys."""
_TRAINING = {"learning_rate": "optimizer.learning_rate"}
_ORDER = ("optimizer", "schedule", "loss", "activation", "initializer", "width", "batch_size", "learning_rate")
"""Another optimizer brings a learning rate of its own, so it is set first; names that are not here come last."""


@dataclass(frozen=True)
class Axis:
    """A setting, and the values to try.

    Args:
        name: "activation", "initializer" or "width" of all hidden layers, "learning_rate", or the key of a setting of
            training, as "optimizer" and "batch_size" are.
        values: as they are typed.
    """

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Trial:
    """One training.

    Attributes:
        settings: a value for each axis, in the order of the axes.
        seed: of weights and order.
        project: with all of that set.
        key: tells it from all others, also of other sweeps.
    """

    settings: tuple[str, ...]
    seed: int
    project: Project
    key: str


@dataclass(frozen=True, eq=False)
class Plan:
    """All that a sweep tries.

    Args:
        axes: one or more.
        trials: every combination of their values with every seed.
        epochs: how long each is trained.
    """

    axes: tuple[Axis, ...]
    trials: tuple[Trial, ...]
    epochs: int


def make_plan(project: Project, axes: Sequence[Axis], seeds: int, epochs: int) -> Plan:
    """Return the plan of a sweep over every combination of values.

    Args:
        project: the network, the data and all settings that are not on an axis.
        axes: one at least, each with another name.
        seeds: how many, beginning with the project's own.
        epochs: how long each trial is trained.

    Raises:
        UserError: there is no such setting, a value is refused, a network cannot run, or there are too many trials.
    """
    axes = tuple(axes)
    if not axes or len({axis.name for axis in axes}) != len(axes):
        raise UserError(text(QT_TRANSLATE_NOOP("annstudio", "A sweep goes over one or more settings, each once.")))
    combinations = list(itertools.product(*(axis.values for axis in axes)))
    if not combinations or len(combinations) * seeds > MOST_TRIALS:
        told = QT_TRANSLATE_NOOP(
            "annstudio", "{count} trainings cannot be made: choose so few values and seeds that there are 1 to {most}."
        )
        raise UserError(text(told, count=len(combinations) * seeds, most=MOST_TRIALS))
    trials = []
    for combination in combinations:
        named = {axis.name: value for axis, value in zip(axes, combination, strict=True)}
        changed = project
        for name in sorted(named, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER)):
            changed = _set(changed, name, named[name])
        _check_runs(changed)
        for seed in range(seeds):
            own = edits.set_value(changed, "training", "seed", int(project.training["seed"]) + seed)
            trials.append(Trial(combination, int(own.training["seed"]), own, _key(own, epochs)))
    return Plan(axes, tuple(trials), epochs)


def _set(project: Project, name: str, value: str) -> Project:
    """Return the project with one setting changed."""
    if name not in _HIDDEN:
        return edits.set_value(project, "training", _TRAINING.get(name, name), value)
    key = _HIDDEN[name]
    nodes = [node for node in project.design.nodes if _is_hidden(node) and key in node.settings.values]
    if not nodes:
        told = QT_TRANSLATE_NOOP("annstudio", "No hidden layer has a setting “{name}”: add one, or sweep over another.")
        raise UserError(text(told, name=name))
    for node in nodes:
        project = edits.set_value(project, node.id, key, value)
    return project


def _is_hidden(node: Node) -> bool:
    return layers[node.kind].takes_input and layers[node.kind].gives_output


def _check_runs(project: Project) -> None:
    findings = criticize(project)
    if not can_run(findings):
        raise UserError(findings[0].message)


def _key(project: Project, epochs: int) -> str:
    """Return a digest of all that the result depends on; the cards may move, and the project may be renamed."""
    bare = structs.replace(project, name="", design=project.design.opened(), positions={})
    content = record.encode(bare, None) + str(epochs).encode()
    return hashlib.sha256(content).hexdigest()[:24]


def parsed_axis(given: str) -> Axis:
    """Return the axis of "optimizer=adam,sgd".

    Raises:
        UserError: it is not written so.
    """
    name, equals, values = given.partition("=")
    found = tuple(value.strip() for value in values.split(","))
    if not (name.strip() and equals and all(found)):
        told = QT_TRANSLATE_NOOP(
            "annstudio", "{given} is not of the form NAME=VALUE,VALUE,…, as in optimizer=adam,sgd."
        )
        raise UserError(text(told, given=shown(given)))
    if len(set(found)) != len(found):
        raise UserError(text(QT_TRANSLATE_NOOP("annstudio", "{given} has a value twice."), given=shown(given)))
    return Axis(name.strip(), found)


def setting_label(name: str) -> Text:
    """Return what an axis is called on the screen."""
    return Text(_LABELS.get(name, name))


_LABELS = {
    "optimizer": QT_TRANSLATE_NOOP("annstudio", "Optimizers"),
    "activation": QT_TRANSLATE_NOOP("annstudio", "Activations"),
    "learning_rate": QT_TRANSLATE_NOOP("annstudio", "Learning rates"),
    "initializer": QT_TRANSLATE_NOOP("annstudio", "Initializers"),
    "batch_size": QT_TRANSLATE_NOOP("annstudio", "Batch sizes"),
    "width": QT_TRANSLATE_NOOP("annstudio", "Widths"),
}
COMMON = {
    "optimizer": ("sgd", "momentum", "rmsprop", "adam"),
    "activation": ("logistic", "tanh", "relu", "gelu"),
    "learning_rate": ("0.0003", "0.001", "0.003", "0.01", "0.03", "0.1"),
    "initializer": ("normal", "xavier_uniform", "he_normal", "zeros"),
    "batch_size": ("1", "10", "32", "100"),
    "width": ("1", "2", "4", "8", "16"),
}
"""What the window offers to compare, in one click."""
