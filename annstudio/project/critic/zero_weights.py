"""Units that start alike."""

from collections.abc import Iterator

from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.layers import layers
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.model import Node, Project
from annstudio.project.names import title

_ALIKE = {
    "zeros": QT_TRANSLATE_NOOP(
        "annstudio",
        "The units of {layer} all start at zero, so their gradients point the same way and they learn the same, or "
        "nothing: choose Xavier or He.",
    ),
    "constant": QT_TRANSLATE_NOOP(
        "annstudio",
        "The units of {layer} all start with the same weights, so their gradients point the same way and they learn "
        "the same: choose Xavier or He.",
    ),
}
"""By initializer."""


class ZeroWeights(Rule):
    """Units with equal weights get gradients that differ only by a factor, from the weights behind them.

    Measured on the exam with four hidden units: all look into one direction after 100 epochs; ReLUs that start at
    zero never leave it.
    """

    info = Info(
        key="zero_weights",
        label=QT_TRANSLATE_NOOP("annstudio", "Weights that start alike"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Units that start alike stay alike."),
        order=80,
        reference="Rumelhart, Hinton & Williams 1986, Learning internal representations (symmetry breaking)",
    )
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; an Output may start at zero, since its units have targets of their own."""
        for node in project.design.nodes:
            if _is_hidden(node) and node["initializer"] in _ALIKE and _units(node) != 1:
                yield self.finding(text(_ALIKE[str(node["initializer"])], layer=title(node)), node.id)


def _is_hidden(node: Node) -> bool:
    return layers[node.kind].gives_output and "initializer" in node.settings.values


def _units(node: Node) -> Value:
    """Return how many units, or filters, each with weights of its own, a layer has."""
    values = node.settings.values
    return values.get("units", values.get("filters", 0))
