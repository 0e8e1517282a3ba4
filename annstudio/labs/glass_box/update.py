"""The update: from a gradient to a new weight, line by line of the optimizer's rule."""

from functools import cached_property

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.clipping import MARGIN
from annstudio.engine.rules import LETTERS, Line, calculated, parsed
from annstudio.labs.glass_box.backward import parameters_of
from annstudio.labs.glass_box.loss import COST
from annstudio.labs.glass_box.marks import Gradient, Parameter, Value, parameters_in
from annstudio.labs.glass_box.moment import Moment
from annstudio.labs.glass_box.page import Level, Page, Stop
from annstudio.labs.notation import (
    MINUS,
    PLUS,
    TIMES,
    Equation,
    Figure,
    Fraction,
    Mark,
    Row,
    Sign,
    Words,
    number,
    of_formula,
    sign_of,
)

_MOST_WEIGHTS = 12
"""Of one unit whose old and new values are listed."""


def update_pass(moment: Moment) -> Stop:
    """Return the optimizer's step."""
    step = Step(moment)
    places = [place for place in range(len(moment.network.layers)) if moment.layer(place).gradients]
    return Stop(
        Level.PASS,
        Text(QT_TRANSLATE_NOOP("annstudio", "Update")),
        lambda: _pass_page(step),
        lambda: [_layer(step, place) for place in places],
    )


class Step:
    """One step of an optimizer, for each weight.

    Args:
        moment: whose trace has the update.
    """

    def __init__(self, moment: Moment) -> None:
        assert moment.trace.update is not None
        self.moment, self.update = moment, moment.trace.update
        self.before = moment.network.parts(self.update.before)
        self.after = moment.network.parts(self.update.after)
        optimizer = moment.optimizer
        self._slots = {
            key: (slot.symbol, self._parts(self.update.state_before[key]), self._parts(self.update.state_after[key]))
            for key, slot in optimizer.slots.items()
            if self.update.state_before[key].shape == self.update.before.shape
        }

    @cached_property
    def t(self) -> int:
        """The number of the step, from 1, as the optimizer counts."""
        steps = self.update.state_before.get("step")
        return 1 + int(steps.item()) if steps is not None else 1

    def lines(self, part: str) -> tuple[Line, ...]:
        """Return what is done with a gradient of this part of any layer."""
        return self.moment.optimizer.rule(self.t, kernel=part == "kernel")

    def letters(self, place: int, part: str, index: tuple[int, ...]) -> dict[str, float]:
        """Return what the letters stand for before the step; g is the gradient as it reaches the optimizer."""
        live = {LETTERS[key]: value for key, value in self.moment.live.items() if key in LETTERS}
        slots = {symbol: float(before[place][part][index]) for symbol, before, _ in self._slots.values()}
        numbers = {
            slot.symbol: float(self.update.state_before[key].item())
            for key, slot in self.moment.optimizer.slots.items()
            if self.update.state_before[key].ndim == 0
        }
        w = float(self.before[place][part][index])
        return live | slots | numbers | {"w": w, "g": self.reaching(place, part, index), "t": float(self.t)}

    def remembered(self, symbol: str, place: int, part: str, index: tuple[int, ...]) -> float | None:
        """Return what the optimizer remembers after the step under a letter; None if that is not remembered."""
        for own, _, after in self._slots.values():
            if own == symbol:
                return float(after[place][part][index])
        return None

    def gradient(self, place: int, part: str, index: tuple[int, ...]) -> float:
        """Return ∂J/∂w, of the loss alone."""
        return float(self.moment.layer(place).gradients[part][index])

    def reaching(self, place: int, part: str, index: tuple[int, ...]) -> float:
        """Return the gradient with its penalty, cut back."""
        return float(self._reaching[place][part][index])

    @cached_property
    def penalized(self) -> list[dict[str, Array]]:
        """The gradients, with what L1 and L2 add."""
        return self._parts(self._penalized)

    @cached_property
    def norm(self) -> float:
        """‖g‖ of the whole gradient, and the little that keeps it from being zero."""
        return float(np.linalg.norm(self._cut)) + MARGIN

    @cached_property
    def _penalized(self) -> Array:
        found = self.update.gradient.astype(np.float64)
        weights = self.update.before
        for place, (parts, layer) in enumerate(zip(self._parts(found), self.moment.network.layers, strict=True)):
            if "kernel" in parts and (layer.l1 or layer.l2):
                w = self._parts(weights)[place]["kernel"]
                parts["kernel"] += layer.l2 * w + layer.l1 * np.sign(w)
        return found

    @cached_property
    def _cut(self) -> Array:
        limit = self.moment.clipping.value
        return np.clip(self._penalized, -limit, limit) if limit else self._penalized

    @cached_property
    def _reaching(self) -> list[dict[str, Array]]:
        limit, cut = self.moment.clipping.norm, self._cut
        return self._parts(cut * min(1.0, limit / self.norm) if limit else cut)

    def _parts(self, flat: Array) -> list[dict[str, Array]]:
        return self.moment.network.parts(flat)


