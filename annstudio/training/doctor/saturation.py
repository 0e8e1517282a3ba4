"""Units at the ends of their range."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.critic.base import Finding
from annstudio.project.names import title
from annstudio.training.doctor._remedies import begin_with, bend_by, lower_rate
from annstudio.training.doctor.base import Case, Sign

LIMIT = 0.5
"""Of the values, this share may lie where the activation is flat."""
_EARLY = 5
_STUCK = 0.5
_MESSAGE = QT_TRANSLATE_NOOP(
    "annstudio",
    "{layer} is saturated: at {percent} % of its values the activation has less than 1 % of its steepest slope "
    "({limit} % is too much so early).",
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Activations: far from zero logistic and tanh are flat. Gradients are multiplied by that slope, so what lies "
    "before the layer learns next to nothing. Smaller starting weights, or scaled inputs, keep z where it is steep.",
)


class Saturation(Sign):
    """Half of a layer's values have next to no slope in the first five epochs, and the cost is above half its start.

    Later it may be what was learned. Without the condition about the cost, 3 % of healthy runs are blamed: narrow tanh
    layers on the digits, with large learning rates, have learned in five epochs to answer by their ends.
    """

    info = Info(
        key="saturation",
        label=QT_TRANSLATE_NOOP("annstudio", "Saturated units"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Most values of a layer lie where its activation is flat."),
        order=50,
        reference="Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks",
    )

    def examine(self, case: Case) -> Iterator[Finding]:
        """See Sign.examine."""
        # What has learned in spite of it is none the worse.
        if not case.costs[-1] > _STUCK * case.start:
            return
        early = [vitals for vitals in case.vitals if vitals.epochs <= _EARLY]
        for node, _, node_id in case.hidden():
            latest = case.latest(node_id)
            if latest is None or not latest.saturated >= LIMIT:
                continue
            if any(vitals.layers[node_id].saturated >= LIMIT for vitals in early):
                percent, limit = f"{100 * latest.saturated:.0f}", f"{100 * LIMIT:.0f}"
                message = text(_MESSAGE, layer=title(node), percent=percent, limit=limit)
                remedies = (
                    begin_with("xavier_uniform", node),
                    lower_rate(case.project, 0.1),
                    bend_by("relu", "he_normal", [node]),
                )
                yield self.finding(message, _WHY, *remedies, node=node.id)
