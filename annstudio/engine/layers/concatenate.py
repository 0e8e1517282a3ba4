"""Several layers side by side."""

from collections.abc import Sequence

import numpy as np

from annstudio.core.calls import Calls
from annstudio.core.errors import UserError
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.layers.base import Layer, Shape, shown_shapes, some
from annstudio.engine.stage import Stage


class Concatenate(Layer):
    """a = [x⁽¹⁾; x⁽²⁾; …]: rows of values one behind the other, pictures channel behind channel.

    A picture lies in memory channel by channel, so both are the same.
    """

    info = Info(
        key="concatenate",
        label=QT_TRANSLATE_NOOP("annstudio", "Concatenate"),
        order=220,
        category=QT_TRANSLATE_NOOP("annstudio", "Merging"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Puts what several layers give side by side."),
        formula="a = [x⁽¹⁾; x⁽²⁾; …]",
        reference="Huang, Liu, van der Maaten & Weinberger 2017, Densely connected convolutional networks",
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "When the next layer shall see the results of several branches, or the data themselves again."
        ),
        pros=QT_TRANSLATE_NOOP("annstudio", "Nothing is lost: the next layer weighs every value by itself."),
        cons=QT_TRANSLATE_NOOP("annstudio", "The next layer needs weights for all of them."),
    )
    icon = "combine"
    letter = "C"
    takes_many = True

    def output(self, inputs: Sequence[Shape]) -> Shape:
        """Return the shape of all values together; see Layer.output."""
        if len({shape[1:] for shape in some(inputs)}) > 1:
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio",
                        "it joins rows of values, or pictures of equal height and width, but {shapes} come in: put a "
                        "Flatten behind each picture.",
                    ),
                    shapes=shown_shapes(inputs),
                )
            )
        return (sum(shape[0] for shape in inputs), *inputs[0][1:])

    def calls(self, stage: Stage) -> tuple[Calls, Calls]:
        """Return the copies of every x into its part of a, and of that part of dJ/da back; see Layer.calls."""
        forward: Calls = []
        backward: Calls = []
        start = 0
        for x in stage.inputs:
            part = slice(start, start + len(x.a))
            start = part.stop
            forward.append((np.copyto, (stage.out.a[part], x.a)))
            if x.error is not None and stage.error is not None:
                backward.append((np.copyto, (x.error, stage.error[part])))
        return forward, backward
