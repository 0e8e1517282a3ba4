"""Handwritten digits."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates._groups import PICTURES
from annstudio.project.templates.base import Template


class Digits(Template):
    """64-64-32-10, ReLU, softmax."""

    info = Info(
        key="digits",
        label=QT_TRANSLATE_NOOP("annstudio", "Digits"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Handwritten digits of 8 × 8 pixels: a network that reads."),
        order=70,
        category=PICTURES,
    )
    icon = "scan-text"

    def build(self) -> Project:
        """See Template.build."""
        return chain(
            "Digits",
            "digits",
            [(64, "relu"), (32, "relu")],
            training={"optimizer": "adam", "batch_size": 32},
        )
