"""What can be pointed at in the drawing of neurons."""

from dataclasses import dataclass

from annstudio.training.by_hand import WeightPlace


@dataclass(frozen=True)
class Neuron:
    """A circle: one value of a layer."""

    node_id: str
    number: int


@dataclass(frozen=True)
class Link:
    """A link with a weight, from a value of the layer before to a neuron.

    Args:
        node_id: the layer that has the weight.
        source: number of the value that it weighs.
        unit: number of the neuron.
    """

    node_id: str
    source: int
    unit: int

    @property
    def place(self) -> WeightPlace:
        """Where its number is."""
        return WeightPlace(self.node_id, "kernel", (self.source, self.unit))


@dataclass(frozen=True)
class Bias:
    """The dot at a neuron."""

    node_id: str
    unit: int

    @property
    def place(self) -> WeightPlace:
        """Where its number is."""
        return WeightPlace(self.node_id, "bias", (self.unit,))


@dataclass(frozen=True)
class Whole:
    """A layer as a whole: its title, its bar or its stack."""

    node_id: str


Weight = Link | Bias
Thing = Neuron | Link | Bias | Whole
