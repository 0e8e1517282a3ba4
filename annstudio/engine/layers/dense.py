"""The fully connected layer."""

from annstudio.core.params import Choice, Integer
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation
from annstudio.engine.initializers.base import Initializer
from annstudio.engine.layers.base import Layer

MAXIMUM_UNITS = 4096


class Dense(Layer):
    """a = f(z) with z = W x + b: every unit weighs every input, adds its bias and applies the activation.

    Args:
        units: number of units.
        activation: the function f.
        initializer: where the weights start; biases start at zero.
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
            Choice(
                "activation",
                QT_TRANSLATE_NOOP("annstudio", "Activation"),
                default="tanh",
                registry="activations",
                help=QT_TRANSLATE_NOOP("annstudio", "The function that bends the weighted sum."),
            ),
            Choice(
                "initializer",
                QT_TRANSLATE_NOOP("annstudio", "Initializer"),
                default="xavier_uniform",
                registry="initializers",
                help=QT_TRANSLATE_NOOP("annstudio", "How the weights are drawn before training."),
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "The workhorse: for any inputs that have no order or shape."),
    )
    icon = "layers"

    def __init__(self, units: int, activation: Activation, initializer: Initializer) -> None:
        self.units = units
        self.activation = activation
        self.initializer = initializer
