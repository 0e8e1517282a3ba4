"""Whether the parameters of the loss suit the number of outputs."""

from collections.abc import Iterator

from annstudio.core.errors import UserError
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.losses import losses
from annstudio.engine.losses.base import Loss
from annstudio.project.critic.base import Finding, Fix, Rule
from annstudio.project.fixes import setting
from annstudio.project.model import Project
from annstudio.project.settings import own_values, source_of

_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "A class weight says for how many samples one of that class counts. The weights stand in the order of the classes, "
    "and none may be missing.",
)


class LossOutputs(Rule):
    """The loss knows itself how many outputs its parameters are for; class weights, for example, need one each."""

    info = Info(
        key="loss_outputs",
        label=QT_TRANSLATE_NOOP("annstudio", "Loss and outputs"),
        summary=QT_TRANSLATE_NOOP("annstudio", "There must be one class weight for each class, or none."),
        order=63,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; a wrong number of units is left to its own rule."""
        training = project.training
        loss = losses[str(training["loss"])](**own_values(training.values, "loss"))
        outputs = source_of(project.data).schema.outputs
        for node in project.design.of_kind("output"):
            if node["units"] != outputs:
                continue
            try:
                loss.check_outputs(outputs)
            except UserError as error:
                fix = _defaults(type(loss))
                yield self.finding(error.message, node.id, why=Text(_WHY), fix=fix, setting=("training", "loss"))


def _defaults(loss: type[Loss]) -> Fix:
    label = text(QT_TRANSLATE_NOOP("annstudio", "{loss} with its usual settings"), loss=Text(loss.info.label))
    return setting(label, *(("training", f"loss.{param.key}", param.default) for param in loss.info.params))
