"""What a layer cannot take it refuses with a sentence that says what came and what was expected."""

import pytest

from annstudio.core.errors import UserError
from annstudio.engine.layers import layers
from annstudio.engine.network import Network

NOTHING = dict.fromkeys(["values", "squares", "products"], False)
REFUSALS = [
    ("dense", {"units": 2}, [(1, 8, 8)], "a row of values, but 1 × 8 × 8 come in: put a Flatten before it"),
    ("dense", {"units": 2}, [(3,), (4,)], "it takes one wire, and 2 come in"),
    ("dense", {"units": 2}, [], "it takes one wire, and 0 come in"),
    ("activation", {"activation": "tanh"}, [(3,), (3,)], "one wire, and 2"),
    ("batch_norm", {}, [(3,), (3,)], "one wire, and 2"),
    ("layer_norm", {}, [], "one wire, and 0"),
    ("dropout", {}, [], "one wire, and 0"),
    ("flatten", {}, [], "one wire, and 0"),
    ("add", {}, [], "one wire or more, and none"),
    ("add", {}, [(3,), (4,)], "adds equal shapes only, but 3 and 4 come in: .*Concatenate"),
    ("add", {}, [(3,), (4,), (5,)], "but 3, 4 and 5 come in"),
    ("add", {}, [(4,), (1, 2, 2)], "but 4 and 1 × 2 × 2 come in: make the shapes equal"),
    ("concatenate", {}, [], "one wire or more, and none"),
    ("concatenate", {}, [(4,), (1, 2, 2)], "but 4 and 1 × 2 × 2 come in: put a Flatten"),
    ("concatenate", {}, [(1, 2, 3), (1, 2, 2)], "of equal height and width, but 1 × 2 × 3 and 1 × 2 × 2 come in"),
    (
        "reshape",
        {},
        [(63,)],
        "a picture of 1 × 8 × 8 has 64 values, and 63 come in: choose sizes that make 63 together",
    ),
    ("conv2d", {"filters": 1}, [(64,)], "channels × height × width, but 64 values in a row come in: put a Reshape"),
    ("conv2d", {"filters": 1, "kernel_size": 5, "padding": "valid"}, [(1, 4, 8)], "5 × 5 does not fit .* 4 × 8"),
    ("max_pool2d", {}, [(64,)], "put a Reshape before it"),
    ("max_pool2d", {"size": 3}, [(2, 8, 2)], "3 × 3 does not fit into a picture of 8 × 2"),
    ("average_pool2d", {"size": 9}, [(1, 8, 8)], "9 × 9 does not fit"),
    ("feature", {}, [(1, 8, 8)], "put a Flatten before it"),
    ("feature", NOTHING, [(2,)], "would make 0 features of 2 inputs"),
    ("feature", {}, [(100,)], "would make 5150 features of 100 inputs, and it can make 1 to 4096"),
    ("feature", {**NOTHING, "own": True, "expression": "x1*x3 + x4"}, [(2,)], "formula uses x3, and only 2 inputs"),
]


@pytest.mark.parametrize(("key", "settings", "shapes", "sentence"), REFUSALS)
def test_a_layer_refuses_what_it_cannot_take(key, settings, shapes, sentence):
    with pytest.raises(UserError, match=sentence):
        layers[key](**settings).output(shapes)


def test_the_network_says_which_layer_refuses():
    with pytest.raises(UserError, match=r"^Layer 2 \(Convolution\) does not fit: it takes a picture"):
        Network(4, [layers["dense"](4), layers["conv2d"](2)], "mse")
    with pytest.raises(UserError, match="put a Flatten before it"):
        Network((1, 4, 4), [layers["conv2d"](2)], "mse")


def test_one_input_may_be_called_x():
    assert layers["feature"](**NOTHING, own=True, expression="x**2 + x₁").output([(1,)]) == (1,)
