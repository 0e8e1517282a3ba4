"""The space of the last hidden layer."""

import numpy as np
import pytest

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.training.hidden import HiddenSpace, has_hidden_space, samples_to_ask, unit_columns
from annstudio.training.run import Run


def space_of(project):
    run = Run(project)
    run.trainer.advance(run.trainer.batches.count)
    return run, HiddenSpace(run.compiled, run.trainer.weights)


@pytest.mark.parametrize(
    "project",
    [
        chain("Two", "circle", [(5, "tanh"), (2, "tanh")]),
        chain("Classes", "iris", [(6, "relu")]),
        edits.set_value(
            chain("Hinge", "xor", [(3, "tanh")], training={"loss": "hinge"}), "output", "activation", "identity"
        ),
        chain("Plane", "linear", [(4, "tanh")]),
    ],
    ids=lambda project: project.name,
)
def test_the_output_layer_makes_of_the_hidden_values_what_the_network_answers(project):
    run, space = space_of(project)
    inputs = run.prepared.train.inputs
    values = space.values(inputs)
    assert values.shape == (len(inputs), space.units)
    expected = run.compiled.network.objective.readable(run.trainer.predict(inputs))
    np.testing.assert_allclose(space.answers(values), expected, rtol=2e-5, atol=1e-6)


def test_without_a_hidden_layer_there_is_no_space():
    assert not has_hidden_space(Run(chain("None", "iris", [])).compiled.network)
    assert has_hidden_space(Run(chain("One", "iris", [(3, "tanh")])).compiled.network)


def test_large_networks_are_asked_about_fewer_samples():
    network = Run(chain("Large", "digits", [(1000, "relu"), (1000, "relu")])).compiled.network
    assert network.multiply_adds == 64 * 1000 + 1000 * 1000 + 1000 * 10
    assert samples_to_ask(network) == 10**8 // network.multiply_adds


def test_units_are_numbered():
    assert [column.name for column in unit_columns(3)] == ["1", "2", "3"]
