"""The last layer."""

from dataclasses import replace
from typing import ClassVar

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.layers.dense import Dense


class Output(Dense):
    """A dense layer whose units are the network's answers; the loss compares them with the targets."""

    info: ClassVar[Info] = replace(
        Dense.info,
        key="output",
        label=QT_TRANSLATE_NOOP("annstudio", "Output"),
        order=30,
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "The network's answer. Its units and activation follow the data set until you pin them.",
        ),
        formula="ŷ = f(W x + b)",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Exactly once, at the end of every network."),
    )
    gives_output = False
    icon = "log-out"
    letter = "O"
