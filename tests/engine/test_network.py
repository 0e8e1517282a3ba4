"""The network's flat vector and its starting weights."""

import numpy as np

from annstudio.engine.activations import activations
from annstudio.engine.initializers import initializers
from annstudio.engine.layers.dense import Dense
from annstudio.engine.losses import losses
from annstudio.engine.network import Network


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
