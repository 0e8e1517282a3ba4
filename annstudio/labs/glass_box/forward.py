"""The pass forward: from the features to the outputs, unit by unit."""

from collections.abc import Callable, Sequence

import numpy as np

from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.layers.add import Add
from annstudio.engine.layers.concatenate import Concatenate
from annstudio.engine.layers.dropout import Dropout
from annstudio.engine.layers.flatten import Flatten
from annstudio.engine.layers.layer_norm import LayerNorm
from annstudio.engine.layers.reshape import Reshape
from annstudio.labs.glass_box.bends import bent
from annstudio.labs.glass_box.marks import Parameter, Sum, Value
from annstudio.labs.glass_box.moment import Moment
from annstudio.labs.glass_box.page import Level, Page, Stop
from annstudio.labs.notation import (
    CLOSE,
    MINUS,
    OPEN,
    PLUS,
    TIMES,
    Equation,
    Figure,
    Fraction,
    Mark,
    Matrix,
    Power,
    Root,
    Row,
    Sign,
    Words,
    as_base,
    matrix,
    number,
    total,
)
from annstudio.labs.reading import read

_SOFTMAX = ("softmax", "log_softmax")


def forward_pass(moment: Moment) -> Stop:
    """Return the pass forward, a layer after the other."""
    return Stop(
        Level.PASS,
        Text(QT_TRANSLATE_NOOP("annstudio", "Forward")),
        lambda: _pass_page(moment),
        lambda: [_layer(moment, place) for place in range(len(moment.network.layers))],
    )


def _pass_page(moment: Moment) -> Page:
    outputs = range(moment.size(moment.last))
    lit: set[Mark] = {Value(moment.last, unit) for unit in outputs}
    lit |= {Value(-1, unit) for unit in range(moment.network.inputs)}
    letters, place = moment.letters, moment.last
    rows = tuple(
        Equation((letters.value(place, unit),), result=Figure(moment.value(place, unit), Value(place, unit)))
        for unit in list(outputs)[:6]
    )
    return Page(
        Text(QT_TRANSLATE_NOOP("annstudio", "Forward: from the inputs to the outputs")),
        Text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "Layer by layer, every neuron weighs what comes in, adds it up and bends the sum. What the last layer "
                "gives is the network's answer.",
            )
        ),
        rows,
        frozenset(lit),
    )


def _layer(moment: Moment, place: int) -> Stop:
    return Stop(
        Level.LAYER,
        Text(QT_TRANSLATE_NOOP("annstudio", "{layer}"), {"layer": moment.network.names[place]}),
        lambda: _layer_page(moment, place),
        lambda: [_unit(moment, place, unit) for unit in range(moment.size(place))],
    )


def _layer_page(moment: Moment, place: int) -> Page:
    layer = moment.network.layers[place]
    lit: frozenset[Mark] = frozenset(Value(place, unit) for unit in range(moment.size(place)))
    headline = text(QT_TRANSLATE_NOOP("annstudio", "Forward: {layer} as a whole"), layer=moment.network.names[place])
    if not moment.is_dense(place):
        about = text(
            QT_TRANSLATE_NOOP("annstudio", "What this layer does: {summary}"), summary=Text(layer.info.summary)
        )
        right = read(layer.info.formula.partition(" = ")[2])
        equation = Equation((_vector(moment, place, "a"),), right, (), _column(moment, place, "a"))
        return Page(headline, about, (equation,), lit)
    about = Text(
        QT_TRANSLATE_NOOP(
            "annstudio",
            "The same as for each neuron, for all of them at once: column j of W holds the weights into neuron j.",
        )
    )
    return Page(headline, about, _matrix_equations(moment, place), lit)


