"""From a node of the design to the engine's layer."""

from typing import Any

from annstudio.core.params import Choice
from annstudio.engine.layers import layers
from annstudio.engine.layers.base import Layer
from annstudio.project.model import Node
from annstudio.project.settings import REGISTRIES, own_values


def made(node: Node) -> Layer:
    """Return the layer that a node stands for; each setting is an argument, chosen entries are made likewise."""
    layer, values = layers[node.kind], node.settings.values
    arguments: dict[str, Any] = {}
    for param in layer.info.params:
        value: Any = values[param.key]
        if isinstance(param, Choice) and param.registry:
            value = REGISTRIES[param.registry][value](**own_values(values, param.key))
        arguments[param.key] = value
    return layer(**arguments)
