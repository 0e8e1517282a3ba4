"""Units that start alike."""

from collections.abc import Iterator

from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.initializers import initializers
from annstudio.engine.layers import layers
from annstudio.project.build import initializer_for
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.fixes import setting
from annstudio.project.model import Node, Project
from annstudio.project.names import title

_ALIKE = {
    "zeros": QT_TRANSLATE_NOOP(
        "annstudio", "The units of {layer} all start at zero, so they learn the same, or nothing: choose {better}."
    ),
    "constant": QT_TRANSLATE_NOOP(
        "annstudio", "The units of {layer} all start with the same weights, so they learn the same: choose {better}."
    ),
}
"""By initializer."""
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Units that see the same inputs with the same weights give the same values, and their gradients point the same "
    "way: they work as one unit. Random weights break the tie.",
)
_FIX = QT_TRANSLATE_NOOP("annstudio", "{better} for {layer}")


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
                better = initializer_for(str(node.settings.values.get("activation", "identity")))
                names = {"layer": title(node), "better": Text(initializers[better].info.label)}
                fix = setting(text(_FIX, **names), (node.id, "initializer", better))
                message = text(_ALIKE[str(node["initializer"])], **names)
                yield self.finding(message, node.id, why=Text(_WHY), fix=fix, setting=(node.id, "initializer"))


def _is_hidden(node: Node) -> bool:
    return layers[node.kind].gives_output and "initializer" in node.settings.values


def _units(node: Node) -> Value:
    """Return how many units, or filters, each with weights of its own, a layer has."""
    values = node.settings.values
    return values.get("units", values.get("filters", 0))