def _matrix_equations(moment: Moment, place: int) -> tuple[Equation, ...]:
    """Return z = Wᵀx + b and a = f(z) for a whole layer."""
    source = moment.network.wires[place][0]
    kernel = moment.parts[place]["kernel"]
    inputs, units = kernel.shape
    above = _above(moment, place)
    weights = matrix(
        units,
        inputs,
        lambda unit, i: (Figure(float(kernel[i, unit]), Parameter(place, "kernel", (i, unit))),),
    )
    values = matrix(inputs, 1, lambda i, _: (Figure(moment.value(source, i), Value(source, i)),))
    letters: Row = (Power(as_base((Sign("W", above=above),)), (Words("T"),)), TIMES, _vector(moment, source, "a"))
    numbers: Row = (weights, TIMES, values)
    if "bias" in moment.parts[place]:
        bias = moment.parts[place]["bias"]
        letters += (PLUS, Sign("b", above=above))
        numbers += (
            PLUS,
            matrix(units, 1, lambda unit, _: (Figure(float(bias[unit]), Parameter(place, "bias", (unit,))),)),
        )
    z = Equation((_vector(moment, place, "z"),), letters, numbers, _column(moment, place, "z"))
    activation = moment.network.layers[place].activation
    if activation is None or activation.info.key == "identity":
        return (z,)
    f_of_z: Row = (Words("f"), OPEN, _vector(moment, place, "z"), CLOSE)
    return z, Equation((_vector(moment, place, "a"),), f_of_z, (), _column(moment, place, "a"))


def _above(moment: Moment, place: int) -> str:
    return "" if moment.last == 0 or place < 0 else str(place + 1)


def _vector(moment: Moment, place: int, kind: str) -> Sign:
    """Return the letter of all values of a layer together."""
    base = kind if kind == "z" else "x" if place < 0 else "ŷ" if place == moment.last else "a"
    return Sign(base, above="" if base in ("x", "ŷ") else _above(moment, place))


def _column(moment: Moment, place: int, kind: str) -> Matrix:
    if kind == "z":
        return matrix(moment.size(place), 1, lambda unit, _: (Figure(moment.sum(place, unit), Sum(place, unit)),))
    return matrix(moment.size(place), 1, lambda unit, _: (Figure(moment.value(place, unit), Value(place, unit)),))


def _unit(moment: Moment, place: int, unit: int) -> Stop:
    title: Row = (moment.letters.value(place, unit),)
    if moment.is_dense(place):
        return Stop(
            Level.NEURON,
            title,
            lambda: _neuron_page(moment, place, unit),
            lambda: _terms(moment, place, unit),
        )
    return Stop(Level.NEURON, title, lambda: _other_page(moment, place, unit))


def _neuron_page(moment: Moment, place: int, unit: int) -> Page:
    about = Text(
        QT_TRANSLATE_NOOP(
            "annstudio",
            "The neuron weighs every value that comes in, adds them up with its bias, and bends the sum with its "
            "activation.",
        )
    )
    headline = text(
        QT_TRANSLATE_NOOP("annstudio", "Forward: neuron {number} of {layer}"),
        number=unit + 1,
        layer=moment.network.names[place],
    )
    lit = _into(moment, place, unit) | {Value(place, unit), Sum(place, unit)}
    equations = (_sum_equation(moment, place, unit), *_bend_equations(moment, place, unit))
    return Page(headline, about, equations, lit, _rivals(moment, place, unit))


def _into(moment: Moment, place: int, unit: int) -> frozenset[Mark]:
    """Return what goes into a neuron."""
    source = moment.network.wires[place][0]
    kernel: set[Mark] = {Parameter(place, "kernel", (i, unit)) for i in range(moment.size(source))}
    values: set[Mark] = {Value(source, i) for i in range(moment.size(source))}
    bias: set[Mark] = {Parameter(place, "bias", (unit,))} if "bias" in moment.parts[place] else set()
    return frozenset(kernel | values | bias)


def _sum_equation(moment: Moment, place: int, unit: int) -> Equation:
    """Return z = Σ w·x + b."""
    letters, source = moment.letters, moment.network.wires[place][0]
    kernel, bias = moment.parts[place]["kernel"], moment.parts[place].get("bias")

    def in_letters(i: int) -> Row:
        if i == len(kernel):
            return (letters.parameter(place, "bias", (unit,)),)
        return letters.parameter(place, "kernel", (i, unit)), TIMES, letters.value(source, i)

    def in_numbers(i: int) -> Row:
        if i == len(kernel):
            assert bias is not None
            return number(bias[unit], Parameter(place, "bias", (unit,)))
        weight = number(kernel[i, unit], Parameter(place, "kernel", (i, unit)), first=i == 0)
        return (*weight, TIMES, *number(moment.value(source, i), Value(source, i)))

    count = len(kernel) + (bias is not None)
    result = Figure(moment.sum(place, unit), Sum(place, unit), strong=True)
    return Equation((letters.sum(place, unit),), total(count, in_letters), total(count, in_numbers), result)


