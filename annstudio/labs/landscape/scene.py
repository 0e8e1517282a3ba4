"""A race on a network and the slice it is looked at on; working it out takes a while."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text
from annstudio.labs.landscape.ground import CostGround
from annstudio.labs.landscape.naming import NamedWeight, named_weights
from annstudio.labs.landscape.shown import Shown, shown
from annstudio.labs.landscape.slices import Kind, Slice, costs_over, principal, random_directions, two_weights
from annstudio.labs.landscape.training import TrainingRace, finite_cost

_FINE, _COARSE = 5e9, 3e8
"""Multiply-adds for a slice to look at, and for one while the race goes on."""
_LEAST = 8e5
"""Multiply-adds that a look at the cost of the smallest network is worth, in time."""
_SIDES = (61, 51, 41, 31, 25, 19, 15, 11)
_GROWN = 1.5
"""While it goes on, the slice is laid anew when there are so many times the steps."""


@dataclass(frozen=True)
class Wish:
    """What the slice is to be.

    Args:
        kind: how it lies.
        seed: of random directions.
        followed: places of two weights; None lets those be taken that moved furthest.
        selected: the racer through whose weights it goes.
    """

    kind: Kind = Kind.PRINCIPAL
    seed: int = 0
    followed: tuple[int, int] | None = None
    selected: int = 0


@dataclass(frozen=True, eq=False)
class Scene:
    """What there is to see.

    Args:
        race: goes on beside the window only.
        shown: how it looks.
        named: weights to choose from.
        followed: places of the two that are followed.
        steps: that the race had when the slice was laid.
        epoch: whole epochs.
    """

    race: TrainingRace
    shown: Shown
    named: tuple[NamedWeight, ...]
    followed: tuple[int, int]
    steps: int
    epoch: int

    def gone_on(self) -> "Scene":
        """Return it as the race looks now, on the same slice."""
        return replace(self, shown=self.shown.gone_on(self.race, self.followed), epoch=_epoch(self.race))

    @property
    def outgrown(self) -> bool:
        """The race has gone so far that the slice should be laid anew."""
        return self.race.steps >= max(4, _GROWN * self.steps)


def look(race: TrainingRace, wish: Wish, fine: bool, wanted: Callable[[], bool]) -> Scene | None:
    """Return a race on a slice; None if it was given up.

    Args:
        race: as it stands.
        wish: how the slice is to lie; before there is a way to lay it through, directions are random, and where these
            make no plane, it is along two weights.
        fine: at as many points as one may wait for.
        wanted: asked now and then.

    Raises:
        UserError: the cost is nowhere finite.
    """
    ways = [each.way for each in race.contestants]
    moved = np.sqrt(sum(((way[-1] - way[0]) ** 2 for way in ways), np.zeros(ways[0].shape[1])))
    named = named_weights(race.project, race.compiled, moved)
    followed = wish.followed or _furthest(moved, named)
    plane = _plane(race, wish, followed, ways)
    samples = race.contestants[0].trainer.samples
    costs = costs_over(race.compiled.network, plane, samples, _side(race.work, fine), wanted)
    if costs is None:
        return None
    if not np.isfinite(costs).any():
        nowhere = QT_TRANSLATE_NOOP(
            "annstudio", "The cost is no finite number anywhere on this slice: lay another one."
        )
        raise UserError(Text(nowhere))
    ground = CostGround(race.compiled.network, samples, plane, costs)
    return Scene(race, shown(race, ground, followed), tuple(named), followed, race.steps, _epoch(race))


def _plane(race: TrainingRace, wish: Wish, followed: tuple[int, int], ways: Sequence[Array]) -> Slice:
    network = race.compiled.network
    chosen = race.contestants[min(wish.selected, len(race.contestants) - 1)]
    if chosen.failed:
        # What has exploded leads nowhere.
        chosen = min(race.contestants, key=finite_cost)
    center = chosen.trainer.weights.astype(np.float64)
    sound = [way for way, each in zip(ways, race.contestants, strict=True) if not each.failed] or list(ways)
    if wish.kind is Kind.WEIGHTS:
        return two_weights(center, network.trainable_count, followed, sound)
    along = principal(center, sound, network.trainable_count) if wish.kind is Kind.PRINCIPAL else None
    plane = along or random_directions(network, center, wish.seed)
    # Directions as long as weights that are 0, or of a single weight, make no plane.
    return plane if plane.spanned else two_weights(center, network.trainable_count, followed, sound)


def _furthest(moved: Array, named: Sequence[NamedWeight]) -> tuple[int, int]:
    """Return the two weights that have moved furthest, or the first ones."""
    places = sorted((weight.place for weight in named), key=lambda place: -moved[place])
    first, second = sorted(places[:2]) if len(places) > 1 else (places[0], places[0])
    return first, second


def _side(work: float, fine: bool) -> int:
    budget = _FINE if fine else _COARSE
    each = max(work, _LEAST)
    return next((side for side in _SIDES if side * side * each <= budget), _SIDES[-1])


def _epoch(race: TrainingRace) -> int:
    return max(each.trainer.epoch for each in race.contestants)
