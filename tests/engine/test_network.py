"""The network's flat vector and its starting weights, and what cannot be put together."""

from typing import Any

import numpy as np
import pytest

from annstudio.core.errors import UserError
from annstudio.engine.activations import activations
from annstudio.engine.initializers import initializers
from annstudio.engine.layers.activation import ActivationLayer
from annstudio.engine.layers.dense import Dense
from annstudio.engine.losses import losses
from annstudio.engine.network import INPUT, Network


def network(*sizes: int) -> Network:
    start = initializers["xavier_uniform"]()
    return Network(sizes[0], [Dense(n, activations["tanh"](), start) for n in sizes[1:]], losses["mse"]())


def test_blocks_share_the_flat_vector_and_fill_it() -> None:
    net = network(3, 5, 2)
    flat = np.zeros(net.parameter_count)
    for number, (block,) in enumerate(net.views(flat), start=1):
        np.add(block, number, out=block)
    assert net.parameter_count == 4 * 5 + 6 * 2
    assert flat.tolist() == [1.0] * 20 + [2.0] * 12


def test_biases_start_at_zero_and_kernels_do_not() -> None:
    net = network(3, 5, 2)
    for (block,) in net.views(net.initial_weights(0)):
        assert not block[-1].any()
        assert block[:-1].all()


def test_a_layer_starts_the_same_whatever_follows_it() -> None:
    short, long = network(3, 5, 2), network(3, 5, 4, 2)
    (first,) = short.views(short.initial_weights(1))[0]
    assert np.array_equal(first, long.views(long.initial_weights(1))[0][0])
    assert not np.array_equal(first, short.views(short.initial_weights(2))[0][0])


def test_layers_of_one_size_start_differently() -> None:
    (first,), (second,) = network(3, 3, 3).views(network(3, 3, 3).initial_weights(0))
    assert not np.array_equal(first, second)


def test_kernels_are_told_from_biases() -> None:
    net = network(3, 2, 1)
    assert net.kernels().tolist() == [1.0] * 6 + [0.0] * 2 + [1.0] * 2 + [0.0]


@pytest.mark.parametrize("inputs", [3, np.int64(3), (3,), [3]])
def test_inputs_are_a_number_or_a_shape(inputs: Any) -> None:
    net = Network(inputs, [Dense(1)], "mse")
    assert (net.input_shape, type(net.input_shape[0])) == ((3,), int)


@pytest.mark.parametrize(
    ("inputs", "sentence"),
    [
        (0, "The number of inputs cannot be 0: choose a number of at least 1."),
        (-1, "The number of inputs cannot be -1: choose a number of at least 1."),
        ("2", "The number of inputs must be a number, and “2” is a text."),
        (2.5, "The number of inputs must be a whole number, not 2.5."),
        (None, "The number of inputs must be a whole number, not something else."),
        ((1, 0, 8), "The number of inputs cannot be 0: choose a number of at least 1."),
        ((), "The shape of a sample must have a size."),
    ],
)
def test_inputs_that_cannot_be_are_refused(inputs: Any, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        Network(inputs, [Dense(1)], "mse")
    assert str(refused.value) == sentence


def test_every_layer_has_a_name() -> None:
    with pytest.raises(UserError, match="There are 1 names for 2 layers: each needs one"):
        Network(2, [Dense(2), Dense(1)], "mse", names=["hidden"])


@pytest.mark.parametrize(
    ("wires", "sentence"),
    [
        ([[INPUT]], "There are 1 lists of wires for 2 layers: each needs one."),
        ([[INPUT], [1]], r"Layer 2 \(Dense\) cannot read 1: .* before it, which count from 0; its own place is 1\."),
        ([[INPUT], [-2]], r"Layer 2 \(Dense\) cannot read -2: it can read -1, the data"),
        ([[0], [0]], r"Layer 1 \(Dense\) cannot read 0: "),
        ([[INPUT], ["0"]], r"Layer 2 \(Dense\) cannot read 0: "),
        ([[INPUT], [0.5]], r"Layer 2 \(Dense\) cannot read 0.5: "),
        ([INPUT, 0], r"The wires of Layer 1 \(Dense\) must be a list, such as \[-1\]\."),
        ([[INPUT], []], r"Layer 2 \(Dense\) does not fit: it takes one wire, and 0 come in"),
    ],
)
def test_wires_that_lead_nowhere_are_named_with_their_layer(wires: Any, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        Network(2, [Dense(2), Dense(1)], "mse", wires)


@pytest.mark.parametrize(("activation", "answer"), [("softmax", 1), ("log_softmax", 0)])
@pytest.mark.parametrize("loss", ["cross_entropy", "mse"])
def test_an_output_that_never_changes_is_refused(activation: str, answer: int, loss: str) -> None:
    for layers in ([Dense(1, activation)], [Dense(1), ActivationLayer(activation)]):
        with pytest.raises(UserError, match=f"has one output, and .*oftmax makes it {answer} whatever comes in"):
            Network(2, layers, loss)
    assert Network(2, [Dense(2, activation)], loss).outputs == 2