def _pass_page(step: Step) -> Page:
    optimizer = step.moment.optimizer
    lines = tuple(_in_letters(line) for line in step.lines("kernel"))
    return Page(
        text(QT_TRANSLATE_NOOP("annstudio", "Update: {optimizer}"), optimizer=Text(optimizer.info.label)),
        text(
            QT_TRANSLATE_NOOP("annstudio", "{summary} Each weight w is moved by this rule; g is its gradient ∂J/∂w."),
            summary=Text(optimizer.info.summary),
        ),
        lines,
        frozenset[Mark]({COST}),
    )


def _in_letters(line: Line) -> Equation:
    return Equation((sign_of(line.name),), of_formula(parsed(line.formula).root, {}), takes=True)


def _layer(step: Step, place: int) -> Stop:
    moment = step.moment
    return Stop(
        Level.LAYER,
        Text(QT_TRANSLATE_NOOP("annstudio", "{layer}"), {"layer": moment.network.names[place]}),
        lambda: _layer_page(step, place),
        lambda: _groups(step, place),
    )


def _layer_page(step: Step, place: int) -> Page:
    equations, lit = [], set[Mark]()
    for part, after in step.after[place].items():
        if part not in step.moment.layer(place).gradients:
            continue
        moved = after - step.before[place][part]
        largest = np.unravel_index(int(np.abs(moved).argmax()), moved.shape)
        index = tuple(int(number) for number in largest)
        words = text(QT_TRANSLATE_NOOP("annstudio", "The one of {count} that moves most"), count=moved.size)
        equations.append(_moved(step, place, part, index, words))
        lit |= parameters_in(place, part, moved.shape)
    return Page(
        text(QT_TRANSLATE_NOOP("annstudio", "Update: {layer}"), layer=step.moment.network.names[place]),
        Text(QT_TRANSLATE_NOOP("annstudio", "Every weight takes its own step, all by the same rule.")),
        tuple(equations),
        frozenset(lit),
    )


def _moved(step: Step, place: int, part: str, index: tuple[int, ...], words: Text | None = None) -> Equation:
    """Return the new value of a parameter as the old one and what is added."""
    before, after = (float(parts[place][part][index]) for parts in (step.before, step.after))
    sign = step.moment.letters.parameter(place, part, index)
    row = (Figure(before), PLUS if after >= before else MINUS, Figure(abs(after - before)))
    return Equation((sign,), (), row, Figure(after, Parameter(place, part, index), strong=True), words, takes=True)


