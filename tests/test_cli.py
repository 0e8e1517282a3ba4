"""The command line, as its users call it: a process of its own, without a display."""

import errno
import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from annstudio import __version__
from annstudio.cli import all_registries, main
from annstudio.engine.activations.tanh import Tanh
from annstudio.project import file
from annstudio.project.build import chain
from annstudio.project.edits import remove
from annstudio.project.figures import styles
from annstudio.project.file import load, save
from annstudio.project.kept import KeptRun
from annstudio.project.settings import REGISTRIES
from annstudio.project.templates import templates

Say = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """Run the command line in an empty folder with no display and, so that Qt would be missed, no Qt platform."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    environment["PYTHONPATH"] = str(Path(__file__).parent.parent)

    def call(*arguments: str, stdout: object = subprocess.PIPE, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "annstudio", *arguments],
            cwd=tmp_path,
            env=environment | variables,
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            timeout=100,
            check=False,
        )

    return call


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one sentence of a refusal."""
    assert done.returncode == 2
    assert not done.stdout
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_version(say: Say) -> None:
    assert say("--version").stdout == f"annstudio {__version__}\n"


def test_self_check_counts_every_registry(say: Say) -> None:
    counts = json.loads(say("--self-check").stdout)["registries"]
    assert counts == {name: len(registry) for name, registry in all_registries(REGISTRIES).items()}
    assert all(count > 0 for count in counts.values())


def test_new_train_check_and_open_again(say: Say, tmp_path: Path) -> None:
    made = say("new", "-o", "f.ann", "--data", "gauss", "--hidden", "5,3", "--activation", "relu", "--optimizer", "sgd",
               "--learning-rate", "0.05", "--schedule", "warmup", "--batch-size", "20", "--seed", "3")  # fmt: skip
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    assert say("check", "f.ann").returncode == 0
    done = say("train", "f.ann", "-o", "out.ann", "--epochs", "7", "--json")
    outcome = json.loads(done.stdout)
    assert set(outcome) == {"epochs", "steps", "seconds", "stopped_by", "cost", "penalty", "metrics", "history"}
    assert (outcome["epochs"], outcome["stopped_by"]) == (7, "epochs")
    assert outcome["steps"] == 7 * math.ceil(300 / 20)
    assert set(outcome["cost"]) == set(outcome["metrics"]) == {"train", "validation", "test"}
    assert outcome["metrics"]["test"]["accuracy"] > 0.9
    assert len(outcome["history"]["cost"]["train"]) == 8
    assert outcome["history"]["cost"]["train"][-1] == outcome["cost"]["train"] < outcome["history"]["cost"]["train"][0]
    loaded = file.load(tmp_path / "out.ann")
    assert loaded.progress is not None
    assert (loaded.progress.epoch, loaded.progress.step) == (7, outcome["steps"])
    assert loaded.project == file.load(tmp_path / "f.ann").project
    assert loaded.project.training["schedule"] == "warmup"
    assert loaded.weights is not None
    assert loaded.weights["dense-1"]["kernel"].shape == (2, 5)


def test_a_project_may_start_from_a_template_with_another_training(say: Say, tmp_path: Path) -> None:
    made = say("new", "-o", "f.ann", "--template", "deep_logistic", "--learning-rate", "0.5", "--seed", "3")
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    project, template = file.load(tmp_path / "f.ann").project, templates["deep_logistic"]().build()
    assert project.design == template.design
    assert project.data == template.data
    changed = {key for key, value in project.training.values.items() if value != template.training[key]}
    assert changed == {"optimizer.learning_rate", "seed"}
    assert say("check", "f.ann").returncode == 1


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--template", "iris", "--hidden", "4"], "has its own layers"),
        (["--template", "iris", "--activation", "relu"], "has its own layers"),
        (["--template", "no_such_template"], "There is no template"),
        (["--template", "iris", "--data", "iris"], "not allowed with"),
        ([], "--data --template"),
    ],
)
def test_a_start_that_cannot_be_is_refused(say: Say, arguments: list[str], why: str) -> None:
    assert why in refused(say("new", "-o", "f.ann", *arguments))


