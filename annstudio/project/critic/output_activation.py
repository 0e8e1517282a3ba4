"""Whether the Output's activation gives what the loss can judge."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.dataset import Task
from annstudio.engine.activations import activations
from annstudio.engine.losses import losses
from annstudio.engine.losses.base import Loss
from annstudio.project.critic._answers import Answers, answers_of
from annstudio.project.critic._one_layer import takes_own_error
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.model import Node, Project
from annstudio.project.settings import source_of

_ALWAYS = QT_TRANSLATE_NOOP(
    "annstudio", "{activation} with one unit always answers {alone}, whatever comes in: choose {better}."
)
_ONE_CLASS = QT_TRANSLATE_NOOP(
    "annstudio",
    "{loss} draws the line between the classes at {threshold}, and {activation} stays on one side of it, so every "
    "answer is the same: choose {better} for the Output.",
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
_NO_MARGIN = QT_TRANSLATE_NOOP(
    "annstudio",
    "{loss} asks for scores of {no} or less and of {yes} or more, and {activation} cannot give both: "
    "choose {better} for the Output.",
)
_BETWEEN = QT_TRANSLATE_NOOP(
    "annstudio",
    "{activation} stays between {low} and {high}, so it never meets a target outside: choose {better}.",
)
_ABOVE = QT_TRANSLATE_NOOP(
    "annstudio", "{activation} never gets below {low}, so it never meets a lower target: choose {better}."
)
_BELOW = QT_TRANSLATE_NOOP(
    "annstudio", "{activation} never gets above {high}, so it never meets a higher target: choose {better}."
)

_STEP = QT_TRANSLATE_NOOP(
    "annstudio",
    "{loss} takes the logarithm of a probability, and {activation} answers 0 or 1: choose Mean squared error as the "
    "loss; what is learned stays the same.",
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
        loss = losses[str(project.training["loss"])]
        for node in project.design.of_kind("output"):
            if node["units"] != schema.outputs:
                continue
            answers, single = answers_of(node), schema.outputs == 1
            if schema.task is Task.REGRESSION:
                misfit = _quantity_misfit(answers, single, loss)
                better = "identity"
            else:
                activation = str(node["activation"])
                if takes_own_error(project) and not activations[activation].differentiable:
                    misfit = _step_misfit(loss)
                else:
                    misfit = _class_misfit(answers, single, loss, activation)
                better = "identity" if loss.judges == "scores" else "logistic" if single else "softmax"
            if misfit is not None:
                template, severity = misfit
                yield self.finding(_message(template, node, loss, better, answers), node.id, severity)


def _class_misfit(answers: Answers, single: bool, loss: type[Loss], activation: str) -> _Misfit:
    """Return what is wrong when classes are asked for."""
    if single and (grave := _single_misfit(answers, loss)):
        return grave, Severity.ERROR
    if activation in loss.fused_with | loss.fused_with_logs:
        return None
    if loss.judges in ("probabilities", "shares"):
        return _chances_misfit(answers, loss)
    if loss.judges == "scores":
        return None if answers.reach(*loss.answers) else (_NO_MARGIN, Severity.WARNING)
    if answers.sum_to_one:
        return _SLOW, Severity.NOTE
    return None if answers.reach(*loss.answers) else (_bound_misfit(answers), Severity.WARNING)


def _step_misfit(loss: type[Loss]) -> _Misfit:
    """Return what is wrong when yes or no is answered, and learned without the loss, which then only measures."""
    return (_STEP, Severity.ERROR) if loss.judges in ("probabilities", "shares") else None


def _single_misfit(answers: Answers, loss: type[Loss]) -> str | None:
    """Return why the one output of a yes-or-no question could never tell a yes from a no."""
    if answers.alone is not None:
        return _ALWAYS
    if loss.judges == "shares":
        return _ONE_OUTPUT
    if loss.judges != "probabilities" and not answers.least <= loss.threshold() < answers.most:
        return _ONE_CLASS
    return None


def _chances_misfit(answers: Answers, loss: type[Loss]) -> _Misfit:
    """Return what is wrong with answers that are to be probabilities."""
    if not answers.are_chances:
        return _NO_CHANCES, Severity.ERROR
    if loss.judges == "shares" and not answers.sum_to_one:
        return _NO_SUM, Severity.WARNING
    return None


def _quantity_misfit(answers: Answers, single: bool, loss: type[Loss]) -> _Misfit:
    """Return what is wrong when a quantity is asked for."""
    if loss.judges != "quantities":
        return None
    if single and answers.alone is not None:
        return _ALWAYS, Severity.ERROR
    if answers.low is None and answers.high is None:
        return None
    return _bound_misfit(answers), Severity.WARNING


def _bound_misfit(answers: Answers) -> str:
    """Return what to say of answers that stop somewhere."""
    if answers.low is None:
        return _BELOW
    return _ABOVE if answers.high is None else _BETWEEN


def _message(template: str, node: Node, loss: type[Loss], better: str, answers: Answers) -> Text:
    """Return the template with every value that one of the templates may ask for."""
    no, yes = loss.answers
    return text(
        template,
        activation=Text(activations[str(node["activation"])].info.label),
        loss=Text(loss.info.label),
        better=Text(activations[better].info.label),
        low=_plain(answers.low),
        high=_plain(answers.high),
        alone=_plain(answers.alone),
        threshold=_plain(loss.threshold()),
        no=_plain(no),
        yes=_plain(yes),
    )


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
