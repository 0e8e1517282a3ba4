"""What a layer is called in sentences."""

from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.layers import layers
from annstudio.project.model import Node


def title(node: Node) -> Text:
    """Return the name of a layer on the screen: "Dense 2" for the node "dense-2", of which "dense-2_3" is a copy."""
    label = Text(layers[node.kind].info.label)
    number = node.id.removeprefix(f"{node.kind}-")
    original, _, copy = number.partition("_")
    if original.isdecimal() and copy.strip("_").isdecimal():
        template = QT_TRANSLATE_NOOP("annstudio", "{layer} {number}, copy {copy}")
        return text(template, layer=label, number=original, copy=copy.strip("_"))
    if not number.isdecimal():
        return label
    return text(QT_TRANSLATE_NOOP("annstudio", "{layer} {number}"), layer=label, number=number)