def test_an_activation_of_ones_own_starts_from_its_default_formula(say: Say, tmp_path: Path) -> None:
    assert say("new", "-o", "f.ann", "--data", "exam", "--hidden", "4", "--activation", "formula").returncode == 0
    layer = file.load(tmp_path / "f.ann").project.design.node("dense-1")
    assert layer["activation.expression"] == "x * tanh(log(1 + exp(x)))"
    history = json.loads(say("train", "f.ann", "--epochs", "5", "--json").stdout)["history"]["cost"]["train"]
    assert history[-1] < history[0]


def test_patience_ends_with_the_weights_of_the_best_epoch(say: Say) -> None:
    say("new", "-o", "f.ann", "--data", "exam", "--hidden", "16,16", "--learning-rate", "0.02")
    outcome = json.loads(say("train", "f.ann", "--epochs", "500", "--patience", "3", "--json").stdout)
    costs = outcome["history"]["cost"]["validation"]
    assert outcome["stopped_by"] == "early stopping"
    assert outcome["epochs"] == len(costs) - 4 == costs.index(min(costs))
    assert outcome["cost"]["validation"] == min(costs)


def test_patience_without_a_validation_part_is_refused_before_training(say: Say) -> None:
    say("new", "-o", "f.ann", "--data", "gate_xor")
    assert "no samples are set apart for validation" in refused(say("train", "f.ann", "--patience", "5"))


def test_training_can_go_on_until_it_has_converged(say: Say) -> None:
    say("new", "-o", "f.ann", "--data", "linear", "--optimizer", "sgd", "--learning-rate", "0.1", "--batch-size", "999")
    outcome = json.loads(say("train", "f.ann", "--epochs", "5000", "--until-converged", "--json").stdout)
    assert outcome["stopped_by"] == "convergence"
    assert outcome["epochs"] < 500


def test_where_it_converges_is_not_cut_short_unless_asked_for(say: Say) -> None:
    slow = ("--optimizer", "sgd", "--learning-rate", "0.003", "--batch-size", "99")
    say("new", "-o", "f.ann", "--data", "linear", *slow)
    outcome = json.loads(say("train", "f.ann", "--until-converged", "--json").stdout)
    assert outcome["stopped_by"] == "convergence"
    assert outcome["epochs"] > 100
    assert json.loads(say("train", "f.ann", "--json").stdout)["epochs"] == 100
    short = json.loads(say("train", "f.ann", "--until-converged", "--epochs", "30", "--json").stdout)
    assert (short["epochs"], short["stopped_by"]) == (30, "epochs")


def test_gradients_are_checked(say: Say) -> None:
    say("new", "-o", "f.ann", "--data", "exam", "--hidden", "4")
    checked = json.loads(say("gradients", "f.ann", "--json").stdout)
    assert checked["holds"]
    assert set(checked["layers"]) == {"dense-1", "output"}
    assert 0 < checked["parameters"] < checked["tolerance"] == 1e-7
    said = say("gradients", "f.ann")
    assert (said.returncode, said.stderr) == (0, "")
    assert "They agree" in said.stdout


def test_wrong_gradients_are_a_finding(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Any) -> None:
    """The slope of tanh is taken for 1."""
    path = str(tmp_path / "f.ann")
    main(["new", "-o", path, "--data", "exam", "--hidden", "4"])
    monkeypatch.setattr(Tanh, "slope", lambda self, z, a, out, new: [(out.fill, (1,))])
    assert main(["gradients", path]) == 1
    assert "do NOT agree" in capsys.readouterr().out


def test_a_network_too_large_for_a_gradient_check_is_told_so(say: Say) -> None:
    say("new", "-o", "f.ann", "--data", "digits", "--hidden", "500")
    assert "at most 20,000 parameters" in refused(say("gradients", "f.ann"))


def test_train_starts_from_the_seed_and_never_from_trained_weights(say: Say) -> None:
    say("new", "-o", "f.ann", "--data", "exam", "--hidden", "3")
    first = json.loads(say("train", "f.ann", "-o", "f.ann", "--epochs", "5", "--json").stdout)
    again = json.loads(say("train", "f.ann", "--epochs", "5", "--json").stdout)
    other = json.loads(say("train", "f.ann", "--epochs", "5", "--seed", "1", "--json").stdout)
    assert first["history"] == again["history"]
    assert first["history"]["cost"]["train"][0] != other["history"]["cost"]["train"][0]


