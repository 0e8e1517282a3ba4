"""An activation by itself."""

from collections.abc import Sequence

import numpy as np

from annstudio.core.calls import Array, Calls
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations import activations
from annstudio.engine.activations.base import Activation
from annstudio.engine.layers._weighted import ACTIVATION
from annstudio.engine.layers.base import Block, Layer, Shape, only
from annstudio.engine.stage import Stage


class ActivationLayer(Layer):
    """a = f(x), without weights: what comes in is the z of the activation.

    Args:
        activation: the function f, or its key.
    """

    info = Info(
        key="activation",
        label=QT_TRANSLATE_NOOP("annstudio", "Activation"),
        order=40,
        category=QT_TRANSLATE_NOOP("annstudio", "Layers"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Bends every value that comes in; it has no weights."),
        formula="a = f(x)",
        reference="Cybenko 1989, Approximation by superpositions of a sigmoidal function",
        params=(ACTIVATION,),
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio",
            "Where something stands between the weighted sum and its activation, such as a batch normalization.",
        ),
        pros=QT_TRANSLATE_NOOP("annstudio", "Sums and outputs are cards of their own, so both can be looked at."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Directly behind a layer with an activation it bends a second time."),
    )
    icon = "spline"
    letter = "A"

    def __init__(self, activation: Activation | str) -> None:
        self.activation: Activation = activations.made(activation)

    def output(self, inputs: Sequence[Shape]) -> Shape:
        """Return the shape that comes in; see Layer.output."""
        return only(inputs)

    def blocks(self, inputs: Sequence[Shape]) -> tuple[Block, ...]:
        """Return the block of what the activation learns, if it learns anything; see Layer.blocks."""
        learned = len(self.activation.learned())
        return (Block(1, learned),) if learned else ()

    def parts(self, blocks: Sequence[Array]) -> dict[str, Array]:
        """Return what the activation learns; see Layer.parts."""
        return {"activation": blocks[0][0]} if blocks else {}

    def initialize(self, rng: np.random.Generator, blocks: Sequence[Array]) -> None:
        """Write where the activation starts; see Layer.initialize."""
        for values in blocks:
            values[0] = self.activation.learned()

    def calls(self, stage: Stage) -> tuple[Calls, Calls]:
        """Return a = f(x) and dJ/dx = f′(x)·dJ/da; see Layer.calls."""
        return stage.bend(), [*stage.unbend(), *stage.pass_error()]
