"""A single neuron with its numbers, and the samples that it answers to."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations import activations
from annstudio.engine.activations.base import Activation
from annstudio.engine.losses import losses
from annstudio.engine.losses.base import Loss
from annstudio.labs.notation import PLUS, TIMES, Equation, Figure, Row, Sign, joined, number
from annstudio.labs.reading import read


class Kind(StrEnum):
    """What the neuron makes of its weighted sum."""

    STEP = "step"
    LOGISTIC = "logistic"
    LINEAR = "linear"


_ACTIVATIONS = {Kind.STEP: "binary_step", Kind.LOGISTIC: "logistic", Kind.LINEAR: "identity"}
_LOSSES = {Kind.LOGISTIC: "log_loss", Kind.LINEAR: "mse"}


@dataclass(frozen=True, eq=False)
class Samples:
    """What there is to learn.

    Args:
        x: (samples, inputs).
        y: targets, (samples,): 0 and 1, or any numbers for the linear neuron.
    """

    x: Array
    y: Array

    def __len__(self) -> int:
        return len(self.y)

    def moved(self, place: int, x: tuple[float, ...], y: float | None = None) -> "Samples":
        """Return them with one elsewhere, or with another target."""
        new_x, new_y = self.x.copy(), self.y.copy()
        new_x[place] = x
        if y is not None:
            new_y[place] = y
        return Samples(new_x, new_y)

    def added(self, x: tuple[float, ...], y: float) -> "Samples":
        """Return them with one more, at the end."""
        return Samples(np.vstack([self.x, [x]]), np.append(self.y, y))

    def without(self, place: int) -> "Samples":
        """Return them without one."""
        return Samples(np.delete(self.x, place, axis=0), np.delete(self.y, place))


@dataclass(frozen=True)
class Neuron:
    """z = Σ wᵢxᵢ + b, a = f(z).

    Args:
        kind: which f.
        w: one weight for each input.
        b: bias; without one, it is 0.
        biased: it has a bias.
    """

    kind: Kind
    w: tuple[float, ...]
    b: float = 0.0
    biased: bool = True

    @property
    def activation(self) -> Activation:
        """The engine's f."""
        return activations[_ACTIVATIONS[self.kind]]()

    @property
    def loss(self) -> Loss | None:
        """The engine's loss that it learns by; None for the step, which has no slope to go down."""
        return losses[_LOSSES[self.kind]]() if self.kind in _LOSSES else None

    def sums(self, x: Array) -> Array:
        """Return z, (samples,), of inputs (samples, inputs)."""
        found: Array = x @ np.array(self.w) + self.b
        return found

    def answers(self, x: Array) -> Array:
        """Return a, (samples,), of inputs (samples, inputs)."""
        return self.activation.value(self.sums(x)[:, np.newaxis])[:, 0]

    def with_numbers(self, w: tuple[float, ...], b: float) -> "Neuron":
        """Return it with other numbers; without a bias, b stays 0."""
        return replace(self, w=w, b=b if self.biased else 0.0)

    def equations(self, x: Array) -> tuple[Equation, ...]:
        """Return how it answers one sample, (inputs,), in letters and with numbers."""
        names = [str(place + 1) for place in range(len(self.w))] if len(self.w) > 1 else [""]
        letters: list[Row] = [
            (Sign("w", name, mark=f"w{place}"), TIMES, Sign("x", name, mark=f"x{place}"))
            for place, name in enumerate(names)
        ]
        numbers: list[Row] = [
            (*number(self.w[place], f"w{place}", place == 0), TIMES, *number(float(x[place]), f"x{place}"))
            for place in range(len(self.w))
        ]
        if self.biased:
            letters.append((Sign("b", mark="b"),))
            numbers.append(number(self.b, "b"))
        z, a = float(self.sums(x[np.newaxis])[0]), float(self.answers(x[np.newaxis])[0])
        weighted = Equation((Sign("z", mark="z"),), joined(letters, PLUS), joined(numbers, PLUS), Figure(z, "z"))
        # In words, the step's formula reads on into its result.
        step = self.kind is Kind.STEP
        formula = "step(z)" if step else self.activation.info.formula.partition("=")[2].strip()
        shown = read(formula, {"z": (Sign("z", mark="z"),)})
        return weighted, Equation((Sign("a", mark="a"),), shown, (), Figure(a, "a"))


@dataclass(frozen=True)
class Set:
    """Samples to begin with.

    Args:
        key: for choosing it.
        label: for people.
        kinds: of neuron that can learn from them.
    """

    key: str
    label: str
    kinds: tuple[Kind, ...] = (Kind.STEP, Kind.LOGISTIC)


SETS = (
    Set("and", QT_TRANSLATE_NOOP("annstudio", "AND")),
    Set("or", QT_TRANSLATE_NOOP("annstudio", "OR")),
    Set("not", QT_TRANSLATE_NOOP("annstudio", "NOT x₁")),
    Set("xor", QT_TRANSLATE_NOOP("annstudio", "XOR")),
    Set("apart", QT_TRANSLATE_NOOP("annstudio", "Two clouds, apart")),
    Set("mixed", QT_TRANSLATE_NOOP("annstudio", "Two clouds, mixed")),
    Set("line", QT_TRANSLATE_NOOP("annstudio", "A line with noise"), (Kind.LINEAR,)),
)
_CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
_GATES = {"and": (0, 0, 0, 1), "or": (0, 1, 1, 1), "not": (1, 1, 0, 0), "xor": (0, 1, 1, 0)}
_CLOUD = 16


def samples_of(key: str) -> Samples:
    """Return the samples of a set; always the same."""
    if key in _GATES:
        return Samples(_CORNERS.copy(), np.array(_GATES[key], np.float64))
    generator = np.random.default_rng(7)
    if key == "line":
        x = generator.uniform(-2, 2, (14, 1))
        return Samples(x, 0.8 * x[:, 0] + 0.5 + generator.normal(0, 0.35, 14))
    spread, distance = (0.32, 0.9) if key == "apart" else (0.6, 0.55)
    middle = np.repeat([[0.5 - distance / 2, 0.4 - distance / 2], [0.5 + distance / 2, 0.6 + distance / 2]], _CLOUD, 0)
    drawn = generator.normal(0, spread, (2 * _CLOUD, 2))
    # A cloud that is to stay apart has no tails.
    x = middle + (np.clip(drawn, -0.45, 0.45) if key == "apart" else drawn)
    order = generator.permutation(2 * _CLOUD)
    return Samples(x[order], np.repeat([0.0, 1.0], _CLOUD)[order])
