"""The chain rule of one weight: every factor, every path, and a finite difference beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from annstudio.core.texts import QT_TRANSLATE_NOOP, Text
from annstudio.engine.differences import CostProbe, central_difference, is_bent
from annstudio.labs.glass_box.marks import Delta, Error, Gradient, Parameter, Slope, Value
from annstudio.labs.glass_box.moment import Moment
from annstudio.labs.notation import Mark, Row, Words

MOST_PATHS = 64
"""That are written out."""


@dataclass(frozen=True)
class Factor:
    """One derivative of the chain.

    Args:
        letters: which one.
        value: its number.
        mark: what it stands for.
        equals: what it is, where that is a number of the network itself.
    """

    letters: Row
    value: float
    mark: Mark
    equals: Row = ()

    @property
    def short(self) -> Row:
        """What it is where that is plain, else which one it is."""
        return self.equals or self.letters


@dataclass(frozen=True)
class Chain:
    """How the cost depends on one weight, for the sample that is looked at.

    Args:
        left: the derivative in question.
        share: what this sample gives.
        factors: whose product that is; empty where only the layer itself can tell.
        whole: the gradient of the batch.
        mark: of the derivative.
    """

    left: Row
    share: float | None
    factors: tuple[Factor, ...]
    whole: float
    mark: Mark


def chain_of(moment: Moment, place: int, part: str, index: tuple[int, ...]) -> Chain:
    """Return the chain rule of a trained parameter."""
    letters, unit = moment.letters, index[-1]
    left, mark = letters.gradient(place, part, index), Gradient(place, part, index)
    whole = float(moment.layer(place).gradients[part][index])
    delta = moment.delta(place, unit)
    if not (moment.is_dense(place) and part in ("kernel", "bias")) or delta is None:
        return Chain(left, None, (), whole, mark)
    last = _last_factor(moment, place, part, index)
    return Chain(left, delta * last.value, (*_to_sum(moment, place, unit), last), whole, mark)


def _to_sum(moment: Moment, place: int, unit: int) -> tuple[Factor, ...]:
    """Return the factors of ∂J/∂z: ∂J/∂a and ∂a/∂z where the two are apart, else ∂J/∂z as one."""
    letters = moment.letters
    slopes, error = moment.layer(place).slope, moment.error(place, unit)
    if slopes is None or error is None:
        return (Factor(letters.delta(place, unit), moment.delta(place, unit) or 0.0, Delta(place, unit)),)
    return (
        Factor(letters.error(place, unit), error, Error(place, unit)),
        Factor(letters.slope(place, unit), float(slopes[moment.focus, unit]), Slope(place, unit)),
    )


def _last_factor(moment: Moment, place: int, part: str, index: tuple[int, ...]) -> Factor:
    """Return ∂z/∂w, which is what came in; 1 for a bias."""
    letters, unit = moment.letters, index[-1]
    sign: Row = (Words("∂"), letters.sum(place, unit), Words(" / ∂"), letters.parameter(place, part, index))
    if part == "bias":
        return Factor(sign, 1.0, Parameter(place, part, index))
    source = moment.network.wires[place][0]
    value = Value(source, index[0])
    return Factor(sign, moment.value(source, index[0]), value, (letters.value(source, index[0]),))


@dataclass(frozen=True)
class Path:
    """One way from the loss to a unit.

    Args:
        factors: along it, from the loss on.
    """

    factors: tuple[Factor, ...]

    @property
    def value(self) -> float:
        """The product of its factors."""
        return prod(factor.value for factor in self.factors)


def count_paths(moment: Moment, place: int) -> int | None:
    """Return how many ways lead from the loss to each unit of a layer; None where one leads through other layers."""
    if place == moment.last:
        return 1
    if moment.network.layers[place].activation is not None and moment.layer(place).slope is None:
        return None
    counts = []
    for reader, _ in moment.readers(place):
        further = count_paths(moment, reader) if moment.is_dense(reader) else None
        if further is None:
            return None
        counts.append(further * moment.size(reader))
    return sum(counts)


def paths_to(moment: Moment, place: int, unit: int) -> list[Path]:
    """Return all ways from the loss to the a of a unit, each with its factors; ask count_paths before."""
    found = []
    for reader, _ in moment.readers(place):
        for k in range(moment.size(reader)):
            weight = _weight(moment, unit, reader, k)
            if reader == moment.last:
                found.append(Path((*_to_sum(moment, reader, k), weight)))
                continue
            slope = _slope(moment, reader, k)
            found += [Path((*path.factors, *slope, weight)) for path in paths_to(moment, reader, k)]
    return found


def _slope(moment: Moment, place: int, unit: int) -> tuple[Factor, ...]:
    slopes = moment.layer(place).slope
    if slopes is None:
        return ()
    value = float(slopes[moment.focus, unit])
    return (Factor(moment.letters.slope(place, unit), value, Slope(place, unit)),)


def _weight(moment: Moment, unit: int, reader: int, k: int) -> Factor:
    mark = Parameter(reader, "kernel", (unit, k))
    value = float(moment.parts[reader]["kernel"][unit, k])
    return Factor((moment.letters.parameter(reader, "kernel", (unit, k)),), value, mark)


@dataclass(frozen=True)
class Difference:
    """A gradient measured instead of derived.

    Args:
        value: (J(w + h) − J(w − h)) / 2h, in double precision.
        relative: how far the derived gradient is from it, relative to the larger of the two.
        holds: the two agree as far as the precision of the run and the difference allow.
        why: what keeps them apart; None where nothing does.
    """

    value: float
    relative: float
    holds: bool
    why: Text | None = None


def difference(
    moment: Moment, place: int, part: str, index: tuple[int, ...], luck: Sequence[np.random.Generator]
) -> Difference:
    """Return the finite difference of the batch's cost by one parameter.

    Args:
        moment: the step.
        place, part, index: the parameter.
        luck: generators of the layers that draw, as they are before the step; used up.
    """
    probe = CostProbe(moment.network, moment.weights, moment.inputs, moment.targets, luck)
    at = _flat_index(moment, place, part, index)
    measured = central_difference(probe, probe.trained, at)
    derived = float(moment.layer(place).gradients[part][index])
    apart, size = abs(derived - measured), max(abs(derived), abs(measured))
    relative = apart / size if size else 0.0
    single = moment.weights.dtype == np.float32
    holds = relative < (1e-3 if single else 1e-6) or apart < (1e-6 if single else 1e-9)
    return Difference(measured, relative, holds, None if holds else _why(moment, probe, at))


def _why(moment: Moment, probe: CostProbe, at: int) -> Text:
    if moment.optimizer.own_error:
        return Text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "The perceptron's rule is no derivative: a step has slope 0, so a small change of a weight changes "
                "nothing.",
            )
        )
    if is_bent(probe, probe.trained, at):
        kink = QT_TRANSLATE_NOOP("annstudio", "A kink or a jump lies so near that the difference reaches over it.")
        return Text(kink)
    return Text(QT_TRANSLATE_NOOP("annstudio", "Rounding in single precision parts the two."))


def _flat_index(moment: Moment, place: int, part: str, index: tuple[int, ...]) -> int:
    """Return where a parameter stands in the flat vector."""
    numbers = np.arange(moment.network.trainable_count)
    return int(moment.network.parts(numbers)[place][part][index])
