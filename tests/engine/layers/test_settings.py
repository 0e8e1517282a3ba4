"""Every layer refuses settings outside of its own parameters, and says what is wrong with them."""

import numpy as np
import pytest

from annstudio.core.errors import UserError
from annstudio.core.params import Choice, Expression, Flag
from annstudio.engine import Conv2D, Dense, Dropout, Feature, LayerNorm, MaxPool2D, Reshape, activations
from annstudio.engine.layers import layers
from tests.engine.layers.cases import SETTINGS

NUMBERS = [float("nan"), float("inf"), "many", None, True]


def wrong_values(param):
    """Return values that this parameter must refuse."""
    if isinstance(param, Flag):
        return [2, "yes", None]
    if isinstance(param, Choice):
        return ["nonsense", 3, np.tanh, type]
    if isinstance(param, Expression):
        return ["x1*zz", "", 3]
    beyond = [param.minimum - 1, param.maximum + 1]
    return [*NUMBERS, *beyond, *([param.minimum] if param.above_minimum else [])]


WRONG = [
    pytest.param(layer, param, value, id=f"{layer.info.key}-{param.key}-{value}")
    for layer in layers.values()
    for param in layer.info.params
    for value in wrong_values(param)
]


@pytest.mark.parametrize(("layer", "param", "value"), WRONG)
def test_a_value_outside_of_its_parameter_is_refused(layer, param, value):
    fitting = SETTINGS[layer.info.key][0][0] if layer.info.key in SETTINGS else {}
    with pytest.raises(UserError, match=r"\.$"):
        layer(**{**fitting, param.key: value})


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Dense(0), "Units cannot be 0: choose a number between 1 and 4096."),
        (lambda: Dense(2.5), "Units must be a whole number, not 2.5."),
        (lambda: Dense(-3), "Units cannot be -3: choose a number between 1 and 4096."),
        (lambda: Dense(3, l2=-1), "L2 λ cannot be -1: choose a number between 0 and 100."),
        (lambda: Dense(3, max_norm=float("nan")), "Max-norm must be a finite number, not nan."),
        (lambda: Dropout(1.0), "Rate p cannot be 1.0: choose a number between 0 and 0.99."),
        (lambda: LayerNorm(0), "Epsilon ε cannot be 0: choose a number greater than 0 and at most 1."),
        (lambda: Conv2D(2, padding="valdi"), "Padding cannot be valdi: choose one of same, valid."),
        (lambda: Conv2D(2, 3, 0), "Stride cannot be 0: choose a number between 1 and 16."),
        (lambda: MaxPool2D(0), "Window size cannot be 0: choose a number between 1 and 64."),
        (lambda: Reshape((1, 7, 8)), "Channels must be a whole number, not something else."),
        (lambda: Feature("x1*zz"), "Inputs x can be on or off, not x1*zz."),
    ],
)
def test_the_sentence_is_that_of_the_parameter(make, sentence):
    with pytest.raises(UserError) as refused:
        make()
    assert str(refused.value) == sentence


@pytest.mark.parametrize("value", [np.tanh, activations["tanh"]], ids=["function", "class"])
def test_what_is_no_activation_is_told_from_one(value):
    with pytest.raises(UserError, match=r"This is no activation but something of the type “.+”: give one of .*tanh"):
        Dense(3, value)


def test_settings_come_in_the_type_that_is_declared():
    layer = Dense(np.int64(4), "tanh", l2=np.float32(0.5), l1=1)
    assert (layer.units, layer.l2, layer.l1) == (4, 0.5, 1.0)
    assert (type(layer.units), type(layer.l2), type(layer.l1)) == (int, float, float)
    assert Dense("4").units == 4


def test_entries_are_taken_as_they_are():
    leaky = activations["leaky_relu"](slope=0.3)
    assert Dense(3, leaky).activation is leaky
