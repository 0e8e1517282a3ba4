"""What pictures of a race need to know, whether it runs over a formula or over the cost of a network."""

from collections.abc import Sequence
from typing import Protocol

from annstudio.core.calls import Array
from annstudio.core.texts import Text
from annstudio.engine.optimizers.base import Optimizer
from annstudio.labs.notation import Equation

Place = tuple[float, float]


class Ground(Protocol):
    """A square map of heights, from −extent to extent both ways."""

    @property
    def extent(self) -> float:
        """Where it ends."""

    @property
    def letter(self) -> str:
        """What its heights are called."""

    @property
    def relief(self) -> Array:
        """How high it looks, 0 to 1, (y, x), both ascending, as many points both ways."""

    @property
    def lowest(self) -> Sequence[Place]:
        """Its lowest places, as far as they are known."""

    def height(self, x: float, y: float) -> float:
        """Return the height of a place; NaN where it is not known."""

    def at(self, x: Array, y: Array) -> Array:
        """Return heights of many places, (n,)."""

    def looks(self, heights: Array) -> Array:
        """Return how high heights look, 0 to 1."""


class Walker(Protocol):
    """One who takes part."""

    @property
    def key(self) -> str:
        """That of its optimizer."""

    @property
    def optimizer(self) -> Optimizer:
        """With its numbers."""

    @property
    def path(self) -> Sequence[Place]:
        """Where it has been, the start first."""

    @property
    def place(self) -> Place:
        """Where it is."""

    @property
    def steps(self) -> int:
        """Steps taken."""

    @property
    def told(self) -> Text:
        """How it is doing."""

    def arrows(self) -> dict[str, Place]:
        """Return what moves it, by name: gradient, momentum, step."""

    def squares(self) -> Place | None:
        """Return the averaged squares of the gradient in both directions; None where none are kept."""

    def equations(self) -> tuple[Equation, ...]:
        """Return its last step with numbers."""


class Contest(Protocol):
    """Walkers over one ground."""

    @property
    def origin(self) -> object:
        """Stays the same as long as ways only become longer."""

    @property
    def terrain(self) -> Ground:
        """What they walk over."""

    @property
    def racers(self) -> Sequence[Walker]:
        """Who takes part."""

    @property
    def start(self) -> Place:
        """Where all began."""
