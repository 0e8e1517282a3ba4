"""Many flat activations in a row."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.activations import activations
from annstudio.project.critic._gains import FLAT, steepest
from annstudio.project.critic._rows import longest_row, originals
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.fixes import choose_activation
from annstudio.project.model import Node, Project
from annstudio.project.names import title

_MOST = 3
"""So many flat layers in a row still learn."""

_VANISHING = QT_TRANSLATE_NOOP(
    "annstudio",
    "From {layer} on, {count} flat activations follow one another, so it hardly learns: choose Tanh or ReLU for them.",
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "On its way back the gradient is multiplied by the slope of every activation. That of {activation} is {slope} at "
    "most, so that of the gradient hardly one part in {shrunk} arrives: it vanishes. A Batch normalization between "
    "them helps as well, since it brings sums to where the curve is steep.",
)


class SaturatingStack(Rule):
    """The slope of a logistic function is 1/4 at most, so that each layer shrinks the gradient by four or more.

    Measured on digits, hidden layers of 32 logistic units, 10 epochs of Adam at 0.003: training accuracy .99, .98, .98,
    .95, .79, .34 with one to six of them, and 1.00 with any number of tanh; on iris .67 from four on, where tanh
    reaches .99. Batch normalization between six of them brings .34 back to .99.
    """

    info = Info(
        key="saturating_stack",
        label=QT_TRANSLATE_NOOP("annstudio", "Vanishing gradient"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Flat activations in a row let the gradient vanish."),
        order=75,
        reference="Hochreiter 1991; Glorot & Bengio 2010, Understanding the difficulty of training deep networks",
    )
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; it names the first layer of the longest row."""
        row = longest_row(project, _is_flat)
        if len(row) <= _MOST:
            return
        flat = originals(project, row)
        slope = steepest(flat[0])
        message = text(_VANISHING, layer=title(flat[0]), count=len(row))
        why = text(
            _WHY,
            activation=Text(activations[str(flat[0]["activation"])].info.label),
            slope=f"{slope:.2g}",
            shrunk=f"{(1 / slope) ** len(row):,.0f}",
        )
        fix = choose_activation("tanh", *flat)
        yield self.finding(message, flat[0].id, why=why, fix=fix, setting=(flat[0].id, "activation"))


def _is_flat(node: Node) -> bool:
    return steepest(node) <= FLAT
