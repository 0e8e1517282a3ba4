"""What every layer owes; the layers are found by reflection, and each is run through the same checks."""

import copy

import numpy as np
import pytest

from annstudio.core.calls import run
from annstudio.core.resources import resources
from annstudio.engine.board import Board
from annstudio.engine.differences import gradient_check
from annstudio.engine.layers import layers
from annstudio.engine.optimizers import optimizers
from annstudio.engine.trainer import Trainer
from tests.engine.layers import reference
from tests.engine.layers.cases import CASES, SETTINGS, samples_of, training_plan, weights_of
from tests.engine.oracle import arrays_in, memory_of

BATCH = 6
FREEZABLE = [
    case for case in CASES if any(param.key == "trainable" for param in layers[case.values[0].key].info.params)
]
TRAININGS = [
    pytest.param(*case.values, training, id=f"{case.id}-{'training' if training else 'after'}")
    for case in CASES
    for training in (True, False)
    # A layer that draws has a test of its own.
    if not (training and layers[case.values[0].key].draws)
]


def picture_of(values, shape):
    """Return feature-major values as (samples, *shape)."""
    return values.T.reshape(-1, *shape)


def forward(case, training):
    """Return what came into the layer, what went out, its shape as announced, and its parts."""
    net, place = case.surrounded()
    weights = weights_of(net)
    parts = copy.deepcopy(net.parts(weights)[place])
    inputs, targets = samples_of(net, BATCH)
    if training:
        board, calls, _ = training_plan(net, weights, inputs, targets)
    else:
        board = Board(net, weights, BATCH)
        board.input.a[:] = inputs.T
        calls = [call for number in range(len(net.layers)) for call in board.step(number, np.empty_like).forward]
    run(calls)
    stage = board.stages[place]
    came = [picture_of(values.a, shape) for values, shape in zip(stage.inputs, stage.input_shapes, strict=True)]
    return came, stage.out.a.T, net.shapes[place], parts


def test_every_layer_has_its_cases():
    assert set(SETTINGS) == {key for key, layer in layers.items() if layer.takes_input}


@pytest.mark.parametrize("key", layers)
def test_a_layer_says_what_it_is(key):
    layer = layers[key]
    assert layer.info.category
    assert layer.info.formula
    assert (resources() / "icons" / f"{layer.icon}.svg").is_file()


@pytest.mark.parametrize("key", sorted(set(SETTINGS) - {"dense", "output"}))
def test_a_layer_weighs_pros_and_cons(key):
    info = layers[key].info
    assert info.pros
    assert info.cons
    assert info.when_to_use
    assert info.reference


@pytest.mark.parametrize("key", layers)
def test_settings_are_arguments(key):
    layers[key](**{param.key: param.default for param in layers[key].info.params})


@pytest.mark.parametrize(("case", "training"), TRAININGS)
def test_forward_is_the_formula(case, training):
    came, out, shape, parts = forward(case, training)
    formula = getattr(reference, case.key if training else f"{case.key}_after_training", None)
    expected = (formula or getattr(reference, case.key))(case.layer(), parts, *came)
    assert expected.shape[1:] == shape
    np.testing.assert_allclose(out.reshape(expected.shape), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("case", CASES)
def test_gradients_are_true(case):
    net, _ = case.surrounded()
    check = gradient_check(net, weights_of(net), *samples_of(net, 3))
    assert check.holds, check


@pytest.mark.parametrize("case", FREEZABLE)
def test_a_frozen_layer_has_no_gradient_and_passes_the_error_on(case):
    free, place = case.surrounded()
    frozen, _ = case.surrounded(trainable=False)
    errors = []
    for net in (free, frozen):
        weights = np.empty(net.size)
        for views, source in zip(net.views(weights), free.views(weights_of(free)), strict=True):
            for view, values in zip(views, source, strict=True):
                view[:] = values
        board, calls, gradient = training_plan(net, weights, *samples_of(net, BATCH))
        run(calls)
        assert np.isfinite(gradient).all()
        errors.append(board.input.error.copy())
    assert frozen.trainable_count == free.trainable_count - sum(block.size for block in free.blocks[place])
    assert np.array_equal(*errors)


@pytest.mark.parametrize("case", CASES)
def test_what_comes_in_stays_as_it_is(case):
    """Other layers may read it as well."""
    net, place = case.surrounded()
    board, calls, _ = training_plan(net, weights_of(net), *samples_of(net, BATCH))
    run(calls)
    before = [values.a.copy() for values in board.stages[place].inputs]
    step = board.step(place, np.empty_like)
    with np.errstate(all="ignore"):
        run(step.forward + step.backward)
    for values, kept in zip(board.stages[place].inputs, before, strict=True):
        assert np.array_equal(values.a, kept)


@pytest.mark.parametrize("case", CASES)
def test_a_step_allocates_nothing(case):
    net, place = case.surrounded()
    board, _, _ = training_plan(net, weights_of(net, "float32"), *samples_of(net, 20_000, "float32"))
    step = board.step(place, np.empty_like)
    with np.errstate(all="ignore"):
        growth, peak = memory_of(step.forward + step.backward, 10)
    row = board.input.a[0].nbytes
    assert growth < 4096
    assert peak < 0.9 * row, "a call makes a temporary array"


@pytest.mark.parametrize("case", CASES)
def test_single_precision_stays_single(case):
    net, place = case.surrounded()
    boards = []
    for precision in ("float64", "float32"):
        board, calls, gradient = training_plan(net, weights_of(net, precision), *samples_of(net, BATCH, precision))
        run(calls)
        boards.append((board.stages[place].out.a, gradient))
    floats = {array.dtype for array in arrays_in(calls) if np.issubdtype(array.dtype, np.floating)}
    assert floats == {np.dtype(np.float32)}
    if not net.layers[place].draws:
        for double, single in zip(*boards, strict=True):
            np.testing.assert_allclose(single, double, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("case", CASES)
def test_the_same_seed_gives_the_same_bits(case):
    net, _ = case.surrounded()
    inputs, targets = samples_of(net, 7)
    trained = []
    for seed in (0, 0, 1):
        trainer = Trainer(net, inputs, targets, optimizers["adam"](), 5, seed)
        trainer.advance(1)
        trainer.advance(1)
        assert trainer.failure is None
        trained.append(trainer.weights)
    assert np.array_equal(trained[0], trained[1])
    assert not np.array_equal(trained[0], trained[2])
