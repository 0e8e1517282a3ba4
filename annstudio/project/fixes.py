"""Fixes that several rules offer."""

from functools import partial, reduce

from annstudio.core.params import Value
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.activations import activations
from annstudio.engine.losses import losses
from annstudio.engine.optimizers import optimizers
from annstudio.project import edits
from annstudio.project.critic.base import Fix
from annstudio.project.following import wanted
from annstudio.project.model import Node, Project
from annstudio.project.names import title

Change = tuple[str, str, Value]
"""Owner, key and value, as for edits.set_value."""


def setting(label: Text, *changes: Change) -> Fix:
    """Return the fix that sets these values; one that the data set asks for goes on following it."""
    return Fix(label, partial(_with_all, changes=changes))


def choose_activation(key: str, *nodes: Node) -> Fix:
    """Return the fix that gives these layers this activation."""
    several = QT_TRANSLATE_NOOP("annstudio", "{activation} for {count} layers")
    label = text(
        several if len(nodes) > 1 else QT_TRANSLATE_NOOP("annstudio", "{activation} for {layer}"),
        activation=Text(activations[key].info.label),
        layer=title(nodes[0]),
        count=len(nodes),
    )
    return setting(label, *((node.id, "activation", key) for node in nodes))


def choose_loss(key: str) -> Fix:
    """Return the fix that chooses this loss."""
    label = text(QT_TRANSLATE_NOOP("annstudio", "{loss} as the loss"), loss=Text(losses[key].info.label))
    return setting(label, ("training", "loss", key))


def choose_optimizer(key: str) -> Fix:
    """Return the fix that chooses this optimizer."""
    name = Text(optimizers[key].info.label)
    label = text(QT_TRANSLATE_NOOP("annstudio", "{optimizer} as the optimizer"), optimizer=name)
    return setting(label, ("training", "optimizer", key))


def set_batch_size(size: int) -> Fix:
    """Return the fix that sets the batch size."""
    label = text(QT_TRANSLATE_NOOP("annstudio", "Batch size {size}"), size=size)
    return setting(label, ("training", "batch_size", size))


def connect(source: Node, target: Node) -> Fix:
    """Return the fix that wires one layer to another."""
    label = text(
        QT_TRANSLATE_NOOP("annstudio", "Wire {source} to {target}"), source=title(source), target=title(target)
    )
    return Fix(label, partial(edits.connect, source=source.id, target=target.id))


def remove(node: Node, *others: str) -> Fix:
    """Return the fix that takes a layer away, and with it others by their ids."""
    label = text(QT_TRANSLATE_NOOP("annstudio", "Remove {layer}"), layer=title(node))
    return Fix(label, partial(edits.remove, nodes=[node.id, *others]))


def _with_all(project: Project, changes: tuple[Change, ...]) -> Project:
    return reduce(_with, changes, project)


def _with(project: Project, change: Change) -> Project:
    owner, key, value = change
    kind = owner if owner in ("data", "training") else project.design.node(owner).kind
    if wanted(project.data).get(kind, {}).get(key) == value:
        return edits.unpin(project, owner, key)
    return edits.set_value(project, owner, key, value)
