"""Activations for answers, in the midst of a network."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.activations import activations
from annstudio.engine.layers import layers
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.fixes import choose_activation
from annstudio.project.graph import graph_of
from annstudio.project.model import Project
from annstudio.project.names import title

_COMPETING = QT_TRANSLATE_NOOP(
    "annstudio", "{activation} makes the units of {layer} compete, which slows learning down: choose Tanh or ReLU."
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "It is made for answers, of which only one is right: a unit can rise only where others fall, and with many units "
    "each one, and its gradient, is small. Hidden units should be free to be active together.",
)


class HiddenSoftmax(Rule):
    """Softmax belongs to the Output.

    Measured on digits, 15 epochs of Adam at 0.003: two hidden layers of 32 units reach a cost of 0.26 and .87 of the
    test with softmax, 0.003 and .97 with tanh; one layer 0.13 against 0.01. On iris, 60 epochs, 0.29 against 0.05.
    """

    info = Info(
        key="hidden_softmax",
        label=QT_TRANSLATE_NOOP("annstudio", "Softmax in a hidden layer"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Units that share out a total belong to the Output."),
        order=73,
        reference="Bridle 1990, Probabilistic interpretation of feedforward classification network outputs",
    )
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check."""
        used = graph_of(project).used
        for node in project.design.nodes:
            key = node.settings.values.get("activation")
            if not isinstance(key, str) or activations[key].elementwise:
                continue
            if layers[node.kind].gives_output and node.id in used:
                message = text(_COMPETING, activation=Text(activations[key].info.label), layer=title(node))
                fix = choose_activation("tanh", node)
                yield self.finding(message, node.id, why=Text(_WHY), fix=fix, setting=(node.id, "activation"))
