"""Rosenblatt's neuron."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates._groups import FIRST_STEPS
from annstudio.project.templates.base import Template


class Perceptron(Template):
    """One neuron with a step on the table of AND, a row at a time: every seed tried is done within ten epochs."""

    info = Info(
        key="perceptron",
        label=QT_TRANSLATE_NOOP("annstudio", "Perceptron"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "One neuron with a step learns AND by the oldest rule of all: all four rows are right within ten epochs.",
        ),
        order=11,
        category=FIRST_STEPS,
        reference="Rosenblatt 1958, The perceptron",
    )
    icon = "toggle-right"

    def build(self) -> Project:
        """See Template.build."""
        project = chain(
            "Perceptron",
            "gate_and",
            [],
            training={"optimizer": "perceptron", "loss": "mse", "batch_size": 1},
        )
        return edits.set_value(project, "output", "activation", "binary_step")
