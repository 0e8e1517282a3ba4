"""The pass backward: how much each number of the network changes the cost."""

from collections.abc import Sequence
from math import exp

from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.rules import parsed
from annstudio.labs.glass_box.bends import steep
from annstudio.labs.glass_box.forward import concatenated
from annstudio.labs.glass_box.loss import COST, term_names
from annstudio.labs.glass_box.marks import Delta, Error, Gradient, Parameter, Slope, Sum, Value
from annstudio.labs.glass_box.matrices import backward_equations
from annstudio.labs.glass_box.moment import Moment
from annstudio.labs.glass_box.page import Level, Page, Stop
from annstudio.labs.notation import (
    MINUS,
    TIMES,
    Equation,
    Figure,
    Fraction,
    Mark,
    Row,
    Words,
    number,
    of_formula,
    total,
)
from annstudio.labs.reading import read


def backward_pass(moment: Moment) -> Stop:
    """Return the pass backward, from the loss to the first layer."""
    places = [place for place in reversed(range(len(moment.network.layers))) if _is_reached(moment, place)]
    return Stop(
        Level.PASS,
        Text(QT_TRANSLATE_NOOP("annstudio", "Backward")),
        lambda: _pass_page(moment),
        lambda: [_start(moment), *(_layer(moment, place) for place in places)],
    )


def _is_reached(moment: Moment, place: int) -> bool:
    """Return whether anybody needs the errors of a layer."""
    layer = moment.layer(place)
    return layer.error_a is not None or layer.error_z is not None or bool(layer.gradients)


def _pass_page(moment: Moment) -> Page:
    lit: set[Mark] = {COST}
    for place in range(len(moment.network.layers)):
        lit |= {Delta(place, unit) for unit in range(moment.size(place))}
    return Page(
        Text(QT_TRANSLATE_NOOP("annstudio", "Backward: who is to blame?")),
        Text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "From the cost back to the first layer, every number is asked: if you grew a little, how much would J "
                "change? The chain rule answers, one layer after the other.",
            )
        ),
        (Equation((), _chain(moment)),),
        frozenset(lit),
    )


def _chain(moment: Moment) -> Row:
    """Return the chain rule for the output layer's first weight."""
    letters, place = moment.letters, moment.last
    if not moment.is_dense(place):
        return ()
    left = letters.gradient(place, "kernel", (0, 0))
    last: Row = (Words("∂"), letters.sum(place, 0), Words(" / ∂"), letters.parameter(place, "kernel", (0, 0)))
    return (*left, Words(" = "), *letters.error(place, 0), TIMES, *letters.slope(place, 0), TIMES, *last)


def _start(moment: Moment) -> Stop:
    outputs = moment.network.outputs
    return Stop(
        Level.LAYER,
        Text(QT_TRANSLATE_NOOP("annstudio", "From the loss")),
        lambda: _start_page(moment, range(min(outputs, 6))),
        lambda: (
            [
                Stop(Level.NEURON, moment.letters.error(moment.last, unit), lambda u=unit: _start_page(moment, [u]))  # type: ignore[misc]
                for unit in range(outputs)
            ]
            if moment.output_errors is not None
            else []
        ),
    )


def _start_page(moment: Moment, units: Sequence[int]) -> Page:
    headline = Text(QT_TRANSLATE_NOOP("annstudio", "Backward: it begins at the loss"))
    lit: set[Mark] = {COST}
    for unit in units:
        lit |= {Error(moment.last, unit), Value(moment.last, unit)}
    if moment.optimizer.own_error:
        about = Text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "The perceptron's rule asks for no derivative, which a step does not have: the mistake ŷ − y itself "
                "goes back.",
            )
        )
        return Page(headline, about, tuple(_joint_equation(moment, unit) for unit in units), frozenset(lit))
    if moment.output_errors is None:
        about = Text(
            QT_TRANSLATE_NOOP(
                "annstudio", "The outputs are logarithms: loss and activation together have one short derivative."
            )
        )
        return Page(headline, about, tuple(_joint_equation(moment, unit) for unit in units), frozenset(lit))
    about = Text(
        QT_TRANSLATE_NOOP(
            "annstudio", "The derivative of the loss: in which direction, and how strongly, an output changes the cost."
        )
    )
    return Page(headline, about, tuple(_start_equation(moment, unit) for unit in units), frozenset(lit))


