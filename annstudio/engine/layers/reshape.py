"""A row of values as a picture."""

from collections.abc import Sequence

from annstudio.core.calls import Calls
from annstudio.core.errors import UserError
from annstudio.core.params import Integer
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.layers.base import Layer, Shape, features, only, shown_shape
from annstudio.engine.stage import Stage


class Reshape(Layer):
    """The same values as a picture: they fill it channel by channel, each line by line.

    Args:
        channels: C.
        height: H.
        width: W.
    """

    info = Info(
        key="reshape",
        label=QT_TRANSLATE_NOOP("annstudio", "Reshape"),
        order=310,
        category=QT_TRANSLATE_NOOP("annstudio", "Pictures"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Turns a row of values into a picture, line by line."),
        formula="(C·H·W) → (C, H, W)",
        reference="LeCun, Bottou, Bengio & Haffner 1998, Gradient-based learning applied to document recognition",
        params=(
            Integer(
                "channels",
                QT_TRANSLATE_NOOP("annstudio", "Channels"),
                default=1,
                minimum=1,
                maximum=512,
                help=QT_TRANSLATE_NOOP("annstudio", "1 for shades of gray, 3 for red, green and blue."),
            ),
            Integer(
                "height",
                QT_TRANSLATE_NOOP("annstudio", "Height"),
                default=8,
                minimum=1,
                maximum=512,
                help=QT_TRANSLATE_NOOP("annstudio", "How many lines the picture has."),
            ),
            Integer(
                "width",
                QT_TRANSLATE_NOOP("annstudio", "Width"),
                default=8,
                minimum=1,
                maximum=512,
                help=QT_TRANSLATE_NOOP("annstudio", "How many values stand in a line."),
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "Behind the Input, when its values are the pixels of a picture: digits are 1 × 8 × 8."
        ),
        pros=QT_TRANSLATE_NOOP("annstudio", "Costs nothing: no value changes, none is copied."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Neighbors in the picture mean nothing unless the values were pixels."),
    )
    icon = "proportions"
    letter = "R"
    passes_values = True

    def __init__(self, channels: int = 1, height: int = 8, width: int = 8) -> None:
        self.shape: Shape = (channels, height, width)

    def output(self, inputs: Sequence[Shape]) -> Shape:
        """Return (channels, height, width); see Layer.output."""
        shape = only(inputs)
        if features(shape) != features(self.shape):
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio",
                        "a picture of {picture} has {expected} values, and {came} come in: choose sizes that make "
                        "{came} together.",
                    ),
                    picture=shown_shape(self.shape),
                    expected=features(self.shape),
                    came=features(shape),
                )
            )
        return self.shape

    def calls(self, stage: Stage) -> tuple[Calls, Calls]:
        """Return nothing for the values, which stay where they are, and the copy of dJ/da; see Layer.calls."""
        return [], stage.pass_error()
