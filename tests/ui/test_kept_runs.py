from dataclasses import replace

from PySide6.QtGui import QUndoStack

from annstudio.project.build import chain
from annstudio.project.kept import MOST_RUNS
from annstudio.ui.kept_runs import KeptRuns
from tests.ui.views.runs import history, snapshot

EXAM = chain("Exam", "exam", [(4, "tanh")])


def shot(**changes):
    return replace(snapshot(EXAM, history=history()), **{"project": EXAM, "at": 2.0, **changes})


def test_a_run_is_kept_as_it_is_shown_and_undo_takes_it_back(qapp):
    stack = QUndoStack()
    kept = KeptRuns(stack)
    kept.keep(shot())
    assert [(run.name, run.project, len(run.curves)) for run in kept.runs] == [("Run 1", EXAM, 3)]
    assert not stack.isClean()
    stack.undo()
    assert kept.runs == ()
    stack.redo()
    assert len(kept.runs) == 1


def test_every_change_can_be_undone(qapp):
    stack = QUndoStack()
    kept = KeptRuns(stack)
    kept.keep(shot())
    kept.keep(shot())
    kept.rename(0, "  fast ")
    kept.annotate(1, "with more layers")
    kept.remove(0)
    assert [(run.name, run.note) for run in kept.runs] == [("Run 2", "with more layers")]
    stack.undo()
    assert [run.name for run in kept.runs] == ["fast", "Run 2"]
    stack.undo()
    stack.undo()
    assert [(run.name, run.note) for run in kept.runs] == [("Run 1", ""), ("Run 2", "")]


def test_what_changes_nothing_is_no_edit(qapp):
    stack = QUndoStack()
    kept = KeptRuns(stack)
    kept.keep(shot(step=0))
    assert stack.count() == 0
    kept.keep(shot())
    kept.rename(0, "   ")
    kept.rename(0, "Run 1")
    kept.annotate(0, "")
    assert stack.count() == 1


def test_names_are_not_given_twice_and_there_is_an_end(qapp):
    kept = KeptRuns(QUndoStack())
    for _ in range(MOST_RUNS + 2):
        kept.keep(shot())
    assert kept.is_full
    assert len({run.name for run in kept.runs}) == MOST_RUNS
    kept.remove(3)
    kept.keep(shot())
    assert kept.runs[-1].name == "Run 4"