def _start_equation(moment: Moment, unit: int) -> Equation:
    """Return ∂J/∂ŷ."""
    loss = moment.network.objective.loss
    result = Figure(moment.error(moment.last, unit) or 0.0, Error(moment.last, unit), strong=True)
    left = moment.letters.error(moment.last, unit)
    if not loss.term:
        return Equation(left, read(loss.info.derivative.partition("= ")[2]), (), result)
    slope = parsed(loss.term).derivative("ŷ").root
    below = _shared_by(moment)
    letters, numbers = (of_formula(slope, term_names(moment, unit, shown)) for shown in (False, True))
    if below is not None:
        letters, numbers = (Fraction(letters, (below,)),), (Fraction(numbers, (below,)),)
    return Equation(left, letters, numbers, result)


def _shared_by(moment: Moment) -> Words | Figure | None:
    """Return by what a term of the loss is divided in J: the number of samples and outputs; None where by nothing."""
    loss = moment.network.objective.loss
    if loss.sums:
        return None
    weights = loss.sample_weights(moment.targets)
    if weights is not None:
        return Figure(float(weights.sum()))
    count = moment.batch * (moment.network.outputs if loss.averages else 1)
    return None if count == 1 else Words(str(count))


def _joint_equation(moment: Moment, unit: int) -> Equation:
    """Return ∂J/∂z of an output where loss and activation have one formula together, or the rule one of its own."""
    place, letters = moment.last, moment.letters
    result = Figure(moment.delta(place, unit) or 0.0, Delta(place, unit), strong=True)
    if not moment.optimizer.own_error:
        return Equation(letters.delta(place, unit), (), (), result)
    row: Row = (letters.value(place, unit), MINUS, letters.target(unit))
    numbers = (Figure(moment.value(place, unit), Value(place, unit)), MINUS, *number(moment.target(unit)))
    return Equation(letters.delta(place, unit), row, numbers, result)


def _layer(moment: Moment, place: int) -> Stop:
    return Stop(
        Level.LAYER,
        Text(QT_TRANSLATE_NOOP("annstudio", "{layer}"), {"layer": moment.network.names[place]}),
        lambda: _layer_page(moment, place),
        lambda: [_unit(moment, place, unit) for unit in range(moment.size(place))],
    )


def _layer_page(moment: Moment, place: int) -> Page:
    headline = text(QT_TRANSLATE_NOOP("annstudio", "Backward: {layer} as a whole"), layer=moment.network.names[place])
    about = Text(
        QT_TRANSLATE_NOOP(
            "annstudio",
            "What arrives from behind is multiplied by the slopes of the activation; times what came in, it is the "
            "gradient of the weights; sent back through the weights, it reaches the layer before.",
        )
    )
    lit: set[Mark] = {Delta(place, unit) for unit in range(moment.size(place))}
    lit |= {Value(place, unit) for unit in range(moment.size(place))}
    return Page(headline, about, backward_equations(moment, place), frozenset(lit))


def _unit(moment: Moment, place: int, unit: int) -> Stop:
    dense = moment.is_dense(place)
    title = moment.letters.delta(place, unit) if dense else moment.letters.error(place, unit)
    return Stop(
        Level.NEURON,
        title,
        lambda: _unit_page(moment, place, unit),
        lambda: _unit_terms(moment, place, unit),
    )


def _unit_page(moment: Moment, place: int, unit: int) -> Page:
    equations = [
        *_arrival(moment, place, unit),
        *_bent(moment, place, unit),
        *_shares(moment, place, unit),
        *(_gradient_equation(moment, place, part, index) for part, index in _few(parameters_of(moment, place, unit))),
    ]
    lit: set[Mark] = {Error(place, unit), Delta(place, unit), Value(place, unit)}
    lit |= {Gradient(place, part, index) for part, index in parameters_of(moment, place, unit)}
    lit |= _arrives_from(moment, place, unit)
    return Page(
        text(
            QT_TRANSLATE_NOOP("annstudio", "Backward: unit {number} of {layer}"),
            number=unit + 1,
            layer=moment.network.names[place],
        ),
        Text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "How much J changes with this unit: through all that read it, then through its own activation, and so "
                "with each of its weights.",
            )
        ),
        tuple(equations),
        frozenset(lit),
    )