def _groups(step: Step, place: int) -> list[Stop]:
    """Return a stop for the parameters of each unit, and one for each part whose parameters belong to no unit."""
    moment = step.moment
    stops, by_unit = [], set[str]()
    for unit in range(moment.size(place)):
        owned = parameters_of(moment, place, unit)
        by_unit |= {part for part, _ in owned}
        if owned:
            stops.append(_group(step, place, (moment.letters.value(place, unit),), owned, Value(place, unit)))
    for part, gradient in moment.layer(place).gradients.items():
        if part not in by_unit:
            owned = [(part, tuple(index)) for index in np.ndindex(gradient.shape)]
            stops.append(_group(step, place, (moment.letters.parameter(place, part, ()),), owned, None))
    return stops


def _group(step: Step, place: int, title: Row, owned: list[tuple[str, tuple[int, ...]]], value: Value | None) -> Stop:
    return Stop(
        Level.NEURON,
        title,
        lambda: _group_page(step, place, owned, value),
        lambda: [_weight(step, place, part, index) for part, index in owned],
    )


def _group_page(step: Step, place: int, owned: list[tuple[str, tuple[int, ...]]], value: Value | None) -> Page:
    shown = owned if len(owned) <= _MOST_WEIGHTS else [*owned[: _MOST_WEIGHTS - 1], owned[-1]]
    lit: set[Mark] = {Parameter(place, part, index) for part, index in owned}
    about = text(
        QT_TRANSLATE_NOOP(
            "annstudio", "Old and new values, {shown} of {count}; step into one to see its rule at work."
        ),
        shown=len(shown),
        count=len(owned),
    )
    return Page(
        text(
            QT_TRANSLATE_NOOP("annstudio", "Update: the weights of a unit of {layer}"),
            layer=step.moment.network.names[place],
        ),
        about,
        tuple(_moved(step, place, part, index) for part, index in shown),
        frozenset(lit | ({value} if value is not None else set())),
    )


def _weight(step: Step, place: int, part: str, index: tuple[int, ...]) -> Stop:
    title: Row = (step.moment.letters.parameter(place, part, index),)
    return Stop(Level.TERM, title, lambda: weight_page(step, place, part, index))


def weight_page(step: Step, place: int, part: str, index: tuple[int, ...]) -> Page:
    """Return the page of one weight: its gradient, the rule line by line, its new value."""
    sign = step.moment.letters.parameter(place, part, index)
    equations = [
        _gradient(step, place, part, index),
        *_prepared(step, place, part, index),
        *_ruled(step, place, part, index),
        *_shrunk(step, place, part, index),
    ]
    optimizer = Text(step.moment.optimizer.info.label)
    return Page(
        text(QT_TRANSLATE_NOOP("annstudio", "Update: one weight by {optimizer}"), optimizer=optimizer),
        _about(step),
        tuple(equations),
        frozenset[Mark]({Parameter(place, part, index), Gradient(place, part, index)}),
        ((sign, PLUS, Sign("η"), TIMES, Sign("g")),),
    )


def _about(step: Step) -> Text:
    """Say whether the rule remembers anything, and which step it is where the rule counts."""
    lines = step.lines("kernel")
    if not lines:
        joint = QT_TRANSLATE_NOOP(
            "annstudio", "Here each weight's step depends on all of them: this is what came of it."
        )
        return Text(joint)
    slots = {slot.symbol for slot in step.moment.optimizer.slots.values()}
    if not slots & {line.name for line in lines}:
        return Text(QT_TRANSLATE_NOOP("annstudio", "Against the gradient goes downhill."))
    if not any("t" in parsed(line.formula).root.variables for line in lines):
        return Text(QT_TRANSLATE_NOOP("annstudio", "This optimizer remembers earlier gradients."))
    return text(
        QT_TRANSLATE_NOOP("annstudio", "Step t = {t} of this optimizer, which remembers earlier gradients."), t=step.t
    )


def _gradient(step: Step, place: int, part: str, index: tuple[int, ...]) -> Equation:
    mark = Gradient(place, part, index)
    value = Figure(step.gradient(place, part, index), mark, strong=True)
    return Equation((Sign("g"),), step.moment.letters.gradient(place, part, index), (), value)


