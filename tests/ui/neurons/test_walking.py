"""The keyboard's ways through a network."""

import pytest

from annstudio.project.build import chain, put_before
from annstudio.project.shapes import flow
from annstudio.ui.neurons.layout import layout_of
from annstudio.ui.neurons.links import bundles_of
from annstudio.ui.neurons.things import Bias, Link, Neuron, Whole
from annstudio.ui.neurons.walking import Walker, Way


def walker(project):
    layout = layout_of(project, flow(project))
    return Walker(layout, bundles_of(project, layout))


@pytest.fixture
def exam():
    return walker(chain("x", "exam", [(3, "tanh")]))


def test_tab_meets_every_neuron_once_in_either_direction(exam):
    for forward in (True, False):
        met, thing = [], exam.tab(None, forward)
        while thing is not None:
            met.append(thing)
            thing = exam.tab(thing, forward)
        assert met == (exam.order if forward else exam.order[::-1])
    assert len(exam.order) == 2 + 3 + 1


@pytest.mark.parametrize(
    ("thing", "way", "there"),
    [
        (Neuron("dense-1", 1), Way.UP, Neuron("dense-1", 0)),
        (Neuron("dense-1", 0), Way.UP, Neuron("dense-1", 0)),
        (Neuron("dense-1", 1), Way.LEFT, Link("dense-1", 0, 1)),
        (Neuron("dense-1", 1), Way.RIGHT, Neuron("output", 0)),
        (Neuron("input", 0), Way.LEFT, Neuron("input", 0)),
        (Link("dense-1", 0, 1), Way.DOWN, Link("dense-1", 1, 1)),
        (Link("dense-1", 1, 1), Way.DOWN, Bias("dense-1", 1)),
        (Link("dense-1", 1, 2), Way.LEFT, Neuron("input", 1)),
        (Link("dense-1", 1, 2), Way.RIGHT, Neuron("dense-1", 2)),
        (Bias("dense-1", 1), Way.LEFT, Bias("dense-1", 1)),
        (None, Way.DOWN, Neuron("input", 0)),
    ],
)
def test_arrows(exam, thing, way, there):
    assert exam.go(thing, way) == there


def test_bars_are_stops_and_links_lead_back_to_them():
    walk = walker(put_before(chain("x", "exam", [(3, "tanh")]), "output", ("dropout", {})))
    assert Whole("dropout-1") in walk.order
    assert walk.go(Link("output", 0, 0), Way.LEFT) == Whole("dropout-1")
    assert walk.go(Whole("dropout-1"), Way.RIGHT) == Neuron("output", 0)


def test_what_has_been_removed_leads_to_the_beginning(exam):
    assert exam.tab(Neuron("dense-9", 4), True) == Neuron("input", 0)
