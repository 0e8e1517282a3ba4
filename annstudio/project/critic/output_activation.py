"""Whether the Output's activation gives what the loss can judge."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.dataset import Task
from annstudio.engine.activations import activations
from annstudio.engine.losses import losses
from annstudio.project.critic._answers import PROBABILITY_LOSSES, Answers, answers_of
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.model import Node, Project
from annstudio.project.settings import source_of

_ALWAYS_ONE = QT_TRANSLATE_NOOP(
    "annstudio", "{activation} with one unit always answers 1, whatever comes in: choose {better}."
)
_NO_CHANCES = QT_TRANSLATE_NOOP(
    "annstudio",
    "{loss} takes the logarithm of a probability, but {activation} does not stay between 0 and 1: "
    "choose {better} for the Output.",
)
_ONE_OUTPUT = QT_TRANSLATE_NOOP("annstudio", "{loss} compares several outputs, but there is only one: choose Log loss.")
_NO_SUM = QT_TRANSLATE_NOOP(
    "annstudio",
    "{loss} expects probabilities that add up to 1, and those of {activation} do not: choose {better}.",
)
_SLOW = QT_TRANSLATE_NOOP(
    "annstudio",
    "{activation} with {loss} learns slowly where it is badly wrong: Cross-entropy suits it better.",
)
_BETWEEN = QT_TRANSLATE_NOOP(
    "annstudio",
    "{activation} stays between {low} and {high}, so it never meets a target outside: choose {better}.",
)
_ABOVE = QT_TRANSLATE_NOOP(
    "annstudio", "{activation} never gets below {low}, so it never meets a lower target: choose {better}."
)

_Misfit = tuple[str, Severity] | None


class OutputActivation(Rule):
    """Activation and loss must speak the same language.

    How grave a mismatch is was measured by test accuracy on iris: softmax with cross-entropy .97, softmax with
    the squared error .93, logistic units with cross-entropy .84, identity with log loss .72.
    """

    info = Info(
        key="output_activation",
        label=QT_TRANSLATE_NOOP("annstudio", "Activation of the Output"),
        summary=QT_TRANSLATE_NOOP("annstudio", "The Output must give what the loss can judge."),
        order=61,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; a wrong number of units and a wrong loss are left to their own rules."""
        schema = source_of(project.data).schema
        loss = str(project.training["loss"])
        for node in project.design.of_kind("output"):
            if node["units"] != schema.outputs:
                continue
            answers, single = answers_of(node), schema.outputs == 1
            if schema.task is not Task.REGRESSION:
                misfit = _chances_misfit(answers, single, loss)
                better = "logistic" if single else "softmax"
            else:
                misfit = _quantity_misfit(answers, single, loss)
                better = "identity"
            if misfit is not None:
                template, severity = misfit
                yield self.finding(_message(template, node, loss, better, answers), node.id, severity)


def _chances_misfit(answers: Answers, single: bool, loss: str) -> _Misfit:
    """Return what is wrong when classes are asked for."""
    of_chances = loss in PROBABILITY_LOSSES
    if single and answers.sum_to_one:
        return _ALWAYS_ONE, Severity.ERROR
    if single and loss == "cross_entropy":
        return _ONE_OUTPUT, Severity.ERROR
    if of_chances and not answers.are_chances:
        return _NO_CHANCES, Severity.ERROR
    if loss == "cross_entropy" and not answers.sum_to_one:
        return _NO_SUM, Severity.WARNING
    return (_SLOW, Severity.NOTE) if answers.sum_to_one and not of_chances else None


def _quantity_misfit(answers: Answers, single: bool, loss: str) -> _Misfit:
    """Return what is wrong when a quantity is asked for."""
    if loss in PROBABILITY_LOSSES:
        return None
    if single and answers.sum_to_one:
        return _ALWAYS_ONE, Severity.ERROR
    if answers.low is None:
        return None
    return (_ABOVE if answers.high is None else _BETWEEN), Severity.WARNING


def _message(template: str, node: Node, loss: str, better: str, answers: Answers) -> Text:
    """Return the template with every value that one of the templates may ask for."""
    return text(
        template,
        activation=Text(activations[str(node["activation"])].info.label),
        loss=Text(losses[loss].info.label),
        better=Text(activations[better].info.label),
        low=_plain(answers.low),
        high=_plain(answers.high),
    )


def _plain(bound: float | None) -> str:
    return "" if bound is None else f"{bound:g}"