def _bend_equations(moment: Moment, place: int, unit: int) -> tuple[Equation, ...]:
    """Return a = f(z)."""
    activation = moment.network.layers[place].activation
    left: Row = (moment.letters.value(place, unit),)
    result = Figure(moment.value(place, unit), Value(place, unit), strong=True)
    if activation is None or activation.info.key == "identity":
        return (Equation(left, (moment.letters.sum(place, unit),), (), result),)
    if activation.info.key in _SOFTMAX:
        return (_softmax_equation(moment, place, unit, left, result),)
    return (Equation(left, *bent(moment, place, unit), result),)


def _softmax_equation(moment: Moment, place: int, unit: int, left: Row, result: Figure) -> Equation:
    """Return exp(zₖ) over the sum of all, or the logarithm of that."""
    letters, units = moment.letters, moment.size(place)

    def power(row: Row) -> Row:
        return (Power((Words("e"),), row),)

    def z(j: int) -> Row:
        return (letters.sum(place, j),)

    def value(j: int) -> Row:
        return (Figure(moment.sum(place, j), Sum(place, j)),)

    sums = total(units, lambda j: power(z(j))), total(units, lambda j: power(value(j)))
    activation = moment.network.layers[place].activation
    if activation is not None and activation.info.key == "softmax":
        rows: list[Row] = [(Fraction(power(of(unit)), below),) for of, below in zip((z, value), sums, strict=True)]
    else:
        rows = [
            (*of(unit), MINUS, Words("ln"), OPEN, *below, CLOSE) for of, below in zip((z, value), sums, strict=True)
        ]
    return Equation(left, rows[0], rows[1], result)


def _rivals(moment: Moment, place: int, unit: int) -> tuple[Row, ...]:
    """Return what one might take for the activation's formula."""
    z = moment.letters.sum(place, unit)
    activation = moment.network.layers[place].activation
    own = "" if activation is None else activation.info.key
    forms = {"logistic": "1 / (1 + e⁻ᶻ)", "tanh": "tanh(z)", "relu": "max(0, z)", "identity": "z"}
    return tuple(read(form, {"z": (z,)}) for key, form in forms.items() if key != own)[:2]


def _terms(moment: Moment, place: int, unit: int) -> Sequence[Stop]:
    """Return what a neuron's sum is made of, term by term, and then its activation."""
    products = moment.layer(place).terms["products"][:, unit]
    stops = [_term(moment, place, unit, i, products) for i in range(len(products))]
    z: Row = (moment.letters.sum(place, unit),)
    a: Row = (moment.letters.value(place, unit),)
    return [
        *stops,
        Stop(Level.TERM, z, lambda: _sum_page(moment, place, unit)),
        Stop(Level.TERM, a, lambda: _bend_page(moment, place, unit)),
    ]


def _term(moment: Moment, place: int, unit: int, i: int, products: np.ndarray) -> Stop:
    kernel = moment.parts[place]["kernel"]
    is_bias = i == len(kernel)
    part, index = ("bias", (unit,)) if is_bias else ("kernel", (i, unit))
    title: Row = (moment.letters.parameter(place, part, index),)
    if not is_bias:
        title += (TIMES, moment.letters.value(moment.network.wires[place][0], i))
    return Stop(Level.TERM, title, lambda: _term_page(moment, place, unit, i, products))


def _term_page(moment: Moment, place: int, unit: int, i: int, products: np.ndarray) -> Page:
    letters, source = moment.letters, moment.network.wires[place][0]
    kernel = moment.parts[place]["kernel"]
    so_far = Equation(
        (),
        (),
        (),
        Figure(float(products[: i + 1].sum())),
        words=Text(QT_TRANSLATE_NOOP("annstudio", "The sum so far")),
    )
    if i == len(kernel):
        bias: Mark = Parameter(place, "bias", (unit,))
        return Page(
            Text(QT_TRANSLATE_NOOP("annstudio", "Forward: the bias")),
            Text(QT_TRANSLATE_NOOP("annstudio", "The bias is added whatever comes in: it moves the threshold.")),
            (
                so_far,
                Equation((letters.parameter(place, "bias", (unit,)),), (), (), Figure(float(products[i]), bias, True)),
            ),
            frozenset({bias, Value(place, unit)}),
        )
    weight = Parameter(place, "kernel", (i, unit))
    sign, value = letters.parameter(place, "kernel", (i, unit)), letters.value(source, i)
    numbers = (
        *number(kernel[i, unit], weight, first=True),
        TIMES,
        *number(moment.value(source, i), Value(source, i)),
    )
    return Page(
        Text(QT_TRANSLATE_NOOP("annstudio", "Forward: one weighted input")),
        Text(
            QT_TRANSLATE_NOOP(
                "annstudio", "What comes in is multiplied by the weight on its way: a large weight makes it count much."
            )
        ),
        (so_far, Equation((), (sign, TIMES, value), numbers, Figure(float(products[i]), strong=True))),
        frozenset({weight, Value(source, i), Value(place, unit)}),
        ((sign, PLUS, value), (Fraction((value,), (sign,)),)),
    )


