"""A sweep in real processes; killed in the middle, it is resumed and ends with the same table."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from annstudio.core.errors import UserError
from annstudio.project.build import chain
from annstudio.project.file import save
from annstudio.training.sweep.plan import Axis, make_plan
from annstudio.training.sweep.ranking import ranked
from annstudio.training.sweep.runner import Journal, results_of
from annstudio.training.sweep.telling import as_json
from annstudio.training.sweep.trial import conduct

EXAM = chain("Test", "exam", [(4, "tanh")])
PLAN = make_plan(EXAM, [Axis("optimizer", ("sgd", "adam"))], 2, 3)


def test_results_are_those_of_the_trials_whatever_process_they_are_from():
    found = {result.key: result for result in results_of(PLAN)}
    assert found == {trial.key: conduct(trial.key, trial.project, 3) for trial in PLAN.trials}


def test_what_is_in_the_journal_is_not_computed_again(tmp_path, monkeypatch):
    journal = Journal(tmp_path / "j")
    first = as_json(PLAN, ranked(PLAN, results_of(PLAN, journal)))
    monkeypatch.setattr("annstudio.training.sweep.runner.ProcessPoolExecutor", None)
    assert as_json(PLAN, ranked(PLAN, results_of(PLAN, journal))) == first


def test_lines_that_are_not_whole_count_for_nothing(tmp_path):
    journal = Journal(tmp_path / "j")
    result = conduct(PLAN.trials[0].key, PLAN.trials[0].project, 3)
    with (tmp_path / "j").open("wb") as stream:
        stream.write(b'{"key": "half", "fai\n\xff\xfe\n[1, 2]\n')
        stream.write(b'{"key": 1, "failed": false, "curves": [[1]]}\n{"key": "cut')
    journal.add(result)
    assert journal.read() == {result.key: result}


def test_a_journal_that_cannot_be_read_or_written_is_told(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(UserError, match="cannot be read"):
        Journal(tmp_path / "folder").read()
    with pytest.raises(UserError, match="cannot be written"):
        Journal(tmp_path / "missing" / "j").add(conduct("k", EXAM, 1))


def test_it_ends_when_asked_to():
    seen = []
    for result in results_of(PLAN, ended=lambda: len(seen) >= 1):
        seen.append(result)
    assert 1 <= len(seen) < len(PLAN.trials)


def _wait_until_gone(group):
    """Wait until no process of a group is left."""
    end = time.monotonic() + 20
    with suppress(ProcessLookupError):
        while time.monotonic() < end:
            os.killpg(group, 0)
            time.sleep(0.05)
        pytest.fail("a process of the killed sweep goes on")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups")
def test_a_sweep_killed_in_the_middle_resumes_and_ends_with_the_same_table(tmp_path):
    save(tmp_path / "e.ann", EXAM, None, None)
    command = [sys.executable, "-m", "annstudio", "sweep", str(tmp_path / "e.ann"), "--over", "optimizer=sgd,adam"]
    command += ["--over", "batch_size=5,10", "--seeds", "3", "--epochs", "40", "--json"]
    whole = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    journal = tmp_path / "j"
    killed = subprocess.Popen([*command, "--resume", str(journal)], stdout=subprocess.DEVNULL, start_new_session=True)
    end = time.monotonic() + 60
    while not (journal.exists() and len(Journal(journal).read()) >= 2) and time.monotonic() < end:
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    _wait_until_gone(killed.pid)
    assert 2 <= len(Journal(journal).read()) < 12
    resumed = json.loads(subprocess.run([*command, "--resume", str(journal)], capture_output=True, check=True).stdout)
    assert resumed == whole
