"""In what runs differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.activations import activations
from annstudio.engine.layers import layers
from annstudio.project.model import Node, Project
from annstudio.project.names import title
from annstudio.project.settings import DATA, STOPPING, TRAINING, declared
from annstudio.project.unroll import unrolled
from annstudio.training.marks import named

_NOTHING = "–"


@dataclass(frozen=True)
class Difference:
    """A setting in which runs differ.

    Attributes:
        label: its name.
        values: of each run, in order.
    """

    label: Text
    values: tuple[Text | str, ...]


def differences(projects: Sequence[Project]) -> list[Difference]:
    """Return the settings in which projects differ: network, data, training."""
    flat = [_settings(project) for project in projects]
    labels: dict[str, Text] = {}
    for settings in flat:
        labels |= {key: label for key, (label, _) in settings.items()}
    found = []
    for key, label in labels.items():
        values = tuple(settings[key][1] if key in settings else _NOTHING for settings in flat)
        if len({str(value) for value in values}) > 1:
            found.append(Difference(label, values))
    return found


def _settings(project: Project) -> dict[str, tuple[Text, Text | str]]:
    """Return label and value of all that matters for a run, by key."""
    found: dict[str, tuple[Text, Text | str]] = {
        "network": (Text(QT_TRANSLATE_NOOP("annstudio", "Network")), _network(project))
    }
    for owner, params, values in (("data", DATA, project.data.values), ("training", TRAINING, project.training.values)):
        for key, param in declared(params, values).items():
            if key in values and key not in STOPPING:
                found[f"{owner}.{key}"] = (Text(param.label), named(param, values[key]))
    for node in unrolled(project.design).nodes:
        for key, param in declared(layers[node.kind].info.params, node.settings.values).items():
            if key not in ("units", "activation") and key in node.settings.values:
                template = QT_TRANSLATE_NOOP("annstudio", "{setting} of {layer}")
                label = text(template, setting=Text(param.label), layer=title(node))
                found[f"{node.id}.{key}"] = (label, named(param, node.settings.values[key]))
    return found


def _network(project: Project) -> Text:
    """Return the layers in a row: "4 Tanh, Dropout, 1 Logistic"."""
    parts = tuple(_layer(node) for node in unrolled(project.design).nodes if layers[node.kind].takes_input)
    return text(QT_TRANSLATE_NOOP("annstudio", "{layers}"), layers=parts)


def _layer(node: Node) -> Text:
    values = node.settings.values
    info: Info = layers[node.kind].info
    if "units" not in values:
        return Text(info.label)
    bend = activations[str(values["activation"])].info.label if "activation" in values else info.label
    template = QT_TRANSLATE_NOOP("annstudio", "{units} {activation}")
    return text(template, units=values["units"], activation=Text(bend))
