"""The vanishing gradient, mended between the layers."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain, put_before
from annstudio.project.model import Project
from annstudio.project.templates._groups import DEEP
from annstudio.project.templates.base import Template


class DeepBatchNorm(Template):
    """Six layers of 8 logistic units as in deep_logistic, and batch normalization behind each."""

    info = Info(
        key="deep_batch_norm",
        label=QT_TRANSLATE_NOOP("annstudio", "Deep with batch norm"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "The layers of “Vanishing gradient”, awake: batch normalization gives each of them values to work with.",
        ),
        order=52,
        category=DEEP,
        more=True,
        reference="Ioffe & Szegedy 2015, Batch normalization: accelerating deep network training",
    )
    icon = "ruler"

    def build(self) -> Project:
        """See Template.build."""
        project = chain(
            "Deep with batch norm",
            "circle",
            [(8, "logistic")] * 6,
            training={"optimizer": "sgd", "optimizer.learning_rate": 0.1, "batch_size": 10},
        )
        for target in ("dense-2", "dense-3", "dense-4", "dense-5", "dense-6", "output"):
            project = put_before(project, target, ("batch_norm", {}))
        return project
