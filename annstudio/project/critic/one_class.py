"""Training data of a single class."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.dataset import Task
from annstudio.project.critic._data import training_part
from annstudio.project.critic._samples import about_training_samples
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.model import Project
from annstudio.project.settings import source_of

_ENOUGH = 50
"""Among so many samples every class is met: none of the data sets has a class that is so rare."""

_ALL_ALIKE = QT_TRANSLATE_NOOP(
    "annstudio", "All training samples are of the class “{class_name}”: take more samples, or another data seed."
)
_ALONE = QT_TRANSLATE_NOOP(
    "annstudio", "There is a single training sample, of the class “{class_name}”: raise the training share."
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "A border needs two sides. Where one class is all there is, the best network gives that answer to everything, and "
    "is right on all training samples without having learned anything.",
)


class OneClass(Rule):
    """What never occurs cannot be learned.

    Measured on ten students of the exam, data seed 27, where all eight training samples passed: after 200 epochs of
    Adam at 0.01 all 240 students of the usual data set get a chance to pass of .98 or more.
    """

    info = Info(
        key="one_class",
        label=QT_TRANSLATE_NOOP("annstudio", "A single class"),
        summary=QT_TRANSLATE_NOOP("annstudio", "The training samples should show more than one class."),
        order=97,
    )
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; the samples are looked at only where there are few, or nobody knows how many."""
        schema, about = source_of(project.data).schema, about_training_samples(project)
        if schema.task is Task.REGRESSION or (about is not None and about >= _ENOUGH):
            return
        part = training_part(project)
        if part is None or not len(part.targets) or (part.targets != part.targets[0]).any():
            return
        number = int(part.targets[0].argmax() if schema.task is Task.MULTI_CLASS else part.targets[0, 0])
        template = _ALONE if len(part.targets) == 1 else _ALL_ALIKE
        message = text(template, class_name=Text(schema.classes[number]))
        yield self.finding(message, why=Text(_WHY), setting=("data", "train"))
