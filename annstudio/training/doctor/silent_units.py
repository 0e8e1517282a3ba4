"""Units that never answer."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.critic.base import Finding
from annstudio.project.names import title
from annstudio.training.doctor._remedies import begin_with, bend_by, lower_rate
from annstudio.training.doctor.base import Case, Sign

LIMIT = 0.6
"""Of the units, this share may be dead."""
_MESSAGE = QT_TRANSLATE_NOOP(
    "annstudio",
    "{percent} % of the units of {layer} are dead: they give the same for every training sample ({limit} % is too "
    "many).",
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Activations: left of zero ReLU is flat, its derivative 0, so no gradient gets through and the unit cannot come "
    "back. Steps that are too long push units there; a leaky ReLU has a slope on both sides.",
)


class SilentUnits(Sign):
    """At least 60 % of a layer are never active; at half of them, healthy runs would be blamed."""

    info = Info(
        key="silent_units",
        label=QT_TRANSLATE_NOOP("annstudio", "Dead units"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Most units of a layer answer to no sample."),
        order=40,
        reference="Lu, Shin, Su & Karniadakis 2020, Dying ReLU and initialization",
    )

    def examine(self, case: Case) -> Iterator[Finding]:
        """See Sign.examine."""
        for node, _, node_id in case.hidden():
            vitals = case.latest(node_id)
            if vitals is not None and vitals.silent >= LIMIT:
                percent, limit = f"{100 * vitals.silent:.0f}", f"{100 * LIMIT:.0f}"
                message = text(_MESSAGE, percent=percent, layer=title(node), limit=limit)
                remedies = (
                    bend_by("leaky_relu", "he_normal", [node]),
                    lower_rate(case.project, 0.1),
                    begin_with("he_normal", node),
                )
                yield self.finding(message, _WHY, *remedies, node=node.id)
