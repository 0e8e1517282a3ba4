"""Where neurons stand: all of a few, the ends of many, bars and stacks for what has none."""

from itertools import pairwise

import pytest

from annstudio.project import edits
from annstudio.project.build import chain, put_before
from annstudio.project.shapes import flow
from annstudio.project.templates import templates
from annstudio.ui.neurons.layout import FIRST, LAST, MOST_NEURONS, STACK, Form, layout_of, shown_of


def laid_out(project):
    return layout_of(project, flow(project))


def test_every_neuron_of_a_few_is_drawn():
    groups = laid_out(chain("x", "exam", [(4, "tanh")])).groups
    assert [(key, group.form, group.shown) for key, group in groups.items()] == [
        ("input", Form.NEURONS, (0, 1)),
        ("dense-1", Form.NEURONS, (0, 1, 2, 3)),
        ("output", Form.NEURONS, (0,)),
    ]
    assert [group.weighted for group in groups.values()] == [False, True, True]


@pytest.mark.parametrize("units", [1, MOST_NEURONS])
def test_nothing_is_hidden_up_to_the_limit(units):
    assert shown_of(units) == tuple(range(units))


@pytest.mark.parametrize("units", [MOST_NEURONS + 1, 120, 4096])
def test_of_many_the_ends_are_drawn_and_the_rest_is_counted(units):
    group = laid_out(chain("x", "exam", [(units, "tanh")])).groups["dense-1"]
    assert group.shown == (*range(FIRST), *range(units - LAST, units))
    assert group.hidden == units - FIRST - LAST
    ys = [group.spots[number].y for number in group.shown]
    assert ys == sorted(ys)
    assert ys[FIRST - 1] < group.gap.y < ys[FIRST]


@pytest.mark.parametrize("template", list(templates))
def test_columns_run_to_the_right_and_neurons_do_not_touch(template):
    project = templates[template]().build()
    layout = laid_out(project)
    for wire in project.design.wires:
        assert layout.groups[wire.source].center.x < layout.groups[wire.target].center.x
    for group in layout.groups.values():
        ys = [point.y for point in group.spots.values()]
        assert all(below - above >= 2 * layout.radius for above, below in pairwise(ys))
        assert group.top <= min(ys, default=group.top)


@pytest.mark.parametrize("template", list(templates))
def test_nothing_covers_another(template):
    groups = list(laid_out(templates[template]().build()).groups.values())
    for number, group in enumerate(groups):
        for other in groups[number + 1 :]:
            apart = group.top + group.height <= other.top or other.top + other.height <= group.top
            assert apart or abs(group.center.x - other.center.x) > STACK / 2


def test_layers_that_only_pass_values_are_bars_with_the_same_rows():
    project = put_before(chain("x", "exam", [(40, "tanh")]), "output", ("batch_norm", {}), ("dropout", {}))
    groups = laid_out(project).groups
    assert groups["batch_norm-1"].form is groups["dropout-1"].form is Form.BAR
    rows = [point.y for point in groups["dense-1"].spots.values()]
    assert [point.y for point in groups["dropout-1"].spots.values()] == rows
    assert groups["dropout-1"].center.x - groups["batch_norm-1"].center.x < groups["dense-1"].center.x


def test_pictures_are_stacks():
    groups = laid_out(templates["digits_filters"]().build()).groups
    assert groups["conv2d-1"].form is Form.STACK
    assert groups["conv2d-1"].size == 16
    assert groups["conv2d-1"].shown == ()
    assert groups["conv2d-1"].hidden == 0
    assert groups["flatten-1"].form is Form.BAR


def test_branches_stand_above_each_other():
    project = chain("x", "exam", [(4, "tanh")])
    project, other = edits.add_node(project, "dense", (170.0, 400.0))
    project = edits.connect(project, "input", other)
    groups = laid_out(project).groups
    assert groups[other].center.x == groups["dense-1"].center.x
    assert groups[other].top > groups["dense-1"].top + groups["dense-1"].height


def test_a_loose_layer_and_a_loop_have_their_places():
    project = chain("x", "exam", [(4, "tanh"), (4, "tanh")])
    project, loose = edits.add_node(project, "batch_norm", (0.0, 300.0))
    groups = laid_out(project).groups
    assert groups[loose].size == 0
    assert groups[loose].spots == {}
    assert groups[loose].height > 0


def test_an_empty_design_has_an_empty_layout():
    project = chain("x", "exam", [])
    assert laid_out(edits.remove(project, ["input", "output"], [])).groups == {}