def _sum_page(moment: Moment, place: int, unit: int) -> Page:
    return Page(
        Text(QT_TRANSLATE_NOOP("annstudio", "Forward: the weighted sum")),
        Text(
            QT_TRANSLATE_NOOP(
                "annstudio", "All weighted inputs and the bias together are z, how strongly it is driven."
            )
        ),
        (_sum_equation(moment, place, unit),),
        _into(moment, place, unit) | {Sum(place, unit), Value(place, unit)},
    )


def _bend_page(moment: Moment, place: int, unit: int) -> Page:
    return Page(
        Text(QT_TRANSLATE_NOOP("annstudio", "Forward: the activation")),
        Text(
            QT_TRANSLATE_NOOP(
                "annstudio", "The activation turns the sum into what the neuron gives. If it bends, layers can do more."
            )
        ),
        _bend_equations(moment, place, unit),
        frozenset({Sum(place, unit), Value(place, unit)}),
        _rivals(moment, place, unit),
    )


def _other_page(moment: Moment, place: int, unit: int) -> Page:
    """Return the page of a value that is no weighted sum."""
    layer = moment.network.layers[place]
    headline = text(
        QT_TRANSLATE_NOOP("annstudio", "Forward: value {number} of {layer}"),
        number=unit + 1,
        layer=moment.network.names[place],
    )
    equations = _writer(moment, place)(moment, place, unit)
    lit = frozenset[Mark]({Value(place, unit)}) | _same_units(moment, place, unit)
    return Page(headline, Text(layer.info.summary), equations, lit)


def _writer(moment: Moment, place: int) -> "_Write":
    """Return what writes the equations of a layer without a sum over all: by its kind, else by its terms."""
    layer, terms = moment.network.layers[place], moment.layer(place).terms
    for kinds, write in _KINDS:
        if isinstance(layer, kinds):
            return write
    by_terms = next((write for term, write in _BY_TERMS.items() if term in terms), None)
    return by_terms or (_stated if layer.activation is None else _bend_equations)


def _same_units(moment: Moment, place: int, unit: int) -> frozenset[Mark]:
    """Return the values that a value is made of, where that is plain."""
    wires = moment.network.wires[place]
    if isinstance(moment.network.layers[place], Concatenate):
        source, number_there = concatenated(moment, place, unit)
        return frozenset({Value(source, number_there)})
    return frozenset(Value(source, unit) for source in wires if moment.size(source) == moment.size(place))


def concatenated(moment: Moment, place: int, unit: int) -> tuple[int, int]:
    """Return which value of which layer a value of a Concatenate is."""
    for source in moment.network.wires[place]:
        if unit < moment.size(source):
            return source, unit
        unit -= moment.size(source)
    raise IndexError(unit)


def _result(moment: Moment, place: int, unit: int) -> tuple[Row, Figure]:
    left: Row = (moment.letters.value(place, unit),)
    return left, Figure(moment.value(place, unit), Value(place, unit), strong=True)


def _added(moment: Moment, place: int, unit: int) -> tuple[Equation, ...]:
    left, result = _result(moment, place, unit)
    sources = moment.network.wires[place]
    letters = total(len(sources), lambda i: (moment.letters.value(sources[i], unit),))
    numbers = total(len(sources), lambda i: number(moment.value(sources[i], unit), Value(sources[i], unit), i == 0))
    return (Equation(left, letters, numbers, result),)


def _passed(moment: Moment, place: int, unit: int) -> tuple[Equation, ...]:
    left, result = _result(moment, place, unit)
    source, number_there = concatenated(moment, place, unit)
    return (Equation(left, (moment.letters.value(source, number_there),), (), result),)