def _few(parameters: list[tuple[str, tuple[int, ...]]]) -> list[tuple[str, tuple[int, ...]]]:
    """Return the first of many parameters, and the last."""
    return parameters if len(parameters) <= 5 else [*parameters[:3], parameters[-1]]


def _unit_terms(moment: Moment, place: int, unit: int) -> list[Stop]:
    stops = []
    if place != moment.last and moment.error(place, unit) is not None:
        stops.append(Stop(Level.TERM, moment.letters.error(place, unit), lambda: _arrival_page(moment, place, unit)))
    if moment.network.layers[place].activation is not None and moment.delta(place, unit) is not None:
        stops.append(Stop(Level.TERM, moment.letters.delta(place, unit), lambda: _bent_page(moment, place, unit)))
    if _shares(moment, place, unit):
        stops.append(Stop(Level.TERM, _share_sign(moment, place, unit), lambda: _share_page(moment, place, unit)))
    for part, index in parameters_of(moment, place, unit):
        stops.append(_gradient_stop(moment, place, part, index))
    return stops


def _arrives_from(moment: Moment, place: int, unit: int) -> set[Mark]:
    lit: set[Mark] = set()
    for reader, _ in moment.readers(place):
        if moment.is_dense(reader):
            for k in range(moment.size(reader)):
                lit |= {Delta(reader, k), Parameter(reader, "kernel", (unit, k))}
    return lit


def _arrival(moment: Moment, place: int, unit: int) -> tuple[Equation, ...]:
    """Return ∂J/∂a as the sum over all that read a."""
    value = moment.error(place, unit)
    if place == moment.last:
        return (_start_equation(moment, unit),) if moment.output_errors is not None else ()
    if value is None:
        return ()
    letters, numbers = _paths(moment, place, unit)
    result = Figure(value, Error(place, unit), strong=True)
    return (Equation(moment.letters.error(place, unit), letters, numbers, result),)


def _paths(moment: Moment, place: int, unit: int) -> tuple[Row, Row]:
    """Return, in letters and in numbers, what comes back to a value from all that read it."""
    ways: list[tuple[Row, Row]] = []
    for reader, wire in moment.readers(place):
        if moment.is_dense(reader):
            ways += [_way(moment, unit, reader, k) for k in range(moment.size(reader))]
        else:
            share = moment.layer(reader).input_errors[wire]
            value = 0.0 if share is None else float(share[moment.focus, unit])
            ways.append(((Words(moment.network.names[reader]),), number(value)))
    return total(len(ways), lambda i: ways[i][0]), total(len(ways), lambda i: ways[i][1])


def _way(moment: Moment, unit: int, reader: int, k: int) -> tuple[Row, Row]:
    weight = Parameter(reader, "kernel", (unit, k))
    letters = (*moment.letters.delta(reader, k), TIMES, moment.letters.parameter(reader, "kernel", (unit, k)))
    value = float(moment.parts[reader]["kernel"][unit, k])
    return letters, (*number(moment.delta(reader, k) or 0.0, Delta(reader, k)), TIMES, *number(value, weight))


def _arrival_page(moment: Moment, place: int, unit: int) -> Page:
    lit = {Error(place, unit), Value(place, unit)} | _arrives_from(moment, place, unit)
    sign = moment.letters.error(place, unit)
    return Page(
        Text(QT_TRANSLATE_NOOP("annstudio", "Backward: through all that read it")),
        Text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "A small change of this value is passed on multiplied by each weight on its way. The effects of all "
                "ways add up.",
            )
        ),
        _arrival(moment, place, unit),
        frozenset[Mark](lit),
        ((*moment.letters.slope(place, unit), TIMES, *sign),),
    )


def _bent(moment: Moment, place: int, unit: int) -> tuple[Equation, ...]:
    """Return ∂a/∂z, and ∂J/∂z as ∂J/∂a times that."""
    activation, value = moment.network.layers[place].activation, moment.delta(place, unit)
    if activation is None or value is None:
        return ()
    letters = moment.letters
    result = Figure(value, Delta(place, unit), strong=True)
    slopes, error = moment.layer(place).slope, moment.error(place, unit)
    if place == moment.last and error is None:
        return (_joint_equation(moment, unit),)
    if slopes is None:
        return _through_all(moment, place, unit, result)
    slope = float(slopes[moment.focus, unit])
    product = (*letters.error(place, unit), TIMES, *letters.slope(place, unit))
    numbers = (*number(error or 0.0, Error(place, unit), True), TIMES, *number(slope, Slope(place, unit)))
    return (
        Equation(letters.slope(place, unit), *steep(moment, place, unit), Figure(slope, Slope(place, unit))),
        Equation(letters.delta(place, unit), product, numbers, result),
    )


