"""Where the data enter."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.layers.base import Layer


class Input(Layer):
    """Hands the features of the data set to the network, unchanged."""

    info = Info(
        key="input",
        label=QT_TRANSLATE_NOOP("annstudio", "Input"),
        order=10,
        category=QT_TRANSLATE_NOOP("annstudio", "Layers"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Where the data enter: one value per feature."),
        formula="a = x",
    )
    takes_input = False
    icon = "log-in"
    letter = "I"
