"""Settings under which every layer is put to the question, and a network around it."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pytest

from annstudio.engine.board import Board
from annstudio.engine.layers import layers
from annstudio.engine.layers.base import features
from annstudio.engine.network import INPUT, Network
from annstudio.engine.plan import GradientPlan

FEATURES = 4
EVERYTHING = {"values": True, "squares": True, "products": True, "sines": True, "own": True}
NOTHING = dict.fromkeys(EVERYTHING, False)

POOLINGS = [
    ({}, [(2, 4, 4)]),
    ({"size": 3, "stride": 1}, [(1, 4, 5)]),
    ({"size": 2, "stride": 3}, [(1, 5, 6)]),
    ({"size": 3, "stride": 2}, [(2, 4, 5)]),
]

SETTINGS = {
    "dense": [
        ({"units": 5}, [(4,)]),
        ({"units": 3, "activation": "tanh", "bias": False}, [(2,)]),
        ({"units": 4, "activation": "softmax"}, [(3,)]),
        ({"units": 4, "activation": "prelu"}, [(3,)]),
        ({"units": 1, "activation": "silu"}, [(1,)]),
    ],
    "output": [({"units": 3, "activation": "softmax"}, [(4,)])],
    "activation": [
        ({"activation": "tanh"}, [(5,)]),
        ({"activation": "gelu"}, [(5,)]),
        ({"activation": "softmax"}, [(3,)]),
        ({"activation": "prelu"}, [(5,)]),
        ({"activation": "logistic"}, [(2, 3, 2)]),
    ],
    "feature": [
        ({}, [(2,)]),
        (EVERYTHING, [(2,)]),
        (EVERYTHING, [(5,)]),
        ({**NOTHING, "products": True}, [(4,)]),
        ({**NOTHING, "own": True}, [(2,)]),
        ({"products": True}, [(1,)]),
    ],
    "dropout": [({"rate": 0.4}, [(5,)]), ({"rate": 0}, [(5,)]), ({"rate": 0.8}, [(2, 3, 2)])],
    "batch_norm": [({}, [(5,)]), ({"epsilon": 0.1, "momentum": 0.5}, [(1,)]), ({}, [(2, 3, 2)])],
    "layer_norm": [({}, [(5,)]), ({"epsilon": 0.1}, [(2,)]), ({}, [(2, 3, 2)])],
    "add": [({}, [(4,)]), ({}, [(4,), (4,)]), ({}, [(2, 3, 2)] * 3)],
    "concatenate": [({}, [(4,)]), ({}, [(1,), (4,), (2,)]), ({}, [(2, 3, 2), (1, 3, 2)])],
    "flatten": [({}, [(2, 3, 2)]), ({}, [(4,)])],
    "reshape": [({"channels": 2, "height": 1, "width": 3}, [(6,)])],
    "conv2d": [
        ({"filters": 2}, [(1, 4, 4)]),
        ({"filters": 3, "kernel_size": 2, "padding": "valid", "activation": "tanh"}, [(2, 3, 4)]),
        ({"filters": 2, "kernel_size": 2, "stride": 2, "bias": False, "activation": "silu"}, [(2, 3, 4)]),
        ({"filters": 2, "kernel_size": 3, "stride": 2, "padding": "valid", "activation": "prelu"}, [(1, 5, 4)]),
        ({"filters": 2, "kernel_size": 5, "activation": "softmax"}, [(1, 3, 2)]),
    ],
    "max_pool2d": POOLINGS,
    "average_pool2d": POOLINGS,
}


@dataclass(frozen=True)
class Case:
    """A layer with its settings, between dense layers; its inputs have these shapes."""

    key: str
    settings: dict = field(hash=False)
    shapes: list = field(hash=False)

    def layer(self, **more):
        return layers[self.key](**self.settings, **more)

    def surrounded(self, **more):
        """Return the network around the layer, and the layer's place."""
        inner, wires, ends = [], [], []
        for shape in self.shapes:
            inner.append(layers["dense"](features(shape), "tanh"))
            wires.append([INPUT])
            if len(shape) == 3:
                inner.append(layers["reshape"](*shape))
                wires.append([len(inner) - 2])
            ends.append(len(inner) - 1)
        place = len(inner)
        inner += [self.layer(**more), layers["flatten"](), layers["dense"](2)]
        return Network(FEATURES, inner, "mse", [*wires, ends, [place], [place + 1]]), place

    @cached_property
    def name(self):
        settings = ",".join(f"{key}={value}" for key, value in self.settings.items())
        return f"{self.key}({settings})-{'+'.join('x'.join(map(str, shape)) for shape in self.shapes)}"


CASES = [
    pytest.param(case := Case(key, settings, shapes), id=case.name)
    for key, several in SETTINGS.items()
    for settings, shapes in several
]


def weights_of(net, precision="float64"):
    """Return weights with some noise on every parameter, and statistics that are not the first ones."""
    rng = np.random.default_rng(1)
    weights = net.initial_weights(0) + rng.normal(0, 0.3, net.size)
    weights[net.parameter_count :] = rng.uniform(0.5, 2, net.size - net.parameter_count)
    return weights.astype(precision)


def samples_of(net, batch, precision="float64"):
    """Return inputs and targets."""
    rng = np.random.default_rng(2)
    return rng.normal(size=(batch, net.inputs)).astype(precision), rng.normal(size=(batch, net.outputs)).astype(
        precision
    )


def training_plan(net, weights, inputs, targets, **options):
    """Return the board of a plan that trains, the calls of one batch, and where they write the gradient."""
    gradient = np.full(net.trainable_count, np.nan, weights.dtype)
    rngs = [np.random.default_rng(place) for place in range(len(net.layers))]
    board = Board(net, weights, len(inputs), gradient, rngs, input_error=True, **options)
    ones = np.ones((1, len(inputs)), weights.dtype)
    calls = GradientPlan(board).calls(np.vstack([inputs.T, ones]), np.ascontiguousarray(targets.T))
    return board, calls, gradient