def _dropped(moment: Moment, place: int, unit: int) -> tuple[Equation, ...]:
    """Return a = x·m/(1 − p): the mask shows in what came out, unless nothing came in."""
    left, result = _result(moment, place, unit)
    source = moment.network.wires[place][0]
    layer = moment.network.layers[place]
    assert isinstance(layer, Dropout)
    came = moment.value(source, unit)
    kept = float(bool(result.value))
    x: Row = (moment.letters.value(source, unit),)
    letters: Row = (*x, TIMES, Fraction((Sign("m"),), (Words("1 − p"),)))
    below = Figure(1 - layer.rate)
    numbers = (*number(came, Value(source, unit), True), TIMES, Fraction((Figure(kept),), (below,)))
    return (Equation(left, letters, numbers if came else (), result),)


def _normalized(moment: Moment, place: int, unit: int) -> tuple[Equation, ...]:
    """Return x̂ and γ·x̂ + β."""
    left, result = _result(moment, place, unit)
    source, terms, layer = moment.network.wires[place][0], moment.layer(place).terms, moment.network.layers[place]
    own = len(terms["mean"])
    group = 0 if isinstance(layer, LayerNorm) else unit * own // moment.size(place)
    mean, variance = float(terms["mean"][group]), float(terms["variance"][group])
    normal = Sign("x", moment.letters.value(place, unit).below, hat=True)
    x = moment.letters.value(source, unit)
    epsilon = float(getattr(layer, "epsilon", 0.0))
    below = (Root((Figure(variance), PLUS, Figure(epsilon))),)
    top = (Figure(moment.value(source, unit), Value(source, unit)), MINUS, *number(mean))
    measured = (
        Equation((Sign("μ"),), result=Figure(mean), words=Text(_MEAN)),
        Equation((Power((Sign("σ"),), (Words("2"),)),), result=Figure(variance)),
    )
    letters: Row = (Fraction((x, MINUS, Sign("μ")), (Root((Power((Sign("σ"),), (Words("2"),)), PLUS, Sign("ε"))),)),)
    standard = Equation((normal,), letters, (Fraction(top, below),), Figure(float(terms["normal"][unit])))
    parts = moment.parts[place]
    across = unit * len(parts["gamma"]) // moment.size(place)
    gamma, beta = (float(parts[name][across]) for name in ("gamma", "beta"))
    marks = Parameter(place, "gamma", (across,)), Parameter(place, "beta", (across,))
    scaled = Equation(
        left,
        (
            moment.letters.parameter(place, "gamma", (across,)),
            TIMES,
            normal,
            PLUS,
            moment.letters.parameter(place, "beta", (across,)),
        ),
        (
            *number(gamma, marks[0], True),
            TIMES,
            *number(float(terms["normal"][unit])),
            PLUS,
            *number(beta, marks[1]),
        ),
        result,
    )
    return (*measured, standard, scaled)


def _convolved(moment: Moment, place: int, unit: int) -> tuple[Equation, ...]:
    """Return z as the sum over the window that the filter sees, and a = f(z)."""
    products = moment.layer(place).terms["products"]
    chosen, at = divmod(unit, products.shape[2])
    terms = products[:, chosen, at]
    numbers = total(len(terms), lambda i: number(terms[i], first=i == 0))
    result = Figure(moment.sum(place, unit), Sum(place, unit), strong=True)
    letters = read("Σ w[f, c, u, v] · x[c, i·s + u, j·s + v] + b[f]")
    left: Row = (moment.letters.sum(place, unit),)
    return Equation(left, letters, numbers, result), *_bend_equations(moment, place, unit)


_MEAN = QT_TRANSLATE_NOOP("annstudio", "Measured")


def _stated(moment: Moment, place: int, unit: int) -> tuple[Equation, ...]:
    """Return what the layer states of itself."""
    left, result = _result(moment, place, unit)
    _, _, right = moment.network.layers[place].info.formula.partition(" = ")
    return (Equation(left, read(right), (), result),)


_Write = Callable[[Moment, int, int], tuple[Equation, ...]]
_KINDS: tuple[tuple[type | tuple[type, ...], _Write], ...] = (
    (Add, _added),
    ((Concatenate, Flatten, Reshape), _passed),
    (Dropout, _dropped),
)
_BY_TERMS: dict[str, _Write] = {"normal": _normalized, "products": _convolved}
