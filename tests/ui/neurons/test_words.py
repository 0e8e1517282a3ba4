"""What is said about neurons and weights."""

import numpy as np
import pytest

from annstudio.project.build import chain
from annstudio.project.shapes import flow
from annstudio.training.trained import LayerWeights
from annstudio.ui.neurons.things import Bias, Link, Neuron
from annstudio.ui.neurons.words import Words, exact, value_of


def words(project):
    return Words(project, flow(project))


@pytest.fixture
def exam(qapp):
    return words(chain("x", "exam", [(3, "tanh")]))


@pytest.fixture
def known():
    kernel = np.array([[0.5, 1.0, 0.25], [-2.0, 0.0, 0.125]], np.float32)
    return {"dense-1": LayerWeights({"kernel": kernel, "bias": np.array([0.0, -1.5, 3.0], np.float32)})}


@pytest.mark.parametrize(
    ("thing", "symbol"),
    [
        (Link("dense-1", 1, 0), "w₂₁"),
        (Link("dense-1", 11, 2), "w₁₂,₃"),
        (Bias("dense-1", 2), "b₃"),
        (Neuron("input", 0), "x₁"),
        (Neuron("dense-1", 0), "a₁"),
        (Neuron("output", 0), "ŷ₁"),
    ],
)
def test_symbols(exam, thing, symbol):
    assert exam.symbol(thing) == symbol


def test_a_weight_says_its_number_and_what_it_connects(exam, known):
    first, second = exam.lines(Link("dense-1", 1, 0), known)
    assert first.text == "w₂₁ = −2"
    assert second.text == "from x₂: Hours studied (h) to neuron 1 of Dense 1"


def test_a_weight_that_is_not_known_says_so(exam):
    assert exam.lines(Bias("dense-1", 0), {})[0].text == "b₁: known when the network is ready"


def test_a_neuron_of_few_inputs_writes_its_sum_out(exam, known):
    assert exam.lines(Neuron("dense-1", 1), known)[-1].text == "z₂ = 1.00·x₁ + 0·x₂ − 1.50"


def test_the_names_of_inputs_and_answers_stand_beside_their_neurons(exam, qapp):
    assert exam.labels("input", (0, 1)) == ["Lectures attended", "Hours studied (h)"]
    assert exam.labels("dense-1", (0, 1, 2)) == []
    assert exam.labels("output", (0,)) == ["Pass"]
    assert words(chain("x", "iris", [])).labels("output", (0, 2)) == ["Setosa", "Virginica"]
    assert words(chain("x", "digits", [])).labels("input", (63,)) == ["pixel (8, 8)"]


@pytest.mark.parametrize("value", [0.1, -1 / 3, 1.5e-7, 3e12, 16777216, 0.0])
@pytest.mark.parametrize("precision", [np.float32, np.float64])
def test_a_number_is_written_with_all_its_digits(value, precision):
    number = precision(value)
    assert precision(exact(number).replace("−", "-")) == number


def test_a_number_of_another_shape_is_not_known(known):
    assert value_of(Link("dense-1", 2, 0), known) is None
    assert value_of(Link("output", 0, 0), known) is None
    assert value_of(Bias("dense-1", 1), known) == -1.5
