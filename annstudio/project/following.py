"""Values that follow the data set until the student pins them."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from annstudio.core.params import Value
from annstudio.data.dataset import Task
from annstudio.engine.layers import layers
from annstudio.project.model import Node, Project, Settings
from annstudio.project.settings import TRAINING, replaced, source_of

FOLLOWING: Mapping[str, tuple[str, ...]] = {"output": ("units", "activation"), "training": ("loss",)}
"""Which keys follow the data set: those of a layer by its kind, and those of the training."""


@dataclass(frozen=True)
class _Fit:
    activation: str
    loss: str


_FITS: Mapping[Task, _Fit] = {
    Task.BINARY: _Fit("logistic", "log_loss"),
    Task.MULTI_CLASS: _Fit("softmax", "cross_entropy"),
    Task.REGRESSION: _Fit("identity", "mse"),
}
"""Activation and loss that belong together: the loss is the negative log likelihood of what the activation
says (Bishop 2006, Pattern Recognition and Machine Learning, section 5.2)."""


def wanted(data: Settings) -> Mapping[str, Mapping[str, Value]]:
    """Return the values that this data set asks for, by the keys of FOLLOWING."""
    schema = source_of(data).schema
    fit = _FITS[schema.task]
    return {
        "output": {"units": schema.outputs, "activation": fit.activation},
        "training": {"loss": fit.loss},
    }


def followed(project: Project) -> Project:
    """Return the project with every following value as the data set wants it, except the pinned ones."""
    wishes = wanted(project.data)
    nodes = tuple(_followed_node(node, wishes) for node in project.design.nodes)
    training = project.training
    for key, value in _unpinned(training, wishes["training"]).items():
        training = replaced(TRAINING, training, key, value)
    return msgspec.structs.replace(
        project, design=msgspec.structs.replace(project.design, nodes=nodes), training=training
    )


def pinned_where_different(project: Project) -> Project:
    """Return the project with those following values pinned that are not what the data set wants.

    A file may hold such values, and they must not change on opening.
    """
    wishes = wanted(project.data)
    nodes = tuple(
        msgspec.structs.replace(node, settings=_pinned(node.settings, wishes.get(node.kind, {})))
        for node in project.design.nodes
    )
    return msgspec.structs.replace(
        project,
        design=msgspec.structs.replace(project.design, nodes=nodes),
        training=_pinned(project.training, wishes["training"]),
    )


def _followed_node(node: Node, wishes: Mapping[str, Mapping[str, Value]]) -> Node:
    settings = node.settings
    for key, value in _unpinned(settings, wishes.get(node.kind, {})).items():
        settings = replaced(layers[node.kind].info.params, settings, key, value)
    return node if settings is node.settings else msgspec.structs.replace(node, settings=settings)


def _unpinned(settings: Settings, wishes: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in wishes.items() if key not in settings.pinned}


def _pinned(settings: Settings, wishes: Mapping[str, Value]) -> Settings:
    different = {key for key, value in wishes.items() if settings[key] != value}
    return Settings(settings.values, tuple(sorted(different | set(settings.pinned))))
