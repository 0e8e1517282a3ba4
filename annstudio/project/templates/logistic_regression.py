"""Logistic regression."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates._groups import FIRST_STEPS
from annstudio.project.templates.base import Template


class LogisticRegression(Template):
    """One logistic neuron on two clouds that overlap a little, by plain gradient descent."""

    info = Info(
        key="logistic_regression",
        label=QT_TRANSLATE_NOOP("annstudio", "Logistic regression"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "One neuron finds the border between two clouds, and its colors tell how sure it is on either side.",
        ),
        order=12,
        category=FIRST_STEPS,
        more=True,
        reference="Cox 1958, The regression analysis of binary sequences",
    )
    icon = "activity"

    def build(self) -> Project:
        """See Template.build."""
        return chain(
            "Logistic regression",
            "gauss",
            [],
            data={"source.noise": 0.1},
            training={"optimizer": "sgd", "optimizer.learning_rate": 0.03, "batch_size": 10},
        )
