"""Whatever edits follow on one another, a project stays whole."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from annstudio.engine.layers import layers
from annstudio.project.critic import criticize
from annstudio.project.following import wanted
from annstudio.project.graph import graph_of
from annstudio.project.settings import DATA, TRAINING, checked, shares_of
from annstudio.project.shapes import flow
from annstudio.project.unroll import unrolled
from tests.project.strategies import edited, projects


def check_design(project):
    ids = [node.id for node in project.design.nodes]
    assert len(set(ids)) == len(ids)
    assert set(project.positions) == set(ids)
    assert len(set(project.design.wires)) == len(project.design.wires)
    graph = graph_of(project)
    for wire in project.design.wires:
        assert layers[graph.nodes[wire.source].kind].gives_output
        assert layers[graph.nodes[wire.target].kind].takes_input
    for node_id, sources in graph.sources.items():
        assert len(sources) <= 1 or layers[graph.nodes[node_id].kind].takes_many
    assert graph.loop() == ()


def check_settings(project):
    assert checked(DATA, project.data.values) == project.data.values
    assert checked(TRAINING, project.training.values) == project.training.values
    shares_of(project.data)
    for node in project.design.nodes:
        assert checked(layers[node.kind].info.params, node.settings.values) == node.settings.values


def check_following(project):
    wishes = wanted(project.data)
    followers = [("training", project.training), *((node.kind, node.settings) for node in project.design.nodes)]
    for name, held in followers:
        for key, value in wishes.get(name, {}).items():
            assert key in held.pinned or held[key] == value


@given(st.data())
@settings(max_examples=80)
def test_every_edit_leaves_a_whole_project(data):
    project = data.draw(projects(most_edits=0))
    for _ in range(data.draw(st.integers(5, 20))):
        project = edited(data.draw, project)
        check_design(project)
        check_settings(project)
        check_following(project)
        assert {node.id for node in project.design.nodes} == set(project.positions)
        # The passes of a repeated block are layers of their own there.
        assert {node.id for node in unrolled(project.design).nodes} == set(flow(project))
        assert all(finding.node is None or finding.node in project.positions for finding in criticize(project))


@given(st.data())
@settings(max_examples=40)
def test_earlier_values_stay_as_they_were_for_undo(data):
    past = [data.draw(projects(most_edits=0))]
    written = [msgspec.json.encode(past[0])]
    for _ in range(12):
        past.append(edited(data.draw, past[-1]))
        written.append(msgspec.json.encode(past[-1]))
    assert [msgspec.json.encode(project) for project in past] == written
