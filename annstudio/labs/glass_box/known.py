"""What is known already where one stands in the walk: everything before, and what the stop itself is about."""

from dataclasses import dataclass

from annstudio.labs.glass_box.moment import Moment
from annstudio.labs.glass_box.page import Level, Stop

FORWARD, LOSS, BACKWARD, UPDATE = range(4)
"""The passes, by their numbers in a step."""


@dataclass(frozen=True)
class Known:
    """How far the numbers of a step have come.

    Args:
        moment: with all of them.
        path: where one stands.
        term_done: the finest part of the neuron at hand gives the neuron's number; so it is known.
    """

    moment: Moment
    path: tuple[int, ...]
    term_done: bool = True

    def value(self, place: int, unit: int) -> bool:
        """Return whether an output of a layer is known."""
        if place < 0:
            return True
        if not self.path:
            return False
        pass_number, *rest = self.path
        return pass_number > FORWARD or self._done(place, unit, list(range(self.moment.last + 1)), rest)

    @property
    def loss(self) -> bool:
        """Return whether the loss of the sample is known."""
        return bool(self.path) and self.path[0] >= LOSS

    @property
    def cost(self) -> bool:
        """Return whether the cost of the batch is known."""
        return bool(self.path) and (self.path[0] > LOSS or self.path in ((LOSS,), (LOSS, 1)))

    def delta(self, place: int, unit: int, order: list[int]) -> bool:
        """Return whether ∂J/∂z is known.

        Args:
            place, unit: whose.
            order: places of the layers in the order of the pass backward.
        """
        if not self.path or self.path[0] < BACKWARD or place not in order:
            return False
        if self.path[0] > BACKWARD:
            return True
        rest = list(self.path[1:])
        if rest:
            # The first part of the pass backward is the loss's own.
            rest[0] -= 1
        return self._done(place, unit, order, rest)

    def _done(self, place: int, unit: int, order: list[int], rest: list[int]) -> bool:
        if not rest:
            return True
        at, *finer = rest
        if at < 0:
            return False
        here = order.index(place)
        if here != at:
            return here < at
        if not finer:
            return True
        return unit < finer[0] or (unit == finer[0] and (len(finer) == 1 or self.term_done))


def gives_its_number(trail: list[Stop]) -> bool:
    """Return whether the last of these stops, if it is a term, is the one that gives its neuron's number."""
    if trail[-1].level is not Level.TERM:
        return True
    return trail[-1] is trail[-2].parts[-1]
