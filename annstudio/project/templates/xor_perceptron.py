"""What the perceptron cannot do."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates._groups import BROKEN
from annstudio.project.templates.base import Template


class XorPerceptron(Template):
    """One neuron with a step on the table of XOR: no line separates its rows, so the rule never comes to rest."""

    info = Info(
        key="xor_perceptron",
        label=QT_TRANSLATE_NOOP("annstudio", "One neuron on XOR"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "The perceptron’s rule on XOR: the line jumps about and never comes to rest; one row is always wrong.",
        ),
        order=94,
        category=BROKEN,
        more=True,
        reference="Minsky & Papert 1969, Perceptrons",
    )
    icon = "infinity"
    flaw = QT_TRANSLATE_NOOP(
        "annstudio",
        "No straight line separates the rows of XOR, so one neuron has nothing to find. A hidden layer mends it, as "
        "in “XOR in 2-2-1”.",
    )

    def build(self) -> Project:
        """See Template.build."""
        project = chain(
            "One neuron on XOR",
            "gate_xor",
            [],
            training={"optimizer": "perceptron", "loss": "mse", "batch_size": 1},
        )
        return edits.set_value(project, "output", "activation", "binary_step")
