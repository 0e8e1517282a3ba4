"""The lecture's example, which the first start shows."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates._groups import FIRST_STEPS
from annstudio.project.templates.base import Template


class Exam(Template):
    """2-4-1, tanh: enough for a bent border, small enough to see every weight. Its seed starts far from the answer."""

    info = Info(
        key="exam",
        label=QT_TRANSLATE_NOOP("annstudio", "Will you pass?"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Lectures and hours in, the chance to pass out: ask the network about yourself."
        ),
        order=10,
        category=FIRST_STEPS,
    )
    icon = "graduation-cap"

    def build(self) -> Project:
        """See Template.build."""
        return chain(
            "Will you pass?",
            "exam",
            [(4, "tanh")],
            training={"optimizer": "adam", "optimizer.learning_rate": 0.003, "batch_size": 10, "seed": 7},
        )
