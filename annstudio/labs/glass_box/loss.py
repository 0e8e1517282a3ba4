"""The loss: how wrong the answer is, for one sample and for the batch."""

from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.rules import LOSS_LETTERS, parsed
from annstudio.labs.glass_box.marks import Target, Value, Whole
from annstudio.labs.glass_box.moment import Moment
from annstudio.labs.glass_box.page import Level, Page, Stop
from annstudio.labs.notation import (
    EQUALS,
    Equation,
    Figure,
    Fraction,
    Mark,
    Row,
    Sign,
    Words,
    number,
    of_formula,
    total,
)
from annstudio.labs.reading import read

LOSS, COST = Whole("loss"), Whole("cost")
_LOSS, _COST = Sign("ℓ", mark=LOSS), Sign("J", mark=COST)


def loss_pass(moment: Moment) -> Stop:
    """Return the comparison with the targets."""
    return Stop(
        Level.PASS,
        Text(QT_TRANSLATE_NOOP("annstudio", "Loss")),
        lambda: _pass_page(moment),
        lambda: [_sample(moment), _batch(moment)],
    )


def _pass_page(moment: Moment) -> Page:
    loss = moment.network.objective.loss
    return Page(
        text(QT_TRANSLATE_NOOP("annstudio", "Loss: {loss}"), loss=Text(loss.info.label)),
        Text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "The loss ℓ says how wrong the answer to one sample is; the cost J takes all samples of the batch "
                "together. Training makes J small.",
            )
        ),
        (
            Equation((), read(loss.info.formula)),
            Equation((_LOSS,), result=Figure(_loss(moment), LOSS)),
            Equation((_COST,), result=Figure(moment.trace.cost, COST)),
        ),
        frozenset[Mark]({LOSS, COST} | {Value(moment.last, unit) for unit in range(moment.network.outputs)}),
    )


def _loss(moment: Moment) -> float:
    return float(moment.trace.losses[moment.focus])


def _sample(moment: Moment) -> Stop:
    outputs = moment.network.outputs
    return Stop(
        Level.LAYER,
        Text(QT_TRANSLATE_NOOP("annstudio", "Loss of this sample")),
        lambda: _sample_page(moment),
        lambda: [_output(moment, unit) for unit in range(outputs)] if outputs > 1 and _has_terms(moment) else [],
    )


def _sample_page(moment: Moment) -> Page:
    loss, outputs = moment.network.objective.loss, moment.network.outputs
    result = Figure(_loss(moment), LOSS, strong=True)
    marks: set[Mark] = {LOSS}
    for unit in range(outputs):
        marks |= {Value(moment.last, unit), Target(unit)}
    if _has_terms(moment):
        letters, numbers = (
            total(outputs, lambda unit: _term(moment, unit, False)),
            total(outputs, lambda unit: _term(moment, unit, True)),
        )
        if loss.averages and outputs > 1:
            letters, numbers = (
                (Fraction(letters, (Words(str(outputs)),)),),
                (Fraction(numbers, (Words(str(outputs)),)),),
            )
        equation = Equation((_LOSS,), letters, numbers, result)
    else:
        equation = Equation((_LOSS,), read(loss.info.formula.partition("= ")[2]), (), result)
    return Page(
        Text(QT_TRANSLATE_NOOP("annstudio", "The loss of this sample")),
        text(
            QT_TRANSLATE_NOOP("annstudio", "{loss}: the network's answer against what it should have been."),
            loss=Text(loss.info.label),
        ),
        (*_targets(moment), equation),
        frozenset(marks),
    )


def _targets(moment: Moment) -> tuple[Equation, ...]:
    """Return the targets, of which many are the same."""
    shown = range(min(moment.network.outputs, 6))
    targets = [_asked(moment, unit) for unit in shown]
    row: list[Row] = [
        (sign, EQUALS, Figure(moment.target(unit), Target(unit))) for unit, sign in zip(shown, targets, strict=True)
    ]
    joined: Row = tuple(piece for each in row for piece in (*each, Words("   ")))
    return (Equation((), joined, words=Text(QT_TRANSLATE_NOOP("annstudio", "It should have been"))),)


