"""Whether the Output's activation gives what the loss can judge."""

from collections.abc import Iterator
from typing import NamedTuple

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.dataset import Task
from annstudio.engine.activations import activations
from annstudio.engine.losses import losses
from annstudio.engine.losses.base import Loss
from annstudio.project.critic._answers import Answers, answers_of
from annstudio.project.critic._data import training_part
from annstudio.project.critic._one_layer import takes_own_error
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.fixes import choose_activation, choose_loss
from annstudio.project.model import Node, Project
from annstudio.project.settings import source_of


class _Misfit(NamedTuple):
    """What is wrong between activation and loss.

    Attributes:
        message: what, and what to do.
        why: what is behind it.
        severity: how grave it is.
        loss: key of the loss to choose; empty where another activation mends it.
    """

    message: str
    why: str
    severity: Severity
    loss: str = ""


_ALWAYS = _Misfit(
    QT_TRANSLATE_NOOP(
        "annstudio", "{activation} with one unit always answers {alone}, whatever comes in: choose {better}."
    ),
    QT_TRANSLATE_NOOP(
        "annstudio",
        "{activation} compares the units of its layer with one another, and one unit has nobody to lose to.",
    ),
    Severity.ERROR,
)
_ONE_CLASS = _Misfit(
    QT_TRANSLATE_NOOP(
        "annstudio", "{activation} with {loss} gives the same class to every sample: choose {better} for the Output."
    ),
    QT_TRANSLATE_NOOP(
        "annstudio",
        "{loss} draws the line between the classes at {threshold}, and {activation} stays on one side of it.",
    ),
    Severity.ERROR,
)
_NO_CHANCES = _Misfit(
    QT_TRANSLATE_NOOP(
        "annstudio",
        "{activation} does not stay between 0 and 1, which {loss} needs: choose {better} for the Output.",
    ),
    QT_TRANSLATE_NOOP(
        "annstudio",
        "{loss} takes the logarithm of a probability. What is not between 0 and 1 is no probability, and what is "
        "negative has no logarithm.",
    ),
    Severity.ERROR,
)
_ONE_OUTPUT = _Misfit(
    QT_TRANSLATE_NOOP("annstudio", "{loss} compares several outputs, but there is only one: choose Log loss."),
    QT_TRANSLATE_NOOP(
        "annstudio",
        "{loss} looks at the output of the right class alone and trusts that the others get what is left. With one "
        "output nothing tells a no from a yes.",
    ),
    Severity.ERROR,
    "log_loss",
)
_NO_SUM = _Misfit(
    QT_TRANSLATE_NOOP(
        "annstudio",
        "{loss} expects probabilities that add up to 1, and those of {activation} do not: choose {better}.",
    ),
    QT_TRANSLATE_NOOP(
        "annstudio",
        "{loss} looks at the probability of the right class alone. Where they add up to 1, the wrong ones get what is "
        "left; here nothing pushes them down.",
    ),
    Severity.WARNING,
)
_SLOW = _Misfit(
    QT_TRANSLATE_NOOP(
        "annstudio", "{activation} with {loss} learns slowly where it is badly wrong: choose Cross-entropy as the loss."
    ),
    QT_TRANSLATE_NOOP(
        "annstudio",
        "Where {activation} is sure of a wrong class it is nearly flat, and the gradient of {loss} shrinks with its "
        "slope. In the gradient of Cross-entropy that slope cancels out.",
    ),
    Severity.NOTE,
    "cross_entropy",
)
_NO_MARGIN = _Misfit(
    QT_TRANSLATE_NOOP(
        "annstudio",
        "{loss} asks for scores of {no} or less and of {yes} or more, and {activation} cannot give both: "
        "choose {better} for the Output.",
    ),
    QT_TRANSLATE_NOOP(
        "annstudio",
        "{loss} is satisfied with a sample only when its score is far enough on the right side. What the activation "
        "cannot reach is pulled at forever.",
    ),
    Severity.WARNING,
)
_BOUND = QT_TRANSLATE_NOOP(
    "annstudio",
    "The last activation decides which answers there can be. Training pulls at a target out of reach without ever "
    "getting there.",
)
_BETWEEN = _Misfit(
    QT_TRANSLATE_NOOP(
        "annstudio",
        "{activation} stays between {low} and {high}, so it never meets a target outside: choose {better}.",
    ),
    _BOUND,
    Severity.WARNING,
)
_ABOVE = _Misfit(
    QT_TRANSLATE_NOOP(
        "annstudio", "{activation} never gets below {low}, so it never meets a lower target: choose {better}."
    ),
    _BOUND,
    Severity.WARNING,
)
_BELOW = _Misfit(
    QT_TRANSLATE_NOOP(
        "annstudio", "{activation} never gets above {high}, so it never meets a higher target: choose {better}."
    ),
    _BOUND,
    Severity.WARNING,
)
_STEP = _Misfit(
    QT_TRANSLATE_NOOP(
        "annstudio",
        "{activation} answers 0 or 1, which {loss} cannot measure: choose Mean squared error as the loss.",
    ),
    QT_TRANSLATE_NOOP(
        "annstudio",
        "{loss} takes the logarithm of a probability, and a plain 0 has none. The perceptron rule learns from right "
        "and wrong alone, so another loss changes the cost that you see and nothing of what is learned.",
    ),
    Severity.ERROR,
    "mse",
)


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
                if misfit in (_BELOW, _ABOVE, _BETWEEN) and _all_reached(project, answers):
                    misfit = None
                better = "identity"
            else:
                activation = str(node["activation"])
                if takes_own_error(project) and not activations[activation].differentiable:
                    misfit = _STEP if loss.judges in ("probabilities", "shares") else None
                else:
                    misfit = _class_misfit(answers, single, loss, activation)
                better = "identity" if loss.judges == "scores" else "logistic" if single else "softmax"
            if misfit is not None:
                names = _names(node, loss, better, answers)
                yield self.finding(
                    text(misfit.message, **names),
                    node.id,
                    misfit.severity,
                    why=text(misfit.why, **names),
                    fix=choose_loss(misfit.loss) if misfit.loss else choose_activation(better, node),
                    setting=("training", "loss") if misfit.loss else (node.id, "activation"),
                )


