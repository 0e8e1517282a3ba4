from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.ui.outline.entries import entries_of


def by_id(project):
    return {entry.node_id: entry for entry in entries_of(project)}


def test_every_layer_has_a_line_in_the_order_of_the_flow(qapp):
    entries = entries_of(chain("test", "exam", [(8, "tanh"), (4, "relu")]))
    assert [entry.name for entry in entries] == ["Input", "Dense 1", "Dense 2", "Output"]
    assert [entry.shape for entry in entries] == ["→ 2", "→ 8", "→ 4", "→ 1"]
    assert all(entry.icon for entry in entries)


def test_where_a_layer_is_fed_from_is_said_unless_it_is_the_line_above(qapp):
    project = chain("test", "exam", [(4, "tanh"), (4, "relu")])
    assert "from" not in by_id(project)["dense-2"].details
    project, added = edits.append_node(project, "add", "dense-2")
    project = edits.connect(project, "dense-1", added)
    assert by_id(project)[added].details.endswith("from Dense 2, Dense 1")
    skipped = edits.connect(project, "input", "output")
    assert by_id(skipped)["output"].details.endswith("from Input")


def test_what_is_wrong_is_told_and_said_aloud(qapp):
    project = chain("test", "exam", [(4, "tanh")])
    entry = by_id(edits.remove(project, [], project.design.wires[:1]))["dense-1"]
    assert entry.shape == "→ 4"
    assert entry.problems.errors
    assert entry.problems.errors[0] in entry.spoken


def test_a_shape_that_is_not_known_is_a_question_mark(qapp):
    project = chain("test", "exam", [])
    project, node_id = edits.add_node(project, "flatten", (0.0, 300.0))
    assert by_id(project)[node_id].shape == "→ ?"