def _through_all(moment: Moment, place: int, unit: int, result: Figure) -> tuple[Equation, ...]:
    """Return ∂J/∂zₖ = Σⱼ ∂J/∂aⱼ · ∂aⱼ/∂zₖ, for activations in which each output depends on every z."""
    letters, units = moment.letters, moment.size(place)

    def in_letters(j: int) -> Row:
        return (*letters.error(place, j), TIMES, *letters.slope(place, j, unit))

    def in_numbers(j: int) -> Row:
        slope = joint_slope(moment, place, j, unit)
        return (*number(moment.error(place, j) or 0.0, Error(place, j)), TIMES, *number(slope, Slope(place, j)))

    equation = Equation(letters.delta(place, unit), total(units, in_letters), total(units, in_numbers), result)
    return (equation,)


def joint_slope(moment: Moment, place: int, j: int, k: int) -> float:
    """Return ∂aⱼ/∂zₖ of softmax or log-softmax."""
    activation = moment.network.layers[place].activation
    assert activation is not None
    a_j, a_k = moment.value(place, j), moment.value(place, k)
    if activation.info.key == "softmax":
        return a_j * ((j == k) - a_k)
    return (j == k) - exp(a_k)


def _bent_page(moment: Moment, place: int, unit: int) -> Page:
    error = moment.letters.error(place, unit)
    return Page(
        Text(QT_TRANSLATE_NOOP("annstudio", "Backward: through the activation")),
        Text(
            QT_TRANSLATE_NOOP(
                "annstudio", "The slope of the activation at this z says how much of a small change gets through."
            )
        ),
        _bent(moment, place, unit),
        frozenset[Mark]({Delta(place, unit), Error(place, unit), Sum(place, unit), Value(place, unit)}),
        ((*error, TIMES, moment.letters.value(place, unit)), (*error, TIMES, moment.letters.sum(place, unit))),
    )


def _shares(moment: Moment, place: int, unit: int) -> tuple[Equation, ...]:
    """Return what a layer without weights between its values sends back to what it read: ∂J/∂x."""
    layer, sources = moment.layer(place), moment.network.wires[place]
    if moment.is_dense(place) or moment.network.layers[place].activation is not None:
        return ()
    if any(moment.size(source) != moment.size(place) for source in sources) or len(sources) != 1:
        return ()
    shares = layer.input_errors[0]
    if shares is None or layer.error_a is None:
        return ()
    came = float(layer.error_a[moment.focus, unit])
    value = Figure(float(shares[moment.focus, unit]), Error(sources[0], unit), strong=True)
    left = _share_sign(moment, place, unit)
    if "normal" in layer.terms:
        return (Equation(left, read("γ / √(σ² + ε) (g − mean(g) − x̂ mean(g x̂)),  g = ∂J/∂a"), (), value),)
    ratio = value.value / came if came else 0.0
    passed = (Figure(came, Error(place, unit)), TIMES, *number(ratio))
    return (Equation(left, (*moment.letters.error(place, unit), TIMES, Words("∂a / ∂x")), passed, value),)


def _share_sign(moment: Moment, place: int, unit: int) -> Row:
    source = moment.network.wires[place][0]
    if len(moment.network.wires[place]) > 1:
        source, unit = concatenated(moment, place, unit)
    return moment.letters.error(source, unit)


def _share_page(moment: Moment, place: int, unit: int) -> Page:
    return Page(
        Text(QT_TRANSLATE_NOOP("annstudio", "Backward: through this layer")),
        Text(QT_TRANSLATE_NOOP("annstudio", "What reaches the value that came in, after this layer's own derivative.")),
        _shares(moment, place, unit),
        frozenset[Mark]({Error(place, unit), Value(place, unit)}),
    )


def parameters_of(moment: Moment, place: int, unit: int) -> list[tuple[str, tuple[int, ...]]]:
    """Return the trained parameters that belong to a unit: the weights into it, its bias and the like."""
    found: list[tuple[str, tuple[int, ...]]] = []
    for part, gradient in moment.layer(place).gradients.items():
        if part == "kernel" and moment.is_dense(place):
            found += [("kernel", (i, unit)) for i in range(gradient.shape[0])]
        elif gradient.ndim == 1 and len(gradient) == moment.size(place):
            found.append((part, (unit,)))
    return found


