"""How a neuron learns, step by step: Rosenblatt's rule for the step, gradient descent for the others."""

from collections import deque
from dataclasses import dataclass, replace

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.labs.derivatives import slopes
from annstudio.labs.notation import CLOSE, MINUS, OPEN, PLUS, TIMES, Equation, Figure, Row, Sign, Words, number
from annstudio.labs.perceptron.neuron import Kind, Neuron, Samples

_SETTLED = 1e-8
"""Gradient descent has arrived where no part of the gradient is larger."""
_HUGE = 1e160
"""Times the gradient has to be finite still: squares of larger ones are not."""
MOST_KEPT = 5000
"""Moments that one can go back to."""
_ROUNDED = 9
"""Digits by which two states are the same: sums of the same steps in another order round differently."""


@dataclass(frozen=True)
class Moment:
    """Where learning stands.

    Args:
        neuron: with its numbers.
        steps: taken.
        place: of the sample that comes next; for the perceptron rule.
        mistakes: made so far, likewise.
        right: samples in a row that were answered right, likewise.
        done: there is nothing left to learn.
        cycle: after so many steps the same weights came again before the same sample: it goes on so for ever; else 0.
        looked: the sample of the last step, likewise; None before the first.
        change: what was added to the weights and the bias in the last step.
        slope: the gradient that gave it, of gradient descent.
        exploded: the next step would lead to numbers that are no longer finite.
    """

    neuron: Neuron
    steps: int = 0
    place: int = 0
    mistakes: int = 0
    right: int = 0
    done: bool = False
    cycle: int = 0
    looked: int | None = None
    change: tuple[float, ...] = ()
    slope: tuple[float, ...] = ()
    exploded: bool = False


class Learning:
    """One training, of which the last moments are kept.

    Args:
        samples: to learn.
        neuron: to begin with.
        rate: η.
    """

    def __init__(self, samples: Samples, neuron: Neuron, rate: float) -> None:
        self.samples, self.rate = samples, rate
        self.moments: deque[Moment] = deque([Moment(neuron, done=not len(samples))], MOST_KEPT)
        self._met = {_state(self.moments[0]): 0}
        self.start = neuron

    @property
    def now(self) -> Moment:
        """Where it stands."""
        return self.moments[-1]

    def step(self) -> bool:
        """Take a step; return whether there was one to take."""
        now = self.now
        if now.done:
            return False
        coming = self._rosenblatt(now) if now.neuron.kind is Kind.STEP else self._descended(now)
        if coming is None:
            exploded = not max(map(abs, self.gradient(now.neuron))) < _SETTLED
            self.moments[-1] = replace(now, done=True, exploded=exploded)
            return False
        state = _state(coming)
        if coming.neuron.kind is Kind.STEP and not coming.done:
            earlier = self._met.setdefault(state, coming.steps)
            # Between two equal states something has to have been learned wrongly, else it would be done.
            cycle = coming.steps - earlier
            coming = replace(coming, cycle=now.cycle or cycle)
        self.moments.append(coming)
        return True

    def back(self) -> None:
        """Take the last step back."""
        if len(self.moments) > 1:
            gone = self.moments.pop()
            if self._met.get(_state(gone)) == gone.steps:
                del self._met[_state(gone)]

    def cost(self) -> float:
        """Return the cost J of all samples, by the engine's loss; of the step, the share of mistakes."""
        neuron, x, y = self.now.neuron, self.samples.x, self.samples.y[:, np.newaxis]
        loss = neuron.loss
        if loss is None:
            return float((neuron.answers(x)[:, np.newaxis] != y).mean())
        z = neuron.sums(x)[:, np.newaxis]
        with np.errstate(all="ignore"):
            each = loss.per_sample_fused(z, y) if _is_fused(neuron) else loss.per_sample(z, y)
        return float(each.mean())

    def equations(self) -> tuple[Equation, ...]:
        """Return the last step in letters and with numbers; nothing before the first."""
        now = self.now
        if not now.change:
            return ()
        before = self.moments[-2].neuron
        return self._rule(before, now) if now.neuron.kind is Kind.STEP else _descent(before, now, self.rate)

    def _rosenblatt(self, now: Moment) -> Moment:
        """Look at the next sample; where it is answered wrong, w ← w + η(y − ŷ)x (Rosenblatt 1958, The perceptron)."""
        neuron, x, y = now.neuron, self.samples.x[now.place], float(self.samples.y[now.place])
        error = y - float(neuron.answers(x[np.newaxis])[0])
        change = tuple(self.rate * error * value for value in (*x.tolist(), 1.0 if neuron.biased else 0.0))
        right = 0 if error else now.right + 1
        return Moment(
            _shifted(neuron, change),
            now.steps + 1,
            (now.place + 1) % len(self.samples),
            now.mistakes + bool(error),
            right,
            right >= len(self.samples),
            0,
            now.place,
            change,
        )

    def _descended(self, now: Moment) -> Moment | None:
        """Go down the gradient of the cost of all samples; None where it is flat, or no longer finite."""
        slope = self.gradient(now.neuron)
        change = tuple(-self.rate * value for value in slope)
        neuron = _shifted(now.neuron, change)
        with np.errstate(all="ignore"):
            finite = np.isfinite([*neuron.w, neuron.b, *(_HUGE * value for value in slope)]).all()
        if not finite or max(map(abs, slope)) < _SETTLED:
            return None
        return Moment(neuron, now.steps + 1, change=change, slope=slope)

    def gradient(self, neuron: Neuron) -> tuple[float, ...]:
        """Return ∂J/∂w of every weight, and ∂J/∂b last; 0 without a bias: the means of ∂loss/∂z·x and of ∂loss/∂z."""
        assert neuron.loss is not None
        x, y = self.samples.x, self.samples.y[:, np.newaxis]
        with np.errstate(all="ignore"):
            # What the linear neuron answers is its sum.
            errors = slopes(neuron.loss, neuron.answers(x)[:, np.newaxis], y, fused=_is_fused(neuron))[:, 0]
            by_weights: Array = errors @ x / len(errors)
        return (*(float(value) for value in by_weights), float(errors.mean()) if neuron.biased else 0.0)

    def _rule(self, before: Neuron, now: Moment) -> tuple[Equation, ...]:
        assert now.looked is not None
        x, y = self.samples.x[now.looked], float(self.samples.y[now.looked])
        answer = float(before.answers(x[np.newaxis])[0])
        right = QT_TRANSLATE_NOOP("annstudio", "Sample {number}: ŷ = {answer}, y = {target}, right: nothing changes")
        wrong = QT_TRANSLATE_NOOP("annstudio", "Sample {number}: ŷ = {answer}, y = {target}, wrong: a mistake")
        template = right if answer == y else wrong
        words = text(template, number=str(now.looked + 1), answer=f"{answer:g}", target=f"{y:g}")
        lines = []
        for place, (name, old, new) in enumerate(_numbers(before, now.neuron)):
            factor = float(x[place]) if place < len(x) else None
            letters: Row = (name, PLUS, Sign("η"), OPEN, Sign("y"), MINUS, Sign("y", hat=True), CLOSE)
            numbers: Row = (Figure(old), PLUS, *number(self.rate), TIMES, OPEN, Figure(y), MINUS, Figure(answer), CLOSE)
            if factor is not None:
                letters += (TIMES, Sign("x", name.below))
                numbers += (TIMES, *number(factor))
            lines.append(Equation((name,), letters, numbers, Figure(new), words if not place else None, takes=True))
        return tuple(lines)


