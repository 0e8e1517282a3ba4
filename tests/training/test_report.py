"""What is said of a run is true of it."""

import math
from dataclasses import replace

from annstudio.core.texts import Text
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.critic import Finding, Fix, Severity
from annstudio.training.marks import Mark
from annstudio.training.report import report
from annstudio.training.snapshot import Snapshot
from tests.ui.views.runs import history, snapshot

EXAM = chain("Exam", "exam", [(4, "tanh")])


def told(rows, project=EXAM, **changes):
    made = replace(snapshot(project, history=history(rows)), **{"project": project, **changes})
    return [(paragraph.heading, " ".join(map(str, paragraph.sentences))) for paragraph in report(made)]


def well(rows, **changes):
    return dict(told(rows, **changes))["How well it does"]


def test_before_a_run_there_is_nothing_to_report():
    assert report(Snapshot(1, "ready", None, 0, 0, 0)) == []
    assert told([(0, 1, 1, 0.5, 0.5)], step=0) == []


def test_how_it_was_trained_with_what_was_changed_on_the_way():
    marks = (Mark(2.0, {"a": Text("Learning rate η: 0.5")}), Mark(9.0, {"b": Text("Batch size: 20")}))
    rows = [(0, 1.0, 1.0, 0.5, 0.5), (4, 0.5, 0.6, 0.9, 0.8)]
    said = dict(told(rows, epoch=4, step=1234, marks=marks, at=4.0))["How it was trained"]
    assert said == (
        "4 epochs, 1,234 steps, by Adam at a learning rate of 0.001, batches of 10. At epoch 2: Learning rate η: 0.5."
    )


def test_a_run_that_does_as_well_on_new_samples():
    assert well([(0, 1.0, 1.1, 0.5, 0.4), (4, 0.25, 0.3, 0.9, 0.85)]) == (
        "The training cost fell from 1 to 0.25. The validation cost is 0.3, as low as it has ever been. Of the "
        "training samples 90.0 % are classified right, of new ones 85.0 %. It does about as well on new samples as on "
        "those that it was trained on."
    )


def test_a_run_that_learns_by_heart():
    rows = [(0, 1.0, 1.0, 0.5, 0.5), (10, 0.3, 0.4, 0.9, 0.8), (40, 0.1, 0.6, 0.99, 0.75)]
    said = well(rows)
    assert "it was lowest at epoch 10, with 0.4" in said
    assert "Since epoch 10 it has been learning its training samples by heart" in said


def test_a_gap_that_does_not_grow_is_no_learning_by_heart():
    said = well([(0, 1.0, 1.0, 0.5, 0.5), (20, 0.2, 0.4, 0.9, 0.8)])
    assert "much better on the samples that it was trained on" in said


def test_a_cost_that_did_not_fall():
    said = well([(0, 0.5, math.nan, 0.5, math.nan), (20, 0.6, math.nan, 0.4, math.nan)])
    assert said == (
        "The training cost did not fall: it was 0.5 and is 0.6. Of the training samples 40.0 % are classified right."
    )


def test_a_regression_is_told_by_r_squared():
    said = well([(0, 2.0, 2.0, 0.0, 0.0), (20, 0.2, 0.22, 0.9, 0.88)], project=chain("Line", "linear", []))
    assert "R² is 0.9 on the training samples and 0.88 on new ones." in said


def test_what_the_doctor_says_and_what_to_try():
    rows = [(0, 1.0, 1.0, 0.5, 0.5), (4, 0.5, 0.6, 0.9, 0.8)]
    assert told(rows)[-1] == ("What the doctor says", "The doctor finds nothing wrong with the run.")
    fixes = [Fix(Text(label), edits.set_value) for label in ("Learning rate 0.1", "Clip")]
    why = Text("Too long.")
    finding = Finding("unstable", Severity.WARNING, None, Text("It jumps."), why, fixes[0], None, (fixes[1],), True)
    assert told(rows, findings=(finding,))[-1] == (
        "What the doctor says",
        "It jumps. Too long. Try: Learning rate 0.1, Clip.",
    )
