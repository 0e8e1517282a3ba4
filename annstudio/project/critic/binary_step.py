"""Activations that gradient descent cannot see through."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.dataset import Task
from annstudio.engine.activations import activations
from annstudio.engine.activations.base import Activation
from annstudio.project.critic._one_layer import takes_own_error, trained_before_output
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.fixes import choose_activation, choose_optimizer
from annstudio.project.following import wanted
from annstudio.project.model import Node, Project
from annstudio.project.names import title
from annstudio.project.settings import source_of

_FLAT = QT_TRANSLATE_NOOP("annstudio", "{activation} lets no gradient through {layer}: choose {better}.")
_ALONE = QT_TRANSLATE_NOOP(
    "annstudio",
    "{activation} lets no gradient through {layer}: choose the perceptron rule as the optimizer, which needs none, or "
    "{better}.",
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Gradient descent follows the slope. {activation} is flat on both sides of its jump: no slope tells {layer}, or "
    "the layers before it, how to improve, and they stay as they started.",
)


class BinaryStep(Rule):
    """The slope of a step is zero wherever it has one, so no gradient gets past it.

    The perceptron rule does without: it goes by the Output's answers.
    """

    info = Info(
        key="binary_step",
        label=QT_TRANSLATE_NOOP("annstudio", "No gradient"),
        summary=QT_TRANSLATE_NOOP("annstudio", "A step has no slope for gradient descent to follow."),
        order=70,
        reference="Minsky & Papert 1969, Perceptrons; Rumelhart, Hinton & Williams 1986",
    )
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check."""
        for node in project.design.nodes:
            if "activation" not in node.settings.values or _activation(node).differentiable:
                continue
            answers = node.kind == "output"
            if answers and takes_own_error(project):
                continue
            alone = answers and _asks_for_classes_alone(project)
            better = str(wanted(project.data)["output"]["activation"]) if answers else "tanh"
            names = {
                "activation": Text(_activation(node).info.label),
                "layer": title(node),
                "better": Text(activations[better].info.label),
            }
            yield self.finding(
                text(_ALONE if alone else _FLAT, **names),
                node.id,
                why=text(_WHY, **names),
                fix=choose_optimizer("perceptron") if alone else choose_activation(better, node),
                setting=(node.id, "activation"),
            )


def _asks_for_classes_alone(project: Project) -> bool:
    """Return whether the perceptron rule is for this network: one layer learns, and it is to tell classes apart."""
    return source_of(project.data).schema.task is not Task.REGRESSION and not trained_before_output(project)


def _activation(node: Node) -> type[Activation]:
    return activations[str(node["activation"])]
