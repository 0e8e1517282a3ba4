"""The published example of backpropagation that is computed by hand."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates._groups import CLASSICS
from annstudio.project.templates.base import Template


class ByHandExample(Template):
    """2-2-2, logistic, weights .15 to .55, biases .35 and .6, learning rate .5.

    Its loss is ½Σ(ŷ − y)², which over two outputs is the mean of the squares. After one step the weights are those of
    the published example to all its digits; there the biases stay as they are, here they are trained as well.
    """

    info = Info(
        key="by_hand",
        label=QT_TRANSLATE_NOOP("annstudio", "Backpropagation by hand"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "The published 2-2-2 example with its very weights: step through it in the glass box."
        ),
        order=25,
        more=True,
        category=CLASSICS,
    )
    icon = "pencil"

    def build(self) -> Project:
        """See Template.build."""
        project = chain(
            "Backpropagation by hand",
            "by_hand",
            [(2, "logistic")],
            training={
                "optimizer": "sgd",
                "optimizer.learning_rate": 0.5,
                "batch_size": 1,
                "precision": "float64",
            },
        )
        project = edits.set_value(project, "output", "activation", "logistic")
        for node_id, weights, biases in _START:
            for key, value in (("", "listed"), (".values", weights), (".biases", biases)):
                project = edits.set_value(project, node_id, f"initializer{key}", value)
        return project


_START = (("dense-1", "0.15, 0.2, 0.25, 0.3", "0.35"), ("output", "0.4, 0.45, 0.5, 0.55", "0.6"))
"""By layer: the weights into its units, one unit after the other, and the biases."""
