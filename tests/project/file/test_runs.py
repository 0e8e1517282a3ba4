"""Runs that are kept in a file come back as they were, and no others get in."""

import json
import zipfile
from contextlib import suppress

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.core.errors import UserError
from annstudio.project.build import chain
from annstudio.project.edits import set_value
from annstudio.project.file import load, runs, save
from annstudio.project.kept import MOST_POINTS, MOST_RUNS, KeptRun, thinned

EXAM = chain("Exam", "exam", [(4, "tanh")])


def run(name="Run 1", rows=((0, 1.0, np.nan, 0.5, np.nan), (2.5, 0.25, 0.5, 0.75, 0.5)), note="", project=EXAM):
    return KeptRun(name, project, 2, np.array(rows, float), note)


def test_they_come_back_as_they_were(tmp_path):
    other = set_value(EXAM, "training", "optimizer", "sgd")
    kept = (run(), run("Zweiter “Lauf”", note="schneller, aber unruhig", project=other))
    save(tmp_path / "a.ann", EXAM, None, None, kept)
    found = load(tmp_path / "a.ann").runs
    assert [(each.name, each.note, each.epoch, each.project) for each in found] == [
        (each.name, each.note, each.epoch, each.project) for each in kept
    ]
    for before, after in zip(kept, found, strict=True):
        np.testing.assert_array_equal(before.curves, after.curves)


def test_as_many_runs_as_may_be_kept_of_a_network_that_learns_nothing_come_back(tmp_path):
    """They repeat each other so much that, packed, they would look like a bomb."""
    project, level = chain("Deep", "exam", [(4, "tanh")] * 20), [(0, 1, 1, 0, 0)] * MOST_POINTS
    save(tmp_path / "a.ann", project, None, None, [run(f"Run {k}", level, "", project) for k in range(MOST_RUNS)])
    assert len(load(tmp_path / "a.ann").runs) == MOST_RUNS


def test_a_file_without_runs_has_none(tmp_path):
    save(tmp_path / "a.ann", EXAM, None, None)
    assert load(tmp_path / "a.ann").runs == ()
    with zipfile.ZipFile(tmp_path / "a.ann") as archive:
        assert archive.namelist() == ["project.json"]


def changed(edit):
    content = msgspec.json.decode(runs.encode([run()]))
    edit(content)
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    "edit",
    [
        lambda content: content[0].update(extra=1),
        lambda content: content[0].pop("note"),
        lambda content: content[0].update(epoch=-1),
        lambda content: content[0].update(epoch=True),
        lambda content: content[0].update(curves=[]),
        lambda content: content[0]["curves"].append([1, 2, 3]),
        lambda content: content[0]["curves"].append([None, 1, 1, 1, 1]),
        lambda content: content[0]["curves"].append([1.0, 1, 1, 1, 1]),
        lambda content: content[0].update(curves=[[k, 1, 1, 1, 1] for k in range(MOST_POINTS + 1)]),
        lambda content: content.extend(content * MOST_RUNS),
        lambda content: content[0].update(note="x" * 2001),
        lambda content: content[0]["project"]["training"]["values"].update(optimizer="sorcery"),
        lambda content: content[0]["project"].update(format=99),
        lambda content: content[0].update(project=[]),
    ],
)
def test_what_is_not_as_it_should_be_is_refused(edit):
    with pytest.raises(UserError):
        runs.decode(changed(edit))


@given(st.binary(max_size=300))
def test_garbage_is_refused(data):
    with suppress(UserError):
        assert isinstance(runs.decode(data), tuple)


def test_names_that_steer_are_cleaned():
    assert runs.decode(runs.encode([run("a\u202eb\x1b[31m")]))[0].name == "ab[31m"


def test_long_curves_keep_their_ends():
    curves = np.arange(5000.0).reshape(1000, 5)
    kept = thinned(curves)
    assert len(kept) == MOST_POINTS
    assert kept[0, 0] == 0
    assert kept[-1].tolist() == curves[-1].tolist()
    assert len(thinned(curves[:3])) == 3
