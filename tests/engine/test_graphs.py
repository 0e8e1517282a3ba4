"""Any directed graph of layers computes and trains by its true gradient."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from annstudio.core.calls import run
from annstudio.engine.activations import activations
from annstudio.engine.differences import gradient_check
from annstudio.engine.layers import layers
from annstudio.engine.layers.base import features
from annstudio.engine.losses import losses
from annstudio.engine.network import INPUT, Network
from annstudio.engine.optimizers import optimizers
from annstudio.engine.plan import Evaluator
from annstudio.engine.trainer import Trainer
from tests.engine.layers.cases import samples_of, training_plan, weights_of

MOST_VALUES = 16
SMOOTH = [key for key, each in activations.items() if each.differentiable and not each().kinks]
HIDDEN = [key for key, each in activations.items() if each.differentiable]
PROBABLE = ["logistic", "softmax"]
"""Activations whose outputs are probabilities, which some losses take the logarithm of."""

Dense, Activation, Add = layers["dense"], layers["activation"], layers["add"]


@st.composite
def made(draw, key, shapes):
    """Draw settings of a layer for the shapes that come in."""
    size = st.integers(1, 4)
    frozen = {"trainable": draw(st.booleans())}
    bent = {"activation": draw(st.sampled_from(HIDDEN)), "bias": draw(st.booleans()), **frozen}
    settings_of = {
        "dense": lambda: {"units": draw(size), **bent},
        "activation": lambda: {"activation": draw(st.sampled_from(HIDDEN))},
        "conv2d": lambda: {
            "filters": draw(st.integers(1, 2)),
            "kernel_size": draw(st.integers(1, 3)),
            "stride": draw(st.integers(1, 2)),
            **bent,
        },
        "max_pool2d": lambda: {"size": draw(st.integers(1, 2)), "stride": draw(st.integers(1, 2))},
        "average_pool2d": lambda: {"size": draw(st.integers(1, 2)), "stride": draw(st.integers(1, 2))},
        "reshape": lambda: dict(zip(("channels", "height", "width"), draw(factors(features(shapes[0]))), strict=True)),
        "dropout": lambda: {"rate": draw(st.sampled_from([0, 0.3]))},
        "batch_norm": lambda: {"epsilon": 0.1, **frozen},
        "layer_norm": lambda: {"epsilon": 0.1, **frozen},
        "feature": lambda: {kind: draw(st.booleans()) for kind in ("squares", "products", "sines")},
    }
    return layers[key](**settings_of.get(key, dict)())


@st.composite
def factors(draw, count):
    """Draw channels, height and width with this product."""
    channels = draw(st.sampled_from([n for n in range(1, count + 1) if count % n == 0]))
    height = draw(st.sampled_from([n for n in range(1, count // channels + 1) if count // channels % n == 0]))
    return channels, height, count // channels // height


@st.composite
def networks(draw):
    """Draw layers, each reading one or more of those before it; not all of them lead to the outputs."""
    start = draw(st.sampled_from([(3,), (1, 2, 3), (2, 3, 2)]))
    inner, wires, shapes = [], [], {INPUT: start}
    for _ in range(draw(st.integers(1, 5))):
        key = draw(st.sampled_from([key for key, layer in layers.items() if layer.takes_input and layer.gives_output]))
        most = 3 if layers[key].takes_many else 1
        sources = draw(st.lists(st.sampled_from(list(shapes)), min_size=1, max_size=most))
        came = [shapes[source] for source in sources]
        fits = {
            **dict.fromkeys(["dense", "feature", "reshape"], len(came[0]) == 1),
            **dict.fromkeys(["conv2d", "max_pool2d", "average_pool2d"], len(came[0]) == 3 and min(came[0][1:]) > 1),
            "add": len(set(came)) == 1,
            "concatenate": len({shape[1:] for shape in came}) == 1,
        }
        if not fits.get(key, True):
            continue
        layer = draw(made(key, came))
        shape = layer.output(came)
        if features(shape) <= MOST_VALUES:
            inner.append(layer)
            wires.append(sources)
            shapes[len(inner) - 1] = shape
    loss = draw(st.sampled_from(list(losses)))
    last = PROBABLE if losses[loss].judges in ("probabilities", "shares") else HIDDEN
    source = draw(st.sampled_from(list(shapes)))
    ending = [layers["flatten"](), *draw(endings(st.sampled_from(last)))]
    for layer in ending:
        inner.append(layer)
        wires.append([source])
        source = len(inner) - 1
    return Network(start, inner, loss, wires)


@st.composite
def endings(draw, last):
    """Draw an output layer, or its parts one by one with a normalization in between."""
    if draw(st.booleans()):
        return [Dense(2, draw(last), bias=draw(st.booleans()))]
    return [Dense(2), layers["batch_norm"](epsilon=0.1), Activation(draw(last))]


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(networks(), st.integers(0, 100))
def test_gradients_of_any_graph_are_true(net, seed):
    rng = np.random.default_rng(seed)
    weights = weights_of(net) + rng.normal(0, 0.1, net.size)
    inputs, targets = rng.normal(size=(4, net.inputs)), np.eye(2)[rng.integers(0, 2, 4)]
    cost, _ = Evaluator(net, weights).cost(inputs, targets)
    assume(cost < 100)
    check = gradient_check(net, weights, inputs, targets)
    assert check.holds, f"{check}\n{net.names}\n{net.wires}"


def training(net, steps, optimizer="sgd", **options):
    """Return a trainer after some steps on random samples."""
    trainer = Trainer(net, *samples_of(net, 16), optimizers[optimizer](**options), 8, precision="float64")
    for _ in range(steps):
        trainer.advance(1)
    assert trainer.failure is None
    return trainer


def test_adding_a_layer_to_itself_doubles_it():
    once = Network(3, [Dense(4, "tanh"), Dense(2)], "mse")
    twice = Network(3, [Dense(4, "tanh"), Add(), Dense(2)], "mse", [[INPUT], [0, 0], [1]])
    weights = weights_of(once)
    doubled = weights.copy()
    once.parts(doubled)[1]["kernel"][:] *= 2
    found = Evaluator(twice, weights).outputs(samples_of(once, 5)[0])
    np.testing.assert_allclose(found, Evaluator(once, doubled).outputs(samples_of(once, 5)[0]), rtol=1e-13)


def test_a_layer_that_leads_nowhere_changes_nothing():
    """Not even where its weights are penalized, and its gradient is zero at every step."""
    alone = Network(3, [Dense(4, "tanh"), Dense(2)], "mse")
    beside = Network(3, [Dense(4, "tanh"), Dense(5, "prelu"), Dense(2)], "mse", [[INPUT], [0], [0]])
    start = weights_of(beside)
    weights = weights_of(alone)
    for place, other in ((0, 0), (1, 2)):
        alone.views(weights)[place][0][:] = beside.views(start)[other][0]
    trainers = [
        Trainer(net, *samples_of(net, 16), optimizers["adam"](), 8, precision="float64", weights=given)
        for net, given in ((alone, weights), (beside, start))
    ]
    for trainer in trainers:
        trainer.advance(2)
    parts, others = alone.parts(trainers[0].weights), beside.parts(trainers[1].weights)
    assert np.array_equal(parts[0]["kernel"], others[0]["kernel"])
    assert np.array_equal(parts[1]["bias"], others[2]["bias"])
    assert np.array_equal(others[1]["kernel"], beside.parts(start)[1]["kernel"])


def test_the_penalty_of_a_layer_that_leads_nowhere_does_not_pile_up():
    net = Network(3, [Dense(5, l2=1.0), Dense(2)], "mse", [[INPUT], [INPUT]])
    trainer = training(net, 5, learning_rate=0.1)
    before = net.parts(net.initial_weights(0))[0]["kernel"]
    np.testing.assert_allclose(net.parts(trainer.weights)[0]["kernel"], before * 0.9**5, rtol=1e-12)


@pytest.mark.parametrize("last", ["softmax", "log_softmax"])
def test_the_loss_knows_its_short_way_through_a_layer_without_sums(last):
    """The same bits as with the activation inside the layer before."""
    inside = Network(3, [Dense(4, last)], "cross_entropy")
    apart = Network(3, [Dense(4), Activation(last)], "cross_entropy")
    weights = weights_of(inside)
    inputs, targets = samples_of(inside, 6)[0], np.eye(4)[[0, 1, 2, 3, 0, 1]]
    gradients = []
    for net in (inside, apart):
        board, calls, gradient = training_plan(net, weights, inputs, targets)
        run(calls)
        gradients.append((gradient, board.input.error))
        assert board.stages[-1].error_is_dz
    assert all(map(np.array_equal, *gradients))


def test_learned_slopes_are_trained_unless_frozen():
    net = Network(
        3, [Dense(4, "prelu"), Dense(4, "prelu", trainable=False), Dense(4), Activation("prelu"), Dense(2)], "mse"
    )
    trainer = training(net, 10, learning_rate=0.1)
    slopes = [parts["activation"] for parts in net.parts(trainer.weights) if "activation" in parts]
    assert [slope.shape for slope in slopes] == [(1,)] * 3
    assert [slope[0] == 0.25 for slope in slopes] == [False, True, False]


def test_layers_that_share_an_activation_share_a_pass_also_when_one_is_frozen():
    def gradient(frozen):
        net = Network(3, [Dense(4, "tanh"), Dense(4, "tanh", trainable=not frozen), Dense(2)], "mse")
        weights = np.empty(net.size)
        rng = np.random.default_rng(0)
        for (view,) in net.views(weights):
            view[:] = rng.normal(size=view.shape)
        board, calls, found = training_plan(net, weights, *samples_of(net, 5))
        run(calls)
        assert board.slopes.calls
        return net.views(found)

    free, partly = gradient(False), gradient(True)
    assert partly[1] == []
    assert np.array_equal(free[0], partly[0])
    assert np.array_equal(free[2], partly[2])


def test_a_network_may_end_in_any_layer_that_gives_a_row():
    for layer in (Activation("tanh"), Add(), layers["batch_norm"](), layers["dropout"](0.2), layers["feature"]()):
        net = Network(3, [Dense(4, "tanh"), layer], "mse")
        trainer = training(net, 20, learning_rate=0.1)
        start, _ = Evaluator(net, net.initial_weights(0)).cost(*samples_of(net, 16))
        after, _ = trainer.cost(*samples_of(net, 16))
        assert after < start, layer.info.key