def test_train_keeps_the_runs_that_are_kept_in_the_file(say: Say, tmp_path: Path) -> None:
    project = templates["xor_gate"]().build()
    kept = KeptRun("Before", project, 1, np.zeros((1, 5)))
    save(tmp_path / "f.ann", project, None, None, [kept])
    assert say("train", "f.ann", "-o", "f.ann", "--epochs", "2").returncode == 0
    assert [run.name for run in load(tmp_path / "f.ann").runs] == ["Before"]


def test_train_prints_a_table_and_no_bar_where_there_is_no_terminal(say: Say) -> None:
    say("new", "-o", "f.ann", "--data", "linear")
    done = say("train", "f.ann", "--epochs", "2")
    assert done.stderr == ""
    assert "r2" in done.stdout
    assert [line.split()[0] for line in done.stdout.splitlines()[2:]] == ["train", "validation", "test"]


def test_a_set_without_validation_has_no_numbers_for_it(say: Say) -> None:
    say("new", "-o", "f.ann", "--data", "gate_and")
    outcome = json.loads(say("train", "f.ann", "--epochs", "3", "--json").stdout)
    assert outcome["cost"]["validation"] is None
    assert outcome["metrics"]["test"]["accuracy"] is None


def exploding(folder: Path, rate: float) -> Path:
    """Save a network whose weights grow beyond all bounds, the sooner the larger the rate; an epoch is one step."""
    training = {"optimizer": "sgd", "optimizer.learning_rate": rate, "batch_size": 1000}
    project = chain("x", "linear", [(8, "identity")], training=training)
    file.save(folder / "f.ann", project, None, None)
    return folder / "f.ann"


def test_a_run_that_explodes_keeps_its_last_finite_epoch_and_says_so(say: Say, tmp_path: Path) -> None:
    exploding(tmp_path, 0.2)
    done = say("train", "f.ann", "-o", "out.ann", "--epochs", "50", "--json")
    outcome = json.loads(done.stdout)
    assert (done.returncode, outcome["stopped_by"]) == (0, "not finite")
    epochs = outcome["epochs"]
    assert 0 < epochs < 50
    assert outcome["cost"]["train"] is not None
    said = re.search(r"in epoch (\d+), first in .+, and the weights are those of epoch (\d+): try", done.stderr)
    assert said is not None
    assert int(said[1]) == len(outcome["history"]["epoch"]) - 2 > int(said[2]) == epochs
    assert done.stderr.count("\n") == 1
    loaded = file.load(tmp_path / "out.ann")
    assert loaded.progress == file.Progress(epochs, outcome["steps"])
    same = say("train", "f.ann", "-o", "same.ann", "--epochs", str(epochs))
    assert same.returncode == 0
    again = file.load(tmp_path / "same.ann")
    assert again.progress == loaded.progress
    assert loaded.weights is not None
    assert again.weights is not None
    np.testing.assert_array_equal(again.weights["output"]["kernel"], loaded.weights["output"]["kernel"])


def test_untrained_weights_are_not_written_over_anything(say: Say, tmp_path: Path) -> None:
    before = exploding(tmp_path, 100).read_bytes()
    done = say("train", "f.ann", "-o", "f.ann", "--epochs", "50", "--json")
    outcome = json.loads(done.stdout)
    assert (done.returncode, outcome["epochs"], outcome["steps"]) == (2, 0, 0)
    assert "nothing to keep" in done.stderr
    assert (tmp_path / "f.ann").read_bytes() == before


