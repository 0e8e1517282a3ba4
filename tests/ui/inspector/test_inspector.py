"""The inspector's pages tell of a run only what belongs to the project."""

import pytest

from annstudio.project import edits
from annstudio.ui.inspector.inspector import Inspector
from tests.ui.canvas.snapshots import snapshot_of

COUNTS = "240 for training, 80 for validation, 80 for the test"


@pytest.fixture
def inspector(qtbot, dressed, document):
    made = Inspector(document)
    qtbot.addWidget(made)
    made.show()
    made.show_snapshot(snapshot_of(document.project))
    return made


def counts(inspector):
    return inspector.data._counts.text()


def test_samples_of_other_data_are_not_counted_where_the_new_cannot_run(inspector, document):
    assert counts(inspector) == COUNTS
    document.apply("cut", edits.remove(document.project, [], document.project.design.wires[:1]))
    assert counts(inspector) == COUNTS
    document.apply("data", edits.set_value(document.project, "data", "source", "linear"))
    assert counts(inspector) == ""
    document.undo_stack.undo()
    assert counts(inspector) == COUNTS


def test_without_a_run_no_samples_are_counted(inspector):
    inspector.show_snapshot(None)
    assert counts(inspector) == ""
