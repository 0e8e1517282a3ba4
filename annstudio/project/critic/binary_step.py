"""Activations that gradient descent cannot see through."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.activations import activations
from annstudio.engine.activations.base import Activation
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.model import Node, Project
from annstudio.project.names import title


class BinaryStep(Rule):
    """The slope of a step is zero wherever it has one, so no gradient gets past it."""

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
            if "activation" in node.settings.values and not _activation(node).differentiable:
                yield self.finding(
                    text(
                        QT_TRANSLATE_NOOP(
                            "annstudio",
                            "{activation} is flat on both sides, so no gradient tells {layer}, or the layers "
                            "before it, how to improve: choose Logistic or Tanh.",
                        ),
                        activation=Text(_activation(node).info.label),
                        layer=title(node),
                    ),
                    node.id,
                )


def _activation(node: Node) -> type[Activation]:
    return activations[str(node["activation"])]