def _class_misfit(answers: Answers, single: bool, loss: type[Loss], activation: str) -> _Misfit | None:
    """Return what is wrong when classes are asked for."""
    if single and (grave := _single_misfit(answers, loss)):
        return grave
    if activation in loss.fused_with | loss.fused_with_logs:
        return None
    if loss.judges in ("probabilities", "shares"):
        return _chances_misfit(answers, loss)
    if loss.judges == "scores":
        return None if answers.reach(*loss.answers) else _NO_MARGIN
    if answers.sum_to_one:
        return _SLOW
    return None if answers.reach(*loss.answers) else _bound_misfit(answers)


def _single_misfit(answers: Answers, loss: type[Loss]) -> _Misfit | None:
    """Return why the one output of a yes-or-no question could never tell a yes from a no."""
    if answers.alone is not None:
        return _ALWAYS
    if loss.judges == "shares":
        return _ONE_OUTPUT
    if loss.judges != "probabilities" and not answers.least <= loss.threshold() < answers.most:
        return _ONE_CLASS
    return None


def _chances_misfit(answers: Answers, loss: type[Loss]) -> _Misfit | None:
    """Return what is wrong with answers that are to be probabilities."""
    if not answers.are_chances:
        return _NO_CHANCES
    if loss.judges == "shares" and not answers.sum_to_one:
        return _NO_SUM
    return None


def _quantity_misfit(answers: Answers, single: bool, loss: type[Loss]) -> _Misfit | None:
    """Return what is wrong when a quantity is asked for."""
    if loss.judges != "quantities":
        return None
    if single and answers.alone is not None:
        return _ALWAYS
    if answers.low is None and answers.high is None:
        return None
    return _bound_misfit(answers)


def _all_reached(project: Project, answers: Answers) -> bool:
    """Return whether all targets that there can be lie where the answers can."""
    part = training_part(project)
    if part is None or not source_of(project.data).exhaustive:
        return False
    return answers.reach(float(part.targets.min()), float(part.targets.max()))


def _bound_misfit(answers: Answers) -> _Misfit:
    """Return what to say of answers that stop somewhere."""
    if answers.low is None:
        return _BELOW
    return _ABOVE if answers.high is None else _BETWEEN


def _names(node: Node, loss: type[Loss], better: str, answers: Answers) -> dict[str, object]:
    """Return every value that one of the templates may ask for."""
    no, yes = loss.answers
    return {
        "activation": Text(activations[str(node["activation"])].info.label),
        "loss": Text(loss.info.label),
        "better": Text(activations[better].info.label),
        "low": _plain(answers.low),
        "high": _plain(answers.high),
        "alone": _plain(answers.alone),
        "threshold": _plain(loss.threshold()),
        "no": _plain(no),
        "yes": _plain(yes),
    }


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
