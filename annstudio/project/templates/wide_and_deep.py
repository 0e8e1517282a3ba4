"""A short way beside a deep one."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project import edits, layout
from annstudio.project.build import chain, put_before
from annstudio.project.model import Project
from annstudio.project.templates._groups import DEEP
from annstudio.project.templates.base import Template


class WideAndDeep(Template):
    """Two layers of 8 tanh units, and beside them the inputs and their product, straight to the Output.

    Measured on the test part after 5 epochs with five seeds: at least .94; without the short way, .63 to .93.
    """

    info = Info(
        key="wide_and_deep",
        label=QT_TRANSLATE_NOOP("annstudio", "Wide and deep"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "A deep way, and a short one with the inputs’ product: right after a few epochs. Cut it, and it takes "
            "far longer.",
        ),
        order=56,
        category=DEEP,
        more=True,
        reference="Cheng et al. 2016, Wide & deep learning for recommender systems",
    )
    icon = "split"

    def build(self) -> Project:
        """See Template.build."""
        project = chain(
            "Wide and deep",
            "xor",
            [(8, "tanh"), (8, "tanh")],
            training={"optimizer": "sgd", "optimizer.learning_rate": 0.03, "batch_size": 10},
        )
        project = put_before(project, "output", ("concatenate", {}))
        project, wide = edits.add_node(project, "feature", (0.0, layout.CARD_HEIGHT + layout.GAP))
        project = edits.set_value(project, wide, "squares", False)
        return edits.relayout(edits.connect(edits.connect(project, "input", wide), wide, "concatenate-1"))
