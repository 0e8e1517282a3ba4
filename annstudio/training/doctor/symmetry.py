"""Units that are all the same."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.build import initializer_for
from annstudio.project.critic.base import Finding
from annstudio.project.names import title
from annstudio.training.doctor._remedies import begin_with
from annstudio.training.doctor.base import Case, Sign

_LIMIT = 1e-6
_MESSAGE = QT_TRANSLATE_NOOP(
    "annstudio",
    "The weights of the units of {layer} differ by less than a millionth of the largest after epoch {epoch}: they work "
    "as one unit. Draw them at random.",
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Initialization: units that start with the same weights give the same values and get the same gradients, so they "
    "stay the same for ever. Random starting weights break the tie.",
)


class Symmetry(Sign):
    """After an epoch the units of a layer differ by less than a millionth of its largest weight."""

    info = Info(
        key="symmetry",
        label=QT_TRANSLATE_NOOP("annstudio", "Units alike"),
        summary=QT_TRANSLATE_NOOP("annstudio", "All units of a layer have the same weights."),
        order=45,
        reference="Rumelhart, Hinton & Williams 1986, Learning internal representations (symmetry breaking)",
    )

    def examine(self, case: Case) -> Iterator[Finding]:
        """See Sign.examine."""
        if not case.vitals or case.vitals[-1].epochs < 1:
            return
        for node, layer, node_id in case.hidden():
            vitals = case.latest(node_id)
            if vitals is not None and vitals.alike < _LIMIT and layer.trainable:
                message = text(_MESSAGE, layer=title(node), epoch=case.vitals[-1].epochs)
                better = initializer_for(str(node.settings.values.get("activation", "identity")))
                yield self.finding(message, _WHY, begin_with(better, node), node=node.id)
