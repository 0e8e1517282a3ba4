"""The fully connected layer."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from annstudio.core.calls import Array, Calls
from annstudio.core.params import Integer
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.layers._weighted import ACTIVATION, INITIALIZER, WEIGHTED, Weighted
from annstudio.engine.layers.base import Block, Shape, row
from annstudio.engine.stage import Stage

MAXIMUM_UNITS = 4096


class Dense(Weighted):
    """a = f(z) with z = W x + b: every unit weighs every input, adds its bias and applies the activation.

    Args:
        units: number of units.
        options: see Weighted.
    """

    info = Info(
        key="dense",
        label=QT_TRANSLATE_NOOP("annstudio", "Dense"),
        order=20,
        category=QT_TRANSLATE_NOOP("annstudio", "Layers"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Every unit takes a weighted sum of all inputs, adds a bias and passes it on."
        ),
        formula="a = f(W x + b)",
        reference="Rosenblatt 1958, The perceptron; Rumelhart, Hinton & Williams 1986",
        params=(
            Integer(
                "units",
                QT_TRANSLATE_NOOP("annstudio", "Units"),
                default=8,
                minimum=1,
                maximum=MAXIMUM_UNITS,
                help=QT_TRANSLATE_NOOP("annstudio", "How many neurons stand side by side in this layer."),
            ),
            ACTIVATION,
            INITIALIZER,
            *WEIGHTED,
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "The workhorse: for any inputs that have no order or shape."),
    )
    icon = "layers"
    letter = "D"
    takes_slices = True

    def __init__(self, units: int, *options: Any, **named_options: Any) -> None:
        super().__init__(*options, **named_options)
        self.units = units

    def output(self, inputs: Sequence[Shape]) -> Shape:
        """Return (units,); see Layer.output."""
        row(inputs)
        return (self.units,)

    def blocks(self, inputs: Sequence[Shape]) -> tuple[Block, ...]:
        """Return the block [W; b], (inputs + 1, units); see Layer.blocks."""
        return self._blocks(inputs[0][0], self.units)

    def multiply_adds(self, inputs: Sequence[Shape]) -> int:
        """Return one product for every weight of the kernel; see Layer.multiply_adds."""
        return inputs[0][0] * self.units

    def terms(self, stage: Stage, sample: int) -> dict[str, Array]:
        """Return the "products" wᵢⱼ·xᵢ, with the biases as last row, (inputs + 1, units): its columns add up to z."""
        (x,) = stage.inputs
        h = x.full if self.bias and x.full is not None else x.a
        return {"products": stage.weights[0] * h[:, sample, np.newaxis]}

    def calls(self, stage: Stage) -> tuple[Calls, Calls]:
        """Return z = [W; b]ᵀ·[x; 1], a = f(z), and dJ/d[W; b] = [x; 1]·(dJ/dz)ᵀ, dJ/dx = W·dJ/dz; see Layer.calls.

        The bound method `dot` lets go of the interpreter lock at every call, so the window stays smooth.
        """
        (x,) = stage.inputs
        weights = stage.weights[0]
        h = x.full if self.bias else x.a
        forward: Calls = [(weights.T.dot, (h, stage.z)), *stage.bend()]
        backward = stage.unbend()
        if stage.error is None:
            return forward, []
        if stage.gradients is not None and h is not None:
            backward.append((h.dot, (stage.error.T, stage.gradients[0])))
        if x.error is not None:
            kernel = weights[:-1] if self.bias else weights
            backward.append((kernel.dot, (stage.error, x.error)))
        return forward, backward
