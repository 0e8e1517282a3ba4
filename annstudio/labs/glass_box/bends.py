"""What an activation makes of one sum, and how steep it is there: in letters and with numbers."""

from annstudio.core.formula import Formula
from annstudio.engine.activations.base import Activation
from annstudio.engine.activations.formula import OwnFormula
from annstudio.labs.glass_box.marks import Sum, Value
from annstudio.labs.glass_box.moment import Moment
from annstudio.labs.notation import Row, number, of_formula
from annstudio.labs.reading import read

_LETTERS = {"alpha": "α", "slope": "s"}
"""What formulas of activations call their parameters."""


def bent(moment: Moment, place: int, unit: int) -> tuple[Row, Row]:
    """Return f(z) of a unit, by the activation's own formula."""
    activation = _activation(moment, place)
    if isinstance(activation, OwnFormula):
        return _by_tree(moment, place, unit, activation.formula)
    right = activation.info.formula.partition(" = ")[2]
    # Of several forms of the same, the first will do.
    return _by_text(moment, place, unit, right.split("; ")[0].split(" = ")[0])


def steep(moment: Moment, place: int, unit: int) -> tuple[Row, Row]:
    """Return ∂a/∂z of a unit, by the activation's own derivative."""
    activation = _activation(moment, place)
    if isinstance(activation, OwnFormula):
        return _by_tree(moment, place, unit, activation.slope_formula)
    return _by_text(moment, place, unit, activation.info.derivative.split("; ")[0].partition(" = ")[2])


def _activation(moment: Moment, place: int) -> Activation:
    activation = moment.network.layers[place].activation
    assert activation is not None
    return activation


def _by_tree(moment: Moment, place: int, unit: int, formula: Formula) -> tuple[Row, Row]:
    letters, numbers = _names(moment, place, unit)
    return of_formula(formula.root, {"x": letters["z"]}), of_formula(formula.root, {"x": numbers["z"]})


def _by_text(moment: Moment, place: int, unit: int, stated: str) -> tuple[Row, Row]:
    letters, numbers = _names(moment, place, unit)
    return read(stated, letters), read(stated, numbers | _parameters(moment, place))


def _names(moment: Moment, place: int, unit: int) -> tuple[dict[str, Row], dict[str, Row]]:
    """Return what stands for z and a, in letters and in numbers."""
    letters: dict[str, Row] = {"z": (moment.letters.sum(place, unit),), "a": (moment.letters.value(place, unit),)}
    numbers = {
        "z": number(moment.sum(place, unit), Sum(place, unit)),
        "a": number(moment.value(place, unit), Value(place, unit)),
    }
    return letters, numbers


def _parameters(moment: Moment, place: int) -> dict[str, Row]:
    """Return the numbers of an activation's parameters by their letters; one that is learned as it is by now."""
    given = _activation(moment, place).params
    found = {letter: number(value) for key, letter in _LETTERS.items() if isinstance(value := given.get(key), float)}
    learned = moment.parts[place].get("activation")
    return found if learned is None else found | {"s": number(learned[0])}
