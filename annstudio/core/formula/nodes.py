"""What a formula is made of: an immutable tree of numbers, names and functions of these."""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Node:
    """A part of a formula."""

    @property
    def variables(self) -> frozenset[str]:
        """The names that its value depends on."""
        return frozenset()


@dataclass(frozen=True)
class Number(Node):
    """A number as it was written; possibly negative."""

    value: float


@dataclass(frozen=True)
class Constant(Node):
    """A number with a name: pi or e."""

    name: str


@dataclass(frozen=True)
class Variable(Node):
    """A name that stands for the numbers to calculate with."""

    name: str

    @property
    def variables(self) -> frozenset[str]:
        """Its own name."""
        return frozenset({self.name})


@dataclass(frozen=True)
class Apply(Node):
    """A function of other parts; operators are functions called "+", "-", "*", "/", "**" and "neg"."""

    function: str
    arguments: tuple[Node, ...]

    @cached_property
    def variables(self) -> frozenset[str]:
        """The names in any of its arguments."""
        return frozenset[str]().union(*(argument.variables for argument in self.arguments))

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Kept, because dictionaries ask for it often and it looks at the whole tree."""
        return hash((self.function, self.arguments))