def _gradient_stop(moment: Moment, place: int, part: str, index: tuple[int, ...]) -> Stop:
    return Stop(
        Level.TERM,
        moment.letters.gradient(place, part, index),
        lambda: gradient_page(moment, place, part, index),
    )


def gradient_page(moment: Moment, place: int, part: str, index: tuple[int, ...]) -> Page:
    """Return the page of one parameter's gradient: the sample's share, and the sum over the batch."""
    share = _gradient_equation(moment, place, part, index)
    lit: set[Mark] = {Gradient(place, part, index), Parameter(place, part, index), Delta(place, index[-1])}
    lit.add(Value(place, index[-1]))
    if part == "kernel":
        lit.add(Value(moment.network.wires[place][0], index[0]))
    delta, own = moment.letters.delta(place, index[-1]), moment.letters.value(place, index[-1])
    rivals: tuple[Row, ...] = ()
    if part == "kernel":
        rivals = ((*delta, TIMES, moment.letters.parameter(place, part, index)), (*delta, TIMES, own))
    return Page(
        Text(QT_TRANSLATE_NOOP("annstudio", "Backward: the gradient of one weight")),
        Text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "z takes what came in times the weight, so what came in says how strongly the weight acts. The shares "
                "of all samples in the batch add up.",
            )
        ),
        (share, *batch_equation(moment, place, part, index)),
        frozenset(lit),
        rivals if moment.batch == 1 else (),
    )


def batch_equation(moment: Moment, place: int, part: str, index: tuple[int, ...]) -> tuple[Equation, ...]:
    """Return the gradient of a parameter as the sum over the batch's samples; none where there is only one."""
    if moment.batch == 1:
        return ()
    whole = float(moment.layer(place).gradients[part][index])
    shares = sample_shares(moment, place, part, index)
    row = () if shares is None else total(len(shares), lambda n: number(shares[n], None, n == 0))
    words = text(QT_TRANSLATE_NOOP("annstudio", "All {count} samples together"), count=moment.batch)
    result = Figure(whole, Gradient(place, part, index), strong=True)
    return (Equation(moment.letters.gradient(place, part, index), row, (), result, words),)


def sample_shares(moment: Moment, place: int, part: str, index: tuple[int, ...]) -> list[float] | None:
    """Return what each sample adds to the gradient of a parameter; None where that is not kept."""
    layer, source = moment.layer(place), moment.network.wires[place][0]
    if moment.is_dense(place) and layer.error_z is not None:
        errors = layer.error_z[:, index[-1]]
        if part == "bias":
            return [float(error) for error in errors]
        if part == "kernel":
            values = moment.inputs if source < 0 else moment.layer(source).a
            return [float(share) for share in errors * values[:, index[0]]]
    return None


def _gradient_equation(moment: Moment, place: int, part: str, index: tuple[int, ...]) -> Equation:
    """Return the share of the sample that is looked at in a parameter's gradient."""
    letters, layer = moment.letters, moment.layer(place)
    left = letters.gradient(place, part, index)
    words = Text(QT_TRANSLATE_NOOP("annstudio", "This sample's share")) if moment.batch > 1 else None
    shares = sample_shares(moment, place, part, index)
    if shares is None:
        formulas = {"gamma": "Σₙ ∂J/∂a x̂", "beta": "Σₙ ∂J/∂a"}
        whole = float(layer.gradients[part][index])
        return Equation(left, read(formulas.get(part, "")), (), Figure(whole, Gradient(place, part, index), True))
    delta = moment.delta(place, index[-1]) or 0.0
    mark = Gradient(place, part, index) if moment.batch == 1 else None
    result = Figure(shares[moment.focus], mark, strong=moment.batch == 1)
    sign = letters.delta(place, index[-1])
    if part == "bias":
        return Equation(left, sign, (), result, words)
    source = moment.network.wires[place][0]
    value = number(moment.value(source, index[0]), Value(source, index[0]))
    numbers = (*number(delta, Delta(place, index[-1]), True), TIMES, *value)
    return Equation(left, (*sign, TIMES, letters.value(source, index[0])), numbers, result, words)
