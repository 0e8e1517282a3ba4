"""Networks that the perceptron rule was not made for."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.dataset import Task
from annstudio.engine.activations import activations
from annstudio.project.critic._one_layer import takes_own_error, trained_before_output
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.model import Project
from annstudio.project.names import title
from annstudio.project.settings import source_of

_HIDDEN = QT_TRANSLATE_NOOP(
    "annstudio",
    "The perceptron rule is for a single layer, and {layer} comes before the Output: remove it, or choose Adam or SGD "
    "as the optimizer.",
)
_QUANTITY = QT_TRANSLATE_NOOP(
    "annstudio",
    "The perceptron rule learns yes or no, but “{data}” asks for a quantity: choose Adam or SGD as the optimizer.",
)
_NO_STEP = QT_TRANSLATE_NOOP(
    "annstudio",
    "The perceptron rule learns from answers that are 0 or 1, right or wrong, and {activation} gives others: "
    "choose Binary step for the Output.",
)


class PerceptronRule(Rule):
    """Rosenblatt's rule is proven for one layer of neurons with a step, which answers yes or no.

    Layers before it that do not learn are welcome: features, or weights that are frozen as in his machine.
    """

    info = Info(
        key="perceptron_rule",
        label=QT_TRANSLATE_NOOP("annstudio", "Perceptron rule"),
        summary=QT_TRANSLATE_NOOP("annstudio", "The perceptron rule is for a single layer of step neurons."),
        order=71,
        reference="Rosenblatt 1958, The perceptron; Minsky & Papert 1969, Perceptrons",
    )
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; of several hidden layers it names the first."""
        if not takes_own_error(project):
            return
        source = source_of(project.data)
        for node in trained_before_output(project)[:1]:
            yield self.finding(text(_HIDDEN, layer=title(node)), node.id)
        for node in project.design.of_kind("output"):
            activation = activations[str(node["activation"])]
            if source.schema.task is Task.REGRESSION:
                yield self.finding(text(_QUANTITY, data=Text(source.info.label)), node.id)
            elif activation.differentiable:
                yield self.finding(text(_NO_STEP, activation=Text(activation.info.label)), node.id)
