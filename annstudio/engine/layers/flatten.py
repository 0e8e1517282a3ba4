"""A picture as a row of values."""

from collections.abc import Sequence

from annstudio.core.calls import Calls
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.layers.base import Layer, Shape, features, only
from annstudio.engine.stage import Stage


class Flatten(Layer):
    """The same values in a row: channel by channel, each line by line. Pictures lie in memory just so."""

    info = Info(
        key="flatten",
        label=QT_TRANSLATE_NOOP("annstudio", "Flatten"),
        order=350,
        category=QT_TRANSLATE_NOOP("annstudio", "Pictures"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Turns a picture into a row of values."),
        formula="(C, H, W) → (C·H·W)",
        reference="LeCun, Bottou, Bengio & Haffner 1998, Gradient-based learning applied to document recognition",
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "Between the last layer for pictures and the first Dense or Output."
        ),
        pros=QT_TRANSLATE_NOOP("annstudio", "Costs nothing: no value changes, none is copied."),
        cons=QT_TRANSLATE_NOOP("annstudio", "The next layer no longer knows which values were neighbors."),
    )
    icon = "rows-3"
    letter = "T"
    passes_values = True

    def output(self, inputs: Sequence[Shape]) -> Shape:
        """Return (values,); see Layer.output."""
        return (features(only(inputs)),)

    def calls(self, stage: Stage) -> tuple[Calls, Calls]:
        """Return nothing for the values, which stay where they are, and the copy of dJ/da; see Layer.calls."""
        return [], stage.pass_error()
