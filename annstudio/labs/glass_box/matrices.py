"""The pass backward for a whole layer, in matrices."""

from annstudio.labs.glass_box.marks import Delta, Error, Gradient, Parameter, Slope, Value
from annstudio.labs.glass_box.moment import Moment
from annstudio.labs.notation import TIMES, Equation, Figure, Matrix, Power, Row, Sign, Words, matrix


def backward_equations(moment: Moment, place: int) -> tuple[Equation, ...]:
    """Return ∂J/∂z = ∂J/∂a ⊙ f′(z), ∂J/∂W = x·(∂J/∂z)ᵀ and ∂J/∂x = W·∂J/∂z for the sample that is looked at."""
    if moment.layer(place).error_z is None:
        return ()
    above = "" if moment.last == 0 else str(place + 1)
    z, delta = Sign("z", above=above), _column(moment, place)
    by_z: Row = (Words("∂J / ∂"), z)
    equations = [_bent(moment, place, by_z, delta)]
    if moment.is_dense(place) and "kernel" in moment.layer(place).gradients:
        equations.append(_weights(moment, place, by_z, above))
    if (
        moment.is_dense(place)
        and moment.layer(place).input_errors[0] is not None
        and moment.network.wires[place][0] >= 0
    ):
        equations.append(_back(moment, place, by_z, above))
    return tuple(equations)


def _bent(moment: Moment, place: int, by_z: Row, delta: Matrix) -> Equation:
    slopes = moment.layer(place).slope
    if slopes is None or moment.error(place, 0) is None:
        return Equation(by_z, (), (), delta)
    units = moment.size(place)
    a = Sign("ŷ") if place == moment.last else Sign("a", above=str(place + 1))
    errors = matrix(units, 1, lambda unit, _: (Figure(moment.error(place, unit) or 0.0, Error(place, unit)),))
    slope = matrix(units, 1, lambda unit, _: (Figure(float(slopes[moment.focus, unit]), Slope(place, unit)),))
    return Equation(
        by_z, (Words("∂J / ∂"), a, Words(" ⊙ f′("), by_z[1], Words(")")), (errors, Words(" ⊙ "), slope), delta
    )


def _weights(moment: Moment, place: int, by_z: Row, above: str) -> Equation:
    source = moment.network.wires[place][0]
    inputs, units = moment.parts[place]["kernel"].shape
    x = Sign("x") if source < 0 else Sign("a", above=str(source + 1))
    values = matrix(inputs, 1, lambda i, _: (Figure(moment.value(source, i), Value(source, i)),))
    row = matrix(1, units, lambda _, unit: (Figure(moment.delta(place, unit) or 0.0, Delta(place, unit)),))

    def share(i: int, unit: int) -> Row:
        value = moment.value(source, i) * (moment.delta(place, unit) or 0.0)
        return (Figure(value, Gradient(place, "kernel", (i, unit)) if moment.batch == 1 else None),)

    turned: Row = (x, TIMES, Power((Words("("), *by_z, Words(")")), (Words("T"),)))
    left: Row = (Words("∂J / ∂"), Sign("W", above=above))
    return Equation(left, turned, (values, TIMES, row), matrix(inputs, units, share))


def _back(moment: Moment, place: int, by_z: Row, above: str) -> Equation:
    source = moment.network.wires[place][0]
    kernel, shares = moment.parts[place]["kernel"], moment.layer(place).input_errors[0]
    assert shares is not None
    inputs, units = kernel.shape
    weights = matrix(
        inputs, units, lambda i, unit: (Figure(float(kernel[i, unit]), Parameter(place, "kernel", (i, unit))),)
    )
    # Where several layers read a value, this is one share of its error.
    alone = len(moment.readers(source)) == 1
    back = matrix(
        inputs, 1, lambda i, _: (Figure(float(shares[moment.focus, i]), Error(source, i) if alone else None),)
    )
    left: Row = (Words("∂J / ∂"), Sign("a", above=str(source + 1)))
    letters: Row = (Sign("W", above=above), TIMES, Words("("), *by_z, Words(")"))
    return Equation(left, letters, (weights, TIMES, _column(moment, place)), back)


def _column(moment: Moment, place: int) -> Matrix:
    return matrix(
        moment.size(place), 1, lambda unit, _: (Figure(moment.delta(place, unit) or 0.0, Delta(place, unit)),)
    )