def _is_fused(neuron: Neuron) -> bool:
    """Return whether its loss knows its activation, and has the slope by z in one stable formula."""
    return neuron.loss is not None and neuron.activation.info.key in neuron.loss.fused_with


def _descent(before: Neuron, now: Moment, rate: float) -> tuple[Equation, ...]:
    lines = []
    for place, (name, old, new) in enumerate(_numbers(before, now.neuron)):
        slope = now.slope[place] if place < len(before.w) else now.slope[-1]
        letters: Row = (name, MINUS, Sign("η"), TIMES, Words("∂J/∂"), name)
        numbers: Row = (Figure(old), MINUS, *number(rate), TIMES, *number(slope))
        words = Text(QT_TRANSLATE_NOOP("annstudio", "The last step of gradient descent, over all samples"))
        lines.append(Equation((name,), letters, numbers, Figure(new), None if place else words, takes=True))
    return tuple(lines)


def _numbers(before: Neuron, after: Neuron) -> list[tuple[Sign, float, float]]:
    names = [Sign("w", str(place + 1) if len(before.w) > 1 else "") for place in range(len(before.w))]
    found = list(zip(names, before.w, after.w, strict=True))
    return [*found, (Sign("b"), before.b, after.b)] if before.biased else found


def _shifted(neuron: Neuron, change: tuple[float, ...]) -> Neuron:
    w = tuple(old + more for old, more in zip(neuron.w, change[:-1], strict=True))
    return neuron.with_numbers(w, neuron.b + change[-1])


def _state(moment: Moment) -> tuple[object, ...]:
    neuron = moment.neuron
    return (*(round(value, _ROUNDED) for value in (*neuron.w, neuron.b)), moment.place)