def _prepared(step: Step, place: int, part: str, index: tuple[int, ...]) -> list[Equation]:
    """Return what happens to a gradient before the optimizer sees it: penalties, then clipping."""
    layer, clipping = step.moment.network.layers[place], step.moment.clipping
    g, w = Sign("g"), step.moment.letters.parameter(place, part, index)
    before = float(step.before[place][part][index])
    found = []
    came = penalized = float(step.penalized[place][part][index])
    if part == "kernel" and (layer.l1 or layer.l2):
        letters: Row = (g,)
        numbers: Row = number(step.gradient(place, part, index), first=True)
        if layer.l2:
            letters += (PLUS, Sign("λ", "2"), TIMES, w)
            numbers += (PLUS, Figure(layer.l2), TIMES, *number(before))
        if layer.l1:
            letters += (PLUS, Sign("λ", "1"), TIMES, Words("sign("), w, Words(")"))
            numbers += (PLUS, Figure(layer.l1), TIMES, *number(float(np.sign(before))))
        words = Text(QT_TRANSLATE_NOOP("annstudio", "The penalty for large weights"))
        found.append(Equation((g,), letters, numbers, Figure(penalized), words, takes=True))
    if clipping.value:
        came = float(np.clip(penalized, -clipping.value, clipping.value))
        words = Text(QT_TRANSLATE_NOOP("annstudio", "Clipped by value"))
        letters = (Words("max(−c, min("), g, Words(", c))"))
        found.append(Equation((g,), letters, (), Figure(came), words, takes=True))
    if clipping.norm:
        letters = (g, TIMES, Words("min(1, "), Fraction((Words("c"),), (Words("‖"), g, Words("‖"))), Words(")"))
        ratio = Fraction((Figure(clipping.norm),), (Figure(step.norm),))
        words = Text(QT_TRANSLATE_NOOP("annstudio", "Clipped by norm"))
        numbers = (Figure(came), TIMES, Words("min(1, "), ratio, Words(")"))
        cut = step.reaching(place, part, index)
        found.append(Equation((g,), letters, numbers, Figure(cut), words, takes=True))
    return found


def _ruled(step: Step, place: int, part: str, index: tuple[int, ...]) -> list[Equation]:
    """Return the lines of the rule, in letters and with numbers."""
    lines = step.lines(part)
    if not lines:
        return [_moved(step, place, part, index)]
    sign = step.moment.letters.parameter(place, part, index)
    moments = calculated(lines, step.letters(place, part, index))
    found = []
    for at, line in enumerate(lines):
        root, known = parsed(line.formula).root, moments[at]
        letters = of_formula(root, {"w": (sign,)})
        numbers = of_formula(root, {name: (Figure(float(known[name])),) for name in root.variables})
        left = sign if line.name == "w" else sign_of(line.name)
        value = step.remembered(line.name, place, part, index)
        last = line.name == "w" and at == len(lines) - 1
        if value is None or any(later.name == line.name for later in lines[at + 1 :]):
            value = float(moments[at + 1][line.name])
        if last and not step.moment.network.layers[place].max_norm:
            value = float(step.after[place][part][index])
        result = Figure(value, Parameter(place, part, index) if last else None, strong=last)
        found.append(Equation((left,), letters, numbers, result, takes=True))
    return found


def _shrunk(step: Step, place: int, part: str, index: tuple[int, ...]) -> list[Equation]:
    """Return what max-norm does to the new weight."""
    limit = step.moment.network.layers[place].max_norm
    if not limit or part != "kernel" or not step.lines(part):
        return []
    sign = step.moment.letters.parameter(place, part, index)
    letters: Row = (sign, TIMES, Words("min(1, "), Fraction((Words("c"),), (Words("‖w‖"),)), Words(")"))
    words = text(QT_TRANSLATE_NOOP("annstudio", "No unit's weights may be longer than {limit}"), limit=limit)
    result = Figure(float(step.after[place][part][index]), Parameter(place, part, index), strong=True)
    return [Equation((sign,), letters, (), result, words, takes=True)]
