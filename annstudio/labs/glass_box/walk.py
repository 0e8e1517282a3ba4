"""The walk through training: into a step, over it, out of it, and back."""

from collections.abc import Sequence
from dataclasses import dataclass

from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.labs.glass_box.backward import backward_pass
from annstudio.labs.glass_box.bench import Bench
from annstudio.labs.glass_box.forward import forward_pass
from annstudio.labs.glass_box.loss import COST, loss_pass
from annstudio.labs.glass_box.marks import parameters_in
from annstudio.labs.glass_box.moment import Moment
from annstudio.labs.glass_box.page import Level, Page, Stop
from annstudio.labs.glass_box.update import update_pass
from annstudio.labs.notation import Mark

Path = tuple[int, ...]


def whole_step(moment: Moment, step: int) -> Stop:
    """Return one step of training: forward, loss, backward, update.

    Args:
        moment: with the numbers.
        step: how many were taken before it.
    """
    return Stop(
        Level.UPDATE,
        text(QT_TRANSLATE_NOOP("annstudio", "Step {number}"), number=step + 1),
        lambda: _step_page(moment, step),
        lambda: [forward_pass(moment), loss_pass(moment), backward_pass(moment), update_pass(moment)],
    )


def _step_page(moment: Moment, step: int) -> Page:
    lit: set[Mark] = {COST}
    for place, parts in enumerate(moment.parts):
        kernel = parts.get("kernel")
        if kernel is not None and kernel.ndim == 2:
            lit |= parameters_in(place, "kernel", kernel.shape)
    return Page(
        text(QT_TRANSLATE_NOOP("annstudio", "Step {number}: a batch of {count}"), number=step + 1, count=moment.batch),
        Text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "Forward, the network answers. The loss says how wrong. Backward, each weight hears its part of it. "
                "The update moves the weights. Step over to see one after the other, or into the first.",
            )
        ),
        (),
        frozenset(lit),
    )


@dataclass(frozen=True)
class Position:
    """Where one stands.

    Args:
        step: how many steps were taken before.
        path: numbers of the parts, from the step downward.
        focus: place in the batch of the sample that is looked at.
    """

    step: int
    path: Path
    focus: int


class Walk:
    """Goes from stop to stop; remembers where it has been.

    Args:
        bench: that takes the steps.
    """

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.path: Path = ()
        self.moment = bench.moment()
        self.root = whole_step(self.moment, bench.steps)
        self._been: list[Position] = []

    @property
    def stop(self) -> Stop:
        """Where one stands."""
        return self.trail[-1]

    @property
    def trail(self) -> list[Stop]:
        """The stops from the whole step down to this one."""
        stops = [self.root]
        for number in self.path:
            stops.append(stops[-1].parts[number])
        return stops

    @property
    def position(self) -> Position:
        """Where one stands, as it is remembered."""
        return Position(self.bench.steps, self.path, self.moment.focus)

    @property
    def may_go_back(self) -> bool:
        """There is something to go back to."""
        return bool(self._been)

    def over(self, level: Level) -> bool:
        """Go to the next stop of a level, past all that is finer; return False if the numbers would not stay finite."""
        here = self.position
        if level is Level.EPOCH:
            done = self._end_epoch()
        else:
            following = self._next(int(level))
            done = True
            if following is None:
                done = self._take_step()
                following = self._down((), 0 if level is Level.UPDATE else int(level))
            self.path = following
        if done:
            self._been.append(here)
        return done

    def into(self) -> bool:
        """Go to the first part, or on where there is none."""
        if not self.stop.parts:
            return self.over(Level(max(1, len(self.path))))
        self._been.append(self.position)
        self.path = (*self.path, 0)
        return True

    def out(self) -> None:
        """Go to what this is a part of."""
        if self.path:
            self._been.append(self.position)
            self.path = self.path[:-1]

    def back(self) -> None:
        """Go to where one was before."""
        if self._been:
            self._return_to(self._been.pop())

    def go_to(self, path: Path) -> None:
        """Go to a stop of this step."""
        self._been.append(self.position)
        self.path = path

    def look_at(self, focus: int) -> None:
        """Look at another sample of the batch, at the same stop."""
        self._been.append(self.position)
        self._show(focus)

    def numbered(self, level: Level) -> tuple[int, int] | None:
        """Return which stop of a level this is, from 1, and of how many; None where there are too many to count."""
        if level < Level.PASS:
            return None
        stops = _paths(self.root, int(level), _MOST_COUNTED)
        if stops is None:
            return None
        before = [path for path in stops if path <= self.path]
        return max(1, len(before)), len(stops)

    def _next(self, depth: int) -> Path | None:
        """Return the next stop at a depth, or of less where nothing is so fine; None at the end of the step."""
        if depth == 0:
            return None
        if len(self.path) < depth and self.stop.parts:
            return self._down(self.path, depth)
        path = self.path[:depth]
        while path:
            *above, number = path
            parts = self._stop_at(tuple(above)).parts
            if number + 1 < len(parts):
                return self._down((*above, number + 1), depth)
            path = tuple(above)
        return None

    def _down(self, path: Path, depth: int) -> Path:
        stop = self._stop_at(path)
        while len(path) < depth and stop.parts:
            path, stop = (*path, 0), stop.parts[0]
        return path

    def _stop_at(self, path: Path) -> Stop:
        stop = self.root
        for number in path:
            stop = stop.parts[number]
        return stop

    def _take_step(self) -> bool:
        taken = self.bench.forward()
        self.path = ()
        self._show(self.moment.focus)
        return taken

    def _end_epoch(self) -> bool:
        ends = False
        while not ends:
            ends = self.bench.epoch_ends
            if not self.bench.forward():
                break
        self.path = ()
        self._show(0)
        return ends

    def _return_to(self, position: Position) -> None:
        if position.step != self.bench.steps:
            self.bench.go_to(position.step)
        if position.step < self.bench.steps:
            # That far back, nothing is kept any more.
            self._been.clear()
            position = Position(self.bench.steps, (), 0)
        self._show(position.focus)
        self.path = position.path

    def _show(self, focus: int) -> None:
        self.moment = self.bench.moment(focus)
        self.root = whole_step(self.moment, self.bench.steps)


_MOST_COUNTED = 5_000


def _paths(root: Stop, depth: int, most: int) -> list[Path] | None:
    """Return the paths of all stops at a depth, in order; None where there are more than so many."""
    paths: list[Path] = []

    def visit(stop: Stop, path: Path) -> bool:
        if len(path) == depth or not stop.parts:
            paths.append(path)
            return len(paths) <= most
        parts: Sequence[Stop] = stop.parts
        return all(visit(part, (*path, number)) for number, part in enumerate(parts))

    return paths if visit(root, ()) else None
