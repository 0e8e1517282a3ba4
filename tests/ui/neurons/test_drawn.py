"""Whatever a student has built so far can be drawn."""

import pytest
from hypothesis import given
from hypothesis import settings as effort

from annstudio.engine.layers import layers
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.shapes import flow
from annstudio.project.unroll import spelled_out
from annstudio.ui.neurons.drawn import drawn_of
from tests.project.strategies import projects


def drawn(project):
    return drawn_of(spelled_out(project), flow(project))


@pytest.mark.parametrize("kind", list(layers))
def test_any_layer_alone_is_drawn(qapp, kind):
    empty = edits.remove(chain("x", "exam", []), ["input", "output"], [])
    project, node_id = edits.add_node(empty, kind, (0.0, 0.0))
    picture = drawn(project)
    assert list(picture.layout.groups) == [node_id]
    assert picture.area(picture.layout.groups[node_id]).isValid()


@given(projects())
@effort(max_examples=80, deadline=None)
def test_any_project_is_drawn(qapp, project):
    picture = drawn(project)
    assert picture.layout.groups.keys() == flow(project).keys()
    # Sums of numbers that are no whole ones are not exact.
    content = picture.content().adjusted(-1, -1, 1, 1)
    assert all(content.contains(picture.area(group)) for group in picture.layout.groups.values())
