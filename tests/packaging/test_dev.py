"""The development command's decisions, each on its own."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dev
import virtual_environment
from virtual_environment import fingerprint, is_current, read_stamp, refusal, version_of

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = b"[project]\nname = 'annstudio'\n"


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 4), (3, 13, 11)])
def test_supported_python_is_not_refused(version: tuple[int, ...]) -> None:
    assert refusal(version) == ""


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 14), (3, 14, 0), (4, 0, 0)])
def test_other_python_is_refused_in_one_sentence(version: tuple[int, ...]) -> None:
    sentence = refusal(version)
    assert ".".join(map(str, version)) in sentence
    assert "3.11" in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_refused_python_ends_with_code_2(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(dev.virtual_environment, "NEWEST", (3, 10))
    assert dev.main(["run"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_supported_versions_are_those_of_the_project() -> None:
    oldest, newest = virtual_environment.OLDEST, virtual_environment.NEWEST
    wanted = f'requires-python = ">={oldest[0]}.{oldest[1]},<{newest[0]}.{newest[1] + 1}"'
    assert wanted in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_fingerprint_tells_apart_all_that_matters() -> None:
    prints = {
        fingerprint(PROJECT, (3, 11, 7), Path("/a")),
        fingerprint(PROJECT + b"#", (3, 11, 7), Path("/a")),
        fingerprint(PROJECT, (3, 11, 8), Path("/a")),
        fingerprint(PROJECT, (3, 11, 7), Path("/b")),
    }
    assert len(prints) == 4
    assert fingerprint(PROJECT, (3, 11, 7), Path("/a")) in prints


@given(have=st.frozensets(st.sampled_from(["dev", "onnx", "bench"])), wanted=st.sampled_from(["", "dev"]))
def test_environment_is_current_when_it_holds_all_wanted_extras(have: frozenset[str], wanted: str) -> None:
    stamp: dict[str, object] = {"fingerprint": "f", "extras": sorted(have)}
    extras = [wanted] if wanted else []
    assert is_current(stamp, "f", extras) == (have >= set(extras))
    assert not is_current(stamp, "g", extras)


@pytest.mark.parametrize("content", [None, "", "{", "[]", '"x"', "\x00"])
def test_missing_or_broken_stamp_is_never_current(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "stamp.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert not is_current(read_stamp(path), "f", [])


def test_stamp_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "stamp.json"
    path.write_text(json.dumps({"fingerprint": "f", "extras": ["dev"]}), encoding="utf-8")
    assert is_current(read_stamp(path), "f", ["dev"])


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("home = /usr/bin\nversion = 3.11.7\n", (3, 11)),
        ("home = /usr/bin\nversion_info = 3.13.0.final.0\n", (3, 13)),
        ("home = /usr/bin\n", ()),
    ],
)
def test_version_of_an_environment(text: str, version: tuple[int, ...]) -> None:
    assert version_of(text) == version


def test_own_environment_says_its_version() -> None:
    config = Path(sys.prefix, "pyvenv.cfg")
    assert version_of(config.read_text(encoding="utf-8")) == sys.version_info[:2]


@pytest.mark.parametrize(
    ("codes", "verdict"),
    [([0], 0), ([0, 0], 0), ([0, 5], 0), ([5, 0], 0), ([5, 5], 5), ([1, 5], 1), ([0, 1], 1), ([5, 2], 2)],
)
def test_verdict_over_several_runs(codes: list[int], verdict: int) -> None:
    assert dev.verdict(codes) == verdict


def test_arguments_are_handed_on_untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setitem(dev.COMMANDS, "test", lambda arguments: seen.extend(arguments) or 3)
    assert dev.main(["test", "-k", "xor", "--maxfail=1", "tests/engine"]) == 3
    assert seen == ["-k", "xor", "--maxfail=1", "tests/engine"]


def test_command_without_arguments_refuses_them(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        dev.main(["lint", "more"])
    assert refused.value.code == 2
    assert "lint takes no arguments" in capsys.readouterr().err
