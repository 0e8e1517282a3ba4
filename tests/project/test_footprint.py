"""What a network costs, against figures counted by hand."""

import numpy as np
import pytest

from annstudio.engine.optimizers import optimizers
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.compile import compile_network
from annstudio.project.footprint import Footprint, footprint
from annstudio.project.model import Wire


@pytest.fixture
def project():
    """Input 2, Dense 8, Dense 4, Output 1, with Adam in single precision and batches of 10."""
    project = chain("test", "exam", [(8, "tanh"), (4, "relu")])
    assert project.training["optimizer"] == "adam"
    return edits.set_value(project, "training", "batch_size", 10)


def test_a_chain_is_as_counted_by_hand(project):
    parameters = 3 * 8 + 9 * 4 + 5 * 1
    found = footprint(project)
    assert found == Footprint(
        parameters=parameters,
        multiply_adds=2 * 8 + 8 * 4 + 4 * 1,
        weights=4 * parameters,
        gradients=4 * parameters,
        optimizer=4 * 2 * parameters,
        activations=4 * 10 * (2 + 8 + 4 + 1),
    )
    assert found.memory == 4 * 4 * parameters + 600


def test_double_precision_takes_twice_the_memory(project):
    double = edits.set_value(project, "training", "precision", "float64")
    assert footprint(double).memory == 2 * footprint(project).memory


def test_a_frozen_layer_needs_no_gradients(project):
    frozen = footprint(edits.set_value(project, "dense-2", "trainable", False))
    assert frozen.weights == footprint(project).weights
    assert frozen.gradients == 4 * (3 * 8 + 5)
    assert frozen.optimizer == 2 * frozen.gradients


def test_statistics_are_kept_beside_the_weights(project):
    normalized, _ = edits.insert_node(project, "batch_norm", Wire("dense-1", "dense-2"))
    found = footprint(normalized)
    assert found.weights == 4 * compile_network(normalized).network.size
    assert found.gradients == 4 * found.parameters


def test_a_branch_that_leads_nowhere_costs_nothing(project):
    loose, node_id = edits.add_node(project, "dense", (0.0, 500.0))
    assert footprint(edits.connect(loose, "input", node_id)) == footprint(project)


@pytest.mark.parametrize("key", list(optimizers))
def test_the_memory_of_every_optimizer_is_that_of_its_state(project, key):
    chosen = edits.set_value(project, "training", "optimizer", key)
    count = footprint(chosen).parameters
    state = optimizers[key]().initial_state(np.zeros(count, np.float32))
    vectors = sum(value.nbytes for value in state.values() if value.shape[-1:] == (count,))
    assert footprint(chosen).optimizer == vectors
