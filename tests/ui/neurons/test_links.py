"""The lines between neurons: one for each weight that is drawn, one for each value handed on."""

import numpy as np
import pytest

from annstudio.project import edits
from annstudio.project.build import chain, put_before
from annstudio.project.shapes import flow
from annstudio.project.templates import templates
from annstudio.training.trained import LayerWeights
from annstudio.ui.neurons.layout import layout_of
from annstudio.ui.neurons.links import bundles_of, detours_of, passing_lines


def made(project, find):
    return find(project, layout_of(project, flow(project)))


def test_there_is_a_link_for_each_weight():
    first, second = made(chain("x", "exam", [(4, "tanh")]), bundles_of)
    assert (first.node_id, len(first.ends)) == ("dense-1", 8)
    assert (second.node_id, len(second.ends)) == ("output", 4)
    assert len(set(map(tuple, first.ends))) == 8


def test_each_link_has_its_own_weight():
    bundle = made(chain("x", "exam", [(3, "tanh")]), bundles_of)[0]
    kernel = np.arange(6.0).reshape(2, 3)
    weights = bundle.weights({"dense-1": LayerWeights({"kernel": kernel})})
    for link, weight in zip(bundle.links, weights, strict=True):
        assert kernel[link.source, link.unit] == weight


def test_of_hidden_neurons_no_link_is_drawn():
    bundle = made(chain("x", "exam", [(120, "tanh")]), bundles_of)[0]
    assert set(bundle.units.tolist()) == {*range(8), *range(116, 120)}


@pytest.mark.parametrize("known", [{}, {"dense-1": LayerWeights({"kernel": np.zeros((2, 2))})}])
def test_weights_of_another_network_are_not_known(known):
    bundle = made(chain("x", "exam", [(3, "tanh")]), bundles_of)[0]
    assert np.isnan(bundle.weights(known)).all()


def test_a_bar_hands_each_value_on_and_links_begin_at_it():
    project = put_before(chain("x", "exam", [(4, "tanh")]), "output", ("dropout", {}))
    lines = made(project, passing_lines)
    assert len(lines) == 4
    assert (lines[:, 1] == lines[:, 3]).all()
    assert made(project, bundles_of)[1].ends[:, 0].min() > lines[:, 2].max()


def test_a_wire_around_a_layer_passes_above_it():
    project = templates["spiral_shortcut"]().build()
    layout = layout_of(project, flow(project))
    (detour,) = detours_of(project, layout)
    assert detour.lane < layout.groups["dense-2"].top
    assert detour.start.x < layout.groups["dense-2"].center.x < detour.end.x


def test_what_is_joined_keeps_its_order():
    project = chain("x", "exam", [(3, "tanh")])
    project, other = edits.add_node(project, "dense", (170.0, 400.0))
    project = edits.set_value(edits.connect(project, "input", other), other, "units", 2)
    project = put_before(project, "output", ("concatenate", {}))
    project = edits.connect(project, other, "concatenate-1")
    layout = layout_of(project, flow(project))
    lines = passing_lines(project, layout)
    joined = layout.groups["concatenate-1"]
    assert joined.size == 5
    assert sorted(lines[:, 3]) == [joined.spots[number].y for number in range(5)]


def test_pictures_are_handed_on_by_one_line():
    lines = made(templates["digits_filters"]().build(), passing_lines)
    assert len(lines) == 4
