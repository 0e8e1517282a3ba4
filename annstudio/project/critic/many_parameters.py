"""More to set than there is to learn from."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.project.critic._samples import about_training_samples
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.model import Project
from annstudio.project.settings import source_of
from annstudio.project.shapes import parameters

_MOST = 5
"""Parameters for each number in the training data: with two features, ten for each sample."""

_MANY = QT_TRANSLATE_NOOP(
    "annstudio",
    "{count} weights and biases can learn {training} samples by heart: mind the validation curve or take more samples.",
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "With so many more knobs than samples a network can bend around each single one, luck and mistakes included. It "
    "then knows the training data and is wrong about new ones: it overfits.",
)


class ManyParameters(Rule):
    """A network that can store its samples may do so.

    Measured by how much the validation cost rises after its lowest point, tanh, Adam at 0.01: 100 students of the
    exam, 300 epochs, from .19 to .26 with 0.3 to 4 parameters per sample, from .19 to .46 with 20; iris with 50 per
    sample, from .13 to 2.1. On digits, with 64 numbers per sample, 80 per sample do no harm, so what counts is
    numbers and not samples. On circle, xor and spiral without noise 60 per sample do none either.
    """

    info = Info(
        key="many_parameters",
        label=QT_TRANSLATE_NOOP("annstudio", "Many parameters for few samples"),
        summary=QT_TRANSLATE_NOOP("annstudio", "A network with far more parameters than data can learn them by heart."),
        order=96,
        reference="Geman, Bienenstock & Doursat 1992, Neural networks and the bias/variance dilemma",
    )
    severity = Severity.NOTE

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; truth tables are there to be learned by heart, and without noise there is no luck in it."""
        source, training = source_of(project.data), about_training_samples(project)
        if source.exhaustive or training is None or project.data.values.get("source.noise") == 0:
            return
        count = parameters(project)
        if count > _MOST * training * source.schema.inputs:
            yield self.finding(text(_MANY, count=f"{count:,}", training=f"{training:,}"), why=Text(_WHY))
