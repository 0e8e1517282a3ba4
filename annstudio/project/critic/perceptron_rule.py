"""Networks that the perceptron rule was not made for."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.dataset import Task
from annstudio.engine.activations import activations
from annstudio.engine.losses import losses
from annstudio.project.critic._one_layer import takes_own_error, trained_before_output
from annstudio.project.critic.base import Finding, Fix, Rule, Severity
from annstudio.project.fixes import choose_activation, choose_optimizer, setting
from annstudio.project.model import Node, Project
from annstudio.project.names import title
from annstudio.project.settings import source_of

_HIDDEN = QT_TRANSLATE_NOOP(
    "annstudio",
    "The perceptron rule is for a single layer, and {layer} comes before the Output: remove it, or choose Adam as the "
    "optimizer.",
)
_ONLY_LAST = QT_TRANSLATE_NOOP(
    "annstudio",
    "It moves each weight by the error times what came in. Nobody says what the error of a hidden neuron is: that took "
    "backpropagation, which needs slopes instead of steps.",
)
_QUANTITY = QT_TRANSLATE_NOOP(
    "annstudio",
    "The perceptron rule learns yes or no, but “{data}” asks for a quantity: choose Adam as the optimizer.",
)
_NO_SIDES = QT_TRANSLATE_NOOP(
    "annstudio", "It shifts a line until all samples lie on the right side. A quantity has no right and wrong side."
)
_NO_STEP = QT_TRANSLATE_NOOP(
    "annstudio",
    "The perceptron rule is for answers that are 0 or 1, and {activation} gives others: choose Binary step for the "
    "Output.",
)
_NEVER_RIGHT = QT_TRANSLATE_NOOP(
    "annstudio",
    "It leaves the weights alone when an answer is right. What only comes close to 0 or 1 is never quite right, so the "
    "weights never rest.",
)
_STEP = QT_TRANSLATE_NOOP("annstudio", "Binary step for {layer}, judged by the squared error")

_OPTIMIZER = ("training", "optimizer")


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
            message = text(_HIDDEN, layer=title(node))
            yield self.finding(message, node.id, why=Text(_ONLY_LAST), fix=choose_optimizer("adam"), setting=_OPTIMIZER)
        for node in project.design.of_kind("output"):
            activation = activations[str(node["activation"])]
            if source.schema.task is Task.REGRESSION:
                message = text(_QUANTITY, data=Text(source.info.label))
                fix = choose_optimizer("adam")
                yield self.finding(message, node.id, why=Text(_NO_SIDES), fix=fix, setting=_OPTIMIZER)
            elif activation.differentiable:
                message = text(_NO_STEP, activation=Text(activation.info.label))
                fix = _to_step(node, project)
                yield self.finding(message, node.id, why=Text(_NEVER_RIGHT), fix=fix, setting=(node.id, "activation"))


def _to_step(output: Node, project: Project) -> Fix:
    """Return the fix that lets the Output answer 0 or 1, of which a loss of probabilities could make nothing."""
    step = choose_activation("binary_step", output)
    if losses[str(project.training["loss"])].judges == "quantities":
        return step
    label = text(_STEP, layer=title(output))
    return setting(label, (output.id, "activation", "binary_step"), ("training", "loss", "mse"))
