"""Stacks of layers, the one map they multiply to, and the pieces they are made of."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annstudio.core.errors import UserError
from annstudio.engine.activations import activations
from annstudio.labs.linear.comparison import compare, plane
from annstudio.labs.linear.pieces import breaks, regions
from annstudio.labs.linear.stack import Link, Stack, example, piecewise_linear, stack_of
from annstudio.labs.reading import plain
from annstudio.project.build import chain
from annstudio.project.compile import compile_data, compile_network, compile_trainer
from annstudio.project.templates import templates

stacks = st.builds(
    example,
    inputs=st.integers(1, 3),
    depth=st.integers(0, 4),
    width=st.integers(1, 6),
    activation=st.just("relu"),
    seed=st.integers(0, 10_000),
)


@given(stacks, st.integers(0, 1000))
@settings(max_examples=60, deadline=None)
def test_straight_layers_multiply_to_one_map(stack, seed):
    stack = stack.with_bends([False] * len(stack.links))
    x = np.random.default_rng(seed).normal(size=(20, stack.inputs))
    weights, bias = stack.product()
    np.testing.assert_allclose(stack.value(x), x @ weights.T + bias, atol=1e-9 * (1 + np.abs(stack.value(x)).max()))


def test_a_stack_answers_as_its_network_does():
    project = chain("Exam", "exam", [(5, "tanh"), (4, "relu")], training={"precision": "float64"})
    network, prepared = compile_network(project).network, compile_data(project)
    trainer = compile_trainer(project, network, prepared)
    trainer.advance(7)
    stack = stack_of(network, trainer.weights)
    x = trainer.samples[0]
    np.testing.assert_allclose(stack.value(x), trainer.evaluator.outputs(x)[0], atol=1e-12)


def test_a_learned_slope_is_taken_as_it_is_by_now():
    project = chain("Exam", "exam", [(5, "prelu"), (4, "prelu")], training={"precision": "float64"})
    network, prepared = compile_network(project).network, compile_data(project)
    trainer = compile_trainer(project, network, prepared)
    trainer.advance(9)
    stack = stack_of(network, trainer.weights)
    x = trainer.samples[0]
    np.testing.assert_allclose(stack.value(x), trainer.evaluator.outputs(x)[0], atol=1e-12)
    assert float(network.parts(trainer.weights)[0]["activation"][0]) != 0.25


def test_other_layers_are_refused_by_name():
    project = templates["digits_filters"]().build()
    network = compile_network(project).network
    with pytest.raises(UserError):
        stack_of(network, network.initial_weights(0))


def test_the_best_line_is_that_of_the_normal_equations():
    stack = example(2, 2, 5, "tanh", 3)
    view = plane(3.0, 2)
    found = compare(stack, view)
    a = np.column_stack([view.points, np.ones(len(view.points))])
    expected = np.linalg.solve(a.T @ a, a.T @ found.values)
    np.testing.assert_allclose(np.column_stack([found.weights, found.bias]), expected.T, atol=1e-9)
    assert found.difference == np.abs(found.values - found.line).max() > 0.1


def test_one_bend_breaks_the_line():
    stack = example(2, 3, 4, "relu", 1)
    flat = compare(stack.with_bends([False] * 4), plane(3.0, 2))
    assert flat.difference < 1e-12
    assert flat.pieces == 1
    bent = compare(stack.with_bends([False, True, False, False]), plane(3.0, 2))
    assert bent.difference > 1e-3
    assert bent.pieces > 1


@given(st.integers(1, 3), st.integers(1, 8), st.integers(0, 10_000), st.sampled_from(["relu", "leaky_relu"]))
@settings(max_examples=60, deadline=None)
def test_kinks_of_a_line_are_where_its_slope_changes(depth, width, seed, activation):
    stack = example(1, depth, width, activation, seed)
    found = breaks(stack, -3, 3)
    edges = np.array([-3, *found, 3])
    rounding = 1e-7
    for low, high in pairwise(edges):
        x = np.linspace(low, high, 5)[:, np.newaxis]
        values = stack.value(x)[:, 0]
        # Within a piece it is straight.
        np.testing.assert_allclose(np.diff(values, 2), 0, atol=rounding * (1 + np.abs(values).max()))
    # And the slopes on both sides of a kink differ.
    x = (edges[:-1] + edges[1:]) / 2
    h = np.minimum(1e-6, np.diff(edges) / 4)
    slopes = (stack.value((x + h)[:, np.newaxis]) - stack.value((x - h)[:, np.newaxis]))[:, 0] / (2 * h)
    for before, after, size in zip(slopes, slopes[1:], np.diff(edges)[1:], strict=False):
        assert before != after or size < 1e-5


def test_one_layer_of_one_input_has_a_kink_for_each_unit_in_view():
    kernel, bias = np.array([[1.0, 1.0, -2.0]]), np.array([1.0, -1.0, 8.0])
    relu = activations["relu"]()
    stack = Stack((Link("a", kernel, bias, relu), Link("b", np.ones((3, 1)), np.zeros(1))))
    np.testing.assert_allclose(breaks(stack, -3, 3), [-1, 1])
    np.testing.assert_allclose(breaks(stack, -3, 5), [-1, 1, 4])


def test_a_kink_that_no_output_sees_is_none():
    relu = activations["relu"]()
    stack = Stack((Link("a", np.array([[1.0]]), np.zeros(1), relu), Link("b", np.zeros((1, 1)), np.ones(1))))
    assert not len(breaks(stack, -3, 3))


def test_three_lines_cut_the_plane_into_seven():
    kernel, bias = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]), np.array([0.0, 0.0, -1.0])
    stack = Stack((Link("a", kernel, bias, activations["relu"]()), Link("b", np.ones((3, 1)), np.zeros(1))))
    view = plane(3.0, 2)
    assert regions(stack, view.points, view.shape).count == 7


def test_which_activations_are_made_of_straight_pieces():
    straight = {key for key, entry in activations.items() if key != "custom" and piecewise_linear(entry())}
    assert {"relu", "leaky_relu", "prelu", "identity", "hard_tanh"} & set(activations) <= straight
    assert not {"tanh", "logistic", "elu", "softmax", "gelu"} & straight


def test_formulas_say_how_the_product_comes_about():
    stack = example(2, 1, 2, "relu", 0).with_bends([False, False])
    weights, bias = compare(stack, plane(3.0, 2)).equations()
    assert plain(weights.letters) == "W₂ · W₁"
    assert plain(bias.letters) == "W₂ · b₁ + b₂"
    assert weights.result is not None
