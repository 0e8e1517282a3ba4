"""How many products a sample takes, against examples counted by hand."""

import pytest

from annstudio.engine.layers import layers

EVERYTHING = {"values": True, "squares": True, "products": True, "sines": True, "own": True}

COUNTED = {
    "activation": [({"activation": "tanh"}, [(5,)], 0)],
    "add": [({}, [(4,), (4,)], 0)],
    # Each of 2 × 2 × 2 windows of 2 × 2 values is summed up and multiplied by 1/4.
    "average_pool2d": [({}, [(2, 4, 4)], 8)],
    "batch_norm": [({}, [(5,)], 5), ({}, [(2, 3, 2)], 12)],
    "concatenate": [({}, [(1,), (4,)], 0)],
    "conv2d": [
        # 3 filters of 2 channels × 3 × 3, at each of 4 × 5 pixels.
        ({"filters": 3}, [(2, 4, 5)], 3 * 18 * 20),
        # Inside the picture a window of 3 × 3 stands at 2 × 3 places.
        ({"filters": 3, "padding": "valid"}, [(2, 4, 5)], 3 * 18 * 6),
        ({"filters": 1, "kernel_size": 2, "stride": 2, "padding": "valid"}, [(1, 4, 4)], 4 * 4),
    ],
    "dense": [({"units": 3}, [(4,)], 12), ({"units": 3, "bias": False}, [(4,)], 12)],
    "dropout": [({}, [(5,)], 0)],
    # Of 3 inputs: 3 squares, 3 products; the inputs themselves, their sines and the formula count nothing.
    "feature": [(EVERYTHING, [(3,)], 6), ({"squares": False, "products": False}, [(3,)], 0)],
    "flatten": [({}, [(2, 3, 2)], 0)],
    "input": [({}, [], 0)],
    "layer_norm": [({}, [(5,)], 15)],
    "max_pool2d": [({}, [(2, 4, 4)], 0)],
    "output": [({"units": 10}, [(16,)], 160)],
    "reshape": [({"channels": 2, "height": 1, "width": 3}, [(6,)], 0)],
}


@pytest.mark.parametrize("key", list(layers))
def test_products_are_as_counted_by_hand(key):
    for settings, shapes, expected in COUNTED[key]:
        assert layers[key](**settings).multiply_adds(shapes) == expected
