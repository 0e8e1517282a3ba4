"""The sum of several layers."""

from collections.abc import Sequence

import numpy as np

from annstudio.core.calls import Calls
from annstudio.core.errors import UserError
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.layers.base import Layer, Shape, shown_shapes, some
from annstudio.engine.stage import Stage


class Add(Layer):
    """a = x⁽¹⁾ + x⁽²⁾ + …, value by value; dJ/da goes back to every one of them unchanged."""

    info = Info(
        key="add",
        label=QT_TRANSLATE_NOOP("annstudio", "Add"),
        order=210,
        category=QT_TRANSLATE_NOOP("annstudio", "Merging"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Adds up what several layers give, value by value."),
        formula="a = x⁽¹⁾ + x⁽²⁾ + …",
        reference="He, Zhang, Ren & Sun 2016, Deep residual learning for image recognition",
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "For a shortcut around a few layers: they then only learn what is to be changed."
        ),
        pros=QT_TRANSLATE_NOOP("annstudio", "Gradients pass through unchanged, so deep networks stay trainable."),
        cons=QT_TRANSLATE_NOOP("annstudio", "All wires must bring the same shape."),
    )
    icon = "circle-plus"
    letter = "S"
    takes_many = True

    def output(self, inputs: Sequence[Shape]) -> Shape:
        """Return the one shape that all wires bring; see Layer.output."""
        if len(set(some(inputs))) > 1:
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio",
                        "it adds equal shapes only, but {shapes} come in: make the shapes equal, or join them by a "
                        "Concatenate instead.",
                    ),
                    shapes=shown_shapes(inputs),
                )
            )
        return inputs[0]

    def calls(self, stage: Stage) -> tuple[Calls, Calls]:
        """Return a = Σ x and, for every x, dJ/dx = dJ/da; see Layer.calls."""
        first, *others = stage.inputs
        a = stage.out.a
        forward: Calls = [(np.copyto, (a, first.a)), *((np.add, (a, x.a, a)) for x in others)]
        backward: Calls = [(np.copyto, (x.error, stage.error)) for x in stage.inputs if x.error is not None]
        return forward, backward