@pytest.mark.parametrize("target", ["nowhere/out.ann", ".", "here.ann/out.ann"])
def test_a_place_that_cannot_be_written_is_told_before_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    monkeypatch.chdir(tmp_path)
    file.save(Path("here.ann"), chain("x", "exam", []), None, None)
    monkeypatch.setattr("annstudio.training.batch.train", lambda *_: pytest.fail("trained"))
    assert main(["train", "here.ann", "-o", target]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "cannot be saved" in said.err
    assert [each.name for each in tmp_path.iterdir()] == ["here.ann"]


def test_the_outcome_is_printed_even_if_it_cannot_be_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    file.save(Path("f.ann"), chain("x", "exam", []), None, None)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("annstudio.project.file.atomic.os.fsync", full)
    assert main(["train", "f.ann", "-o", "out.ann", "--epochs", "2", "--json"]) == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["epochs"] == 2
    assert (
        said.err == "annstudio: “out.ann” cannot be saved: the disk is full; free some space or choose another disk.\n"
    )


COMMANDS = [["--version"], ["--help"], ["--self-check"], ["new", "--help"], ["check", "f.ann"], ["train", "f.ann"]]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_an_output_that_cannot_be_written_is_told(say: Say, tmp_path: Path, arguments: list[str]) -> None:
    file.save(tmp_path / "f.ann", chain("x", "exam", []), None, None)
    with open("/dev/full", "w") as full:
        assert "disk is full" in refused(say(*arguments, stdout=full))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_even_if_nothing_can_be_told_the_exit_code_tells(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "annstudio", "check", "missing.ann"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    with open("/dev/full", "w") as full:
        assert subprocess.run(command, cwd=tmp_path, env=environment, stderr=full, check=False).returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise there")
def test_a_reader_that_goes_away_is_no_news(say: Say, tmp_path: Path) -> None:
    file.save(tmp_path / "f.ann", chain("x", "exam", []), None, None)
    reading, writing = os.pipe()
    os.close(reading)
    done = say("check", "f.ann", stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (2, "")


@pytest.mark.parametrize("arguments", [*COMMANDS, ["check", "müßig.ann"], ["train", "f.ann", "--epochs", "x–y"]])
def test_signs_that_the_terminal_lacks_do_no_harm(say: Say, tmp_path: Path, arguments: list[str]) -> None:
    file.save(tmp_path / "f.ann", chain("x", "gate_and", []), None, None)
    done = say(*arguments, PYTHONIOENCODING="ascii")
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == (done.returncode == 2)
    assert "\\u" not in done.stderr + done.stdout


def test_check_lists_findings(say: Say, tmp_path: Path) -> None:
    file.save(tmp_path / "f.ann", remove(chain("x", "exam", [(3, "tanh")]), ["output"]), None, None)
    done = say("check", "f.ann")
    assert done.returncode == 1
    found, why, fix, *_ = done.stdout.splitlines()
    assert found.startswith("error: ")
    assert "Output" in found
    assert why.startswith("    why: ")
    assert fix == "    fix: Add an Output"


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["new", "-o", "f.ann", "--data", "moon"], ["moon", "exam"]),
        (["new", "-o", "f.ann", "--data", "exam", "--hidden", "0"], ["0"]),
        (["new", "-o", "f.ann", "--data", "exam", "--hidden", "-3"], ["-3"]),
        (["new", "-o", "f.ann", "--data", "exam", "--hidden", "4,1e9"], ["1e9"]),
        (["new", "-o", "f.ann", "--data", "exam", "--hidden", "4,x"], ["x"]),
        (["new", "-o", "f.ann", "--data", "exam", "--learning-rate", "nan"], ["nan"]),
        (["new", "-o", "f.ann", "--data", "exam", "--hidden", "6_4"], ["--hidden", "6_4"]),
        (["new", "-o", "f.ann", "--data", "exam", "--hidden", "64,,32"], ["--hidden 64,,32", "comma"]),
        (["new", "-o", "f.ann", "--data", "exam", "--hidden", "64,"], ["--hidden 64,", "comma"]),
        (["new", "-o", "f.ann", "--data", "exam", "--hidden", ","], ["--hidden ,", "comma"]),
        (["new", "-o", "f.ann", "--data", "exam", "--learning-rate=-1"], ["-1"]),
        (["new", "-o", "f.ann", "--data", "exam", "--learning-rate", "-1e-3"], ["Learning rate", "-1e-3"]),
        (["new", "-o", "f.ann", "--data", "exam", "--learning-rate", "-.5"], ["Learning rate", "-.5"]),
        (["new", "-o", "f.ann", "--data", "exam", "--learning-rate", "-inf"], ["Learning rate", "-inf"]),
        (["new", "-o", "f.ann", "--data", "exam", "--learning-rate", "1e-50"], ["Learning rate", "1e-50"]),
        (["new", "-o", "f.ann", "--data", "exam", "--learning-rate", "-x"], ["--learning-rate"]),
        (["new", "-o", "f.ann", "--data", "exam", "--seed", "-1"], ["Seed", "-1"]),
        (["new", "-o", "f.ann", "--data", "ex\nam"], ["ex"]),
        (["new", "-o", "f.ann", "--data", "exam", "--activation", "rulu"], ["rulu", "relu"]),
        (["new", "-o", ".", "--data", "exam"], ["“.”", "folder"]),
        (["--wh\nat"], ["--wh"]),
        (["check", "--", "-1.ann"], ["-1.ann"]),
        (["new", "-o", "f.ann", "--data", "exam", "--optimizer", "adamant"], ["adamant"]),
        (["new", "-o", "f.ann", "--data", "exam", "--schedule", "tomorrow"], ["tomorrow", "one_cycle"]),
        (["new", "-o", "f.ann", "--data", "exam", "--loss", "anger"], ["anger"]),
        (["new", "-o", "f.ann", "--data", "exam", "--activation", "rulu", "--hidden", "2"], ["rulu"]),
        (["new", "-o", "f.ann", "--data", "exam", "--batch-size", "0"], ["0"]),
        (["new", "-o", "nowhere/f.ann", "--data", "exam"], ["no folder “nowhere”"]),
        (["train", "missing.ann"], ["missing.ann"]),
        (["check", "missing.ann"], ["missing.ann"]),
        (["train", "here.ann", "--epochs", "0"], ["0"]),
        (["train", "here.ann", "--epochs", "-2e1"], ["--epochs", "-2e1"]),
        (["train"], ["FILE.ann"]),
        (["--what"], ["--what"]),
    ],
)
def test_bad_use_gets_one_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    names: list[str],
) -> None:
    (tmp_path / "here.ann").write_bytes(b"not a project")
    monkeypatch.chdir(tmp_path)
    try:
        code: object = main(arguments)
    except SystemExit as end:
        code = end.code
    said = capsys.readouterr()
    assert (code, said.out, said.err.count("\n")) == (2, "", 1)
    assert all(name in said.err for name in names)
    assert not (tmp_path / "f.ann").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 damaged", b"\x89PNG....", os.urandom(500)])
