"""Projects made in one call."""

from itertools import pairwise

import pytest

from annstudio.core.errors import UserError
from annstudio.data.dataset import Task
from annstudio.data.sources import sources
from annstudio.project import layout
from annstudio.project.build import chain, put_before
from annstudio.project.critic import criticize
from annstudio.project.names import title
from annstudio.project.settings import shares_of

FITTING = {
    Task.BINARY: ("logistic", "log_loss"),
    Task.MULTI_CLASS: ("softmax", "cross_entropy"),
    Task.REGRESSION: ("identity", "mse"),
}


@pytest.mark.parametrize("key", sources)
def test_output_and_loss_fit_every_data_set(key):
    project = chain("Test", key, [(8, "tanh")], training={"batch_size": 1})
    schema = sources[key].schema
    output = project.design.node("output")
    assert output["units"] == schema.outputs
    assert (output["activation"], project.training["loss"]) == FITTING[schema.task]
    assert shares_of(project.data) == sources[key].shares
    assert project.data["standardize"] == sources[key].standardize
    assert criticize(project) == ()


def test_a_chain_is_wired_and_laid_out_in_order():
    project = chain("Test", "exam", [(4, "tanh"), (2, "relu")])
    ids = ["input", "dense-1", "dense-2", "output"]
    assert [node.id for node in project.design.nodes] == ids
    assert [(wire.source, wire.target) for wire in project.design.wires] == list(pairwise(ids))
    assert project.positions == {node_id: (n * layout.STEP, 0.0) for n, node_id in enumerate(ids)}
    assert [str(title(node)) for node in project.design.nodes] == ["Input", "Dense 1", "Dense 2", "Output"]


@pytest.mark.parametrize(
    ("activation", "initializer"),
    [("relu", "he_normal"), ("leaky_relu", "he_normal"), ("tanh", "xavier_uniform"), ("logistic", "xavier_uniform")],
)
def test_initializers_suit_the_activation(activation, initializer):
    assert chain("Test", "exam", [(4, activation)]).design.node("dense-1")["initializer"] == initializer
    given = chain("Test", "exam", [(4, activation)], initializer="normal")
    assert given.design.node("dense-1")["initializer"] == "normal"


def test_a_given_loss_is_pinned():
    assert chain("Test", "exam", []).training.pinned == ()
    pinned = chain("Test", "exam", [], training={"loss": "mse"})
    assert (pinned.training["loss"], pinned.training.pinned) == ("mse", ("loss",))


def test_given_data_settings_win_over_the_preferred_ones():
    project = chain("Test", "gate_xor", [], data={"standardize": True})
    assert project.data["standardize"] is True
    assert project.data["train"] == 1.0
    assert chain("Test", "spiral", [], data={"source.noise": 0.1}).data["source.noise"] == 0.1


@pytest.mark.parametrize(
    ("source", "hidden", "data"),
    [
        ("cats", [], {}),
        ("exam", [(0, "tanh")], {}),
        ("exam", [(4, "sinus")], {}),
        ("exam", [], {"train": 0.9, "validation": 0.5}),
        ("exam", [], {"source.height": 3}),
    ],
)
def test_bad_values_are_refused(source, hidden, data):
    with pytest.raises(UserError):
        chain("Test", source, hidden, data=data)


def test_layers_are_put_one_behind_the_other():
    project = put_before(chain("Test", "exam", [(4, "tanh")]), "output", ("batch_norm", {}), ("dropout", {"rate": 0.2}))
    assert project.design.sources("output") == ("dropout-1",)
    assert project.design.sources("dropout-1") == ("batch_norm-1",)
    assert project.design.node("dropout-1")["rate"] == 0.2
