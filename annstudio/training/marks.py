"""What was changed in the midst of a run, for the plot."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annstudio.core.params import Choice, Param, Value
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.layers import layers
from annstudio.project.model import Project
from annstudio.project.names import title
from annstudio.project.settings import REGISTRIES, STOPPING, TRAINING, declared
from annstudio.project.unroll import unrolled

_CHANGE = QT_TRANSLATE_NOOP("annstudio", "{setting}: {value}")
_OF_LAYER = QT_TRANSLATE_NOOP("annstudio", "{layer}, {change}")

Changes = Mapping[str, Text]
"""Sentences by what they are about, so that a later change of the same takes the place of an earlier one."""


@dataclass(frozen=True)
class Mark:
    """A change in the midst of a run.

    Attributes:
        epoch: where on the axis of the curves.
        changes: what was changed.
    """

    epoch: float
    changes: Changes


def changes_between(before: Project, after: Project) -> Changes:
    """Return what an edit changed of the settings of training, and of what tunes layers that both have."""
    changes = {
        key: change
        for key, change in _changes(TRAINING, before.training.values, after.training.values)
        if key not in STOPPING
    }
    earlier = {node.id: node for node in unrolled(before.design).nodes}
    for node in unrolled(after.design).nodes:
        then = earlier.get(node.id)
        if then is not None and then.kind == node.kind:
            for key, change in _changes(layers[node.kind].info.params, then.settings.values, node.settings.values):
                changes[f"{node.id}.{key}"] = text(_OF_LAYER, layer=title(node), change=change)
    return changes


def _changes(
    params: Sequence[Param], before: Mapping[str, Value], after: Mapping[str, Value]
) -> Iterator[tuple[str, Text]]:
    for key, param in declared(params, after).items():
        # Settings that only one of two optimizers has go without saying.
        if key in before and before[key] != after[key]:
            yield key, text(_CHANGE, setting=Text(param.label), value=named(param, after[key]))


def named(param: Param, value: Value) -> Text | str:
    """Return the value of a setting as the forms show it."""
    if isinstance(param, Choice):
        if param.registry:
            return Text(REGISTRIES[param.registry].resolve(value).info.label)
        return Text(dict(param.options)[str(value)])
    if isinstance(value, bool):
        return Text(QT_TRANSLATE_NOOP("annstudio", "on") if value else QT_TRANSLATE_NOOP("annstudio", "off"))
    return f"{value:.6g}" if isinstance(value, float) else str(value)