@pytest.mark.parametrize("command", ["train", "check"])
def test_a_foreign_file_gets_one_sentence(say: Say, tmp_path: Path, command: str, content: bytes) -> None:
    (tmp_path / "f.ann").write_bytes(content)
    assert "f.ann" in refused(say(command, "f.ann"))


def test_the_window_without_a_display_says_what_is_missing(say: Say) -> None:
    if not sys.platform.startswith("linux"):
        return
    assert "display" in refused(say())


def test_without_a_display_a_missing_file_comes_first(say: Say, tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        return
    assert "“missing.ann” cannot be opened: there is no such file" in refused(say("missing.ann"))
    (tmp_path / "f.ann").touch()
    assert "display" in refused(say("f.ann"))


def test_no_command_loads_qt(tmp_path: Path) -> None:
    code = (
        "import sys; from annstudio.cli import main\n"
        f"main(['new', '-o', {str(tmp_path / 'f.ann')!r}, '--data', 'exam'])\n"
        f"main(['train', {str(tmp_path / 'f.ann')!r}, '--epochs', '1', '--json'])\n"
        f"main(['check', {str(tmp_path / 'f.ann')!r}])\n"
        "main(['--self-check'])\n"
        "assert not [m for m in sys.modules if m.startswith(('PySide6', 'pyqtgraph', 'shiboken6'))]"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr


def test_main_returns_codes_in_process(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "f.ann"
    assert main(["new", "-o", str(target), "--data", "iris", "--hidden", "4"]) == 0
    assert main(["train", str(target), "--epochs", "1", "--json"]) == 0
    outcome = json.loads(capsys.readouterr().out)
    assert np.isfinite(outcome["cost"]["test"])
    assert main(["check", str(tmp_path / "g.ann")]) == 2


@pytest.mark.skipif(os.name == "nt", reason="no such terminals there")
def test_a_terminal_gets_a_progress_bar_even_if_it_tells_no_size(say: Say, tmp_path: Path) -> None:
    import pty

    say("new", "-o", "f.ann", "--data", "exam", "--hidden", "4")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "annstudio", "train", str(tmp_path / "f.ann"), "--epochs", "300", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, env=environment, timeout=100, check=True)
    os.close(theirs)
    assert "epoch/s" in os.read(ours, 10_000).decode()
    os.close(ours)
    assert json.loads(done.stdout)["epochs"] == 300


@pytest.fixture
def shown_project(say: Say) -> str:
    """A project to be drawn."""
    say("new", "-o", "f.ann", "--data", "digits", "--hidden", "20")
    return "f.ann"


def png_size(content: bytes) -> tuple[int, int]:
    assert content.startswith(b"\x89PNG")
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


@pytest.mark.parametrize("style", styles)
def test_export_draws_every_style_as_svg(say: Say, tmp_path: Path, shown_project: str, style: str) -> None:
    done = say("export", shown_project, "--style", style, "--theme", "print", "--legend", "-o", "figure.svg")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    said = [element.text for element in ElementTree.parse(tmp_path / "figure.svg").iter() if element.text]
    assert {"Input", "Dense 1", "Output", "layer with weights", "1,510 parameters"} <= set(said)


def test_export_to_stdout_is_svg_and_twice_the_scale_is_twice_the_size(say: Say, shown_project: str) -> None:
    once, twice = (
        ElementTree.fromstring(say("export", shown_project, "--scale", scale, "-o", "-").stdout) for scale in "12"
    )
    assert float(twice.get("width", "")) == pytest.approx(2 * float(once.get("width", "")), abs=0.02)
    assert once.get("viewBox") == twice.get("viewBox")


def test_svg_needs_no_qt(say: Say, tmp_path: Path, shown_project: str) -> None:
    code = (
        "import sys; from annstudio.cli import main; "
        "assert main(['export', 'f.ann', '-o', 'f.svg']) == 0; "
        "print([name for name in sys.modules if name.startswith(('PySide6', 'pyqtgraph'))])"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_export_to_pdf_and_png_needs_no_display(say: Say, tmp_path: Path, shown_project: str) -> None:
    for kind in ("pdf", "png", "svg"):
        done = say("export", shown_project, "--style", "neurons", "--scale", "1.5", "-o", f"figure.{kind}")
        assert (done.returncode, done.stderr) == (0, "")
    pdf = (tmp_path / "figure.pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    # Text with embedded fonts that can be searched, no outlines.
    assert b"/FontFile2" in pdf
    assert b"/ToUnicode" in pdf
    svg = ElementTree.parse(tmp_path / "figure.svg").getroot()
    wanted = float(svg.get("width", "")), float(svg.get("height", ""))
    assert png_size((tmp_path / "figure.png").read_bytes()) == tuple(map(round, wanted))


def test_export_refuses_in_a_sentence(say: Say, tmp_path: Path, shown_project: str) -> None:
    def says(*arguments: str) -> str:
        return refused(say("export", *arguments))

    before = (tmp_path / shown_project).read_bytes()
    assert "is the project itself" in says(shown_project, "--to", "svg", "-o", shown_project)
    assert (tmp_path / shown_project).read_bytes() == before
    assert "Choose one of: cards, neurons, blocks." in says(shown_project, "--style", "cubes", "-o", "f.svg")
    assert "Choose one of: light, dark, print." in says(shown_project, "--theme", "pink", "-o", "f.svg")
    assert "cannot be written as “gif”: give --to one of svg, pdf, png." in says(shown_project, "-o", "f.gif")
    assert "--scale" in says(shown_project, "--scale", "-3", "-o", "f.svg")
    assert "there is no such file" in says("missing.ann", "-o", "f.svg")
    assert "no folder" in says(shown_project, "-o", "nowhere/f.svg")
    say("new", "-o", "long.ann", "--data", "exam", "--hidden", ",".join(["2"] * 30))
    assert "choose a smaller scale" in says("long.ann", "--scale", "20", "-o", "f.png")
    assert not list(tmp_path.glob("f.[!a]*"))


def test_a_sweep_ranks_every_combination(say: Say) -> None:
    say("new", "-o", "f.ann", "--data", "exam", "--hidden", "4")
    run = ("sweep", "f.ann", "--over", "optimizer=sgd,adam", "--over", "width=2,4", "--seeds", "2", "--epochs", "3")
    found = json.loads(say(*run, "--json").stdout)
    assert (found["epochs"], found["seeds"], len(found["ranking"])) == (3, 2, 4)
    means = [entry["mean"] for entry in found["ranking"]]
    assert means == sorted(means)
    told = say(*run).stdout.splitlines()
    assert told[0].split() == ["optimizer", "width", "cost", "accuracy/R²", "better", "than", "the", "next"]
    assert len(told) == 5


def test_a_sweep_over_nothing_is_refused(say: Say) -> None:
    say("new", "-o", "f.ann", "--data", "exam", "--hidden", "4")
    assert "NAME=VALUE" in refused(say("sweep", "f.ann", "--over", "optimizer"))
    assert "sorcery" in refused(say("sweep", "f.ann", "--over", "optimizer=sorcery"))
