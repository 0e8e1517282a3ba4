"""A network that cannot break the tie."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain
from annstudio.project.edits import set_value
from annstudio.project.model import Project
from annstudio.project.templates._groups import BROKEN
from annstudio.project.templates.base import Template


class ZeroWeights(Template):
    """The network of circle with weights that start at zero: every gradient but that of the last bias is zero."""

    info = Info(
        key="zero_weights",
        label=QT_TRANSLATE_NOOP("annstudio", "All weights zero"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "The Circle’s network, but nothing moves: the cost stays at 0.69, which is guessing, whatever the seed.",
        ),
        order=91,
        category=BROKEN,
        more=True,
        reference="Rumelhart, Hinton & Williams 1986, Learning internal representations by error propagation",
    )
    icon = "circle-slash"
    flaw = QT_TRANSLATE_NOOP(
        "annstudio",
        "All weights start at zero, so the hidden layers give zero and get no gradient. Random weights, such as "
        "Xavier’s, mend it.",
    )

    def build(self) -> Project:
        """See Template.build."""
        project = chain(
            "All weights zero",
            "circle",
            [(4, "tanh"), (2, "tanh")],
            training={"optimizer": "sgd", "optimizer.learning_rate": 0.03, "batch_size": 10},
            initializer="zeros",
        )
        return set_value(project, "output", "initializer", "zeros")