def _asked(moment: Moment, unit: int) -> Sign:
    """Return yₖ, or qₖ where the loss asks for something else than the target."""
    sign = moment.letters.target(unit)
    q = parsed(moment.network.objective.loss.term).root.variables >= {"q"} and _changed(moment)
    return Sign("q", sign.below, mark=sign.mark) if q else sign


def _changed(moment: Moment) -> bool:
    return bool((moment.asked != moment.targets).any())


def _has_terms(moment: Moment) -> bool:
    objective = moment.network.objective
    return bool(objective.loss.term) and not (objective.fused and moment.output_errors is None)


def _term(moment: Moment, unit: int, in_numbers: bool) -> Row:
    """Return what one output adds to the loss of its sample."""
    return of_formula(parsed(moment.network.objective.loss.term).root, term_names(moment, unit, in_numbers))


def term_names(moment: Moment, unit: int, in_numbers: bool) -> dict[str, Row]:
    """Return what stands for the letters of a loss's term."""
    place, loss = moment.last, moment.network.objective.loss
    if not in_numbers:
        asked: Row = (_asked(moment, unit),)
        return {"ŷ": (moment.letters.value(place, unit),), "y": asked, "q": asked}
    target = number(moment.target(unit), Target(unit), first=True)
    values = {
        LOSS_LETTERS[key]: number(value)
        for key, value in loss.params.items()
        if key in LOSS_LETTERS and isinstance(value, float)
    }
    answer = number(moment.value(place, unit), Value(place, unit), first=True)
    return {"ŷ": answer, "y": target, "q": target} | values


def _output(moment: Moment, unit: int) -> Stop:
    return Stop(Level.NEURON, (moment.letters.value(moment.last, unit),), lambda: _output_page(moment, unit))


def _output_page(moment: Moment, unit: int) -> Page:
    loss = moment.network.objective.loss
    formula = parsed(loss.term)
    known = {"ŷ": moment.value(moment.last, unit), "y": moment.target(unit), "q": moment.target(unit)}
    known |= {LOSS_LETTERS[key]: value for key, value in loss.params.items() if key in LOSS_LETTERS}  # type: ignore[misc]
    value = float(formula.value(**{name: known[name] for name in formula.root.variables}))
    below = Sign("ℓ", str(unit + 1))
    return Page(
        text(QT_TRANSLATE_NOOP("annstudio", "Loss: output {number}"), number=unit + 1),
        Text(QT_TRANSLATE_NOOP("annstudio", "What this output adds to the loss of the sample.")),
        (Equation((below,), _term(moment, unit, False), _term(moment, unit, True), Figure(value, strong=True)),),
        frozenset[Mark]({Value(moment.last, unit), Target(unit), LOSS}),
    )


def _batch(moment: Moment) -> Stop:
    return Stop(Level.LAYER, Text(QT_TRANSLATE_NOOP("annstudio", "Cost of the batch")), lambda: _batch_page(moment))


def _batch_page(moment: Moment) -> Page:
    loss, losses = moment.network.objective.loss, moment.trace.losses
    letters = total(len(losses), lambda n: (Sign("ℓ", str(n + 1)),))
    numbers = total(len(losses), lambda n: number(losses[n], LOSS if n == moment.focus else None, n == 0))
    weights = loss.sample_weights(moment.targets)
    if not loss.sums:
        below = Words(str(len(losses))) if weights is None else Figure(float(weights.sum()))
        letters, numbers = (Fraction(letters, (below,)),), (Fraction(numbers, (below,)),)
    about = text(
        QT_TRANSLATE_NOOP("annstudio", "J is the sum of the losses of all {count} samples in the batch.")
        if loss.sums
        else QT_TRANSLATE_NOOP("annstudio", "J is the mean loss of the {count} samples in the batch."),
        count=len(losses),
    )
    equations = [Equation((_COST,), letters, numbers, Figure(moment.trace.cost, COST, strong=True))]
    if moment.trace.penalty:
        whole = Text(QT_TRANSLATE_NOOP("annstudio", "What L1 and L2 add for large weights"))
        equations.append(Equation((), result=Figure(moment.trace.penalty), words=whole))
    return Page(
        Text(QT_TRANSLATE_NOOP("annstudio", "The cost of the batch")),
        about,
        tuple(equations),
        frozenset[Mark]({LOSS, COST}),
    )
