"""The code in the documentation runs and does what it says."""

import re
from pathlib import Path

import pytest

import annstudio.engine

DOCS = Path(__file__).parent.parent / "docs"
ENGINE = (DOCS / "engine.md").read_text(encoding="utf-8")
CODE = re.findall(r"```python\n(.*?)```", ENGINE, re.DOTALL)


def test_a_network_is_built_trained_traced_and_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert sum(bool(line.strip()) for line in CODE[0].splitlines()) < 20
    exec(compile(CODE[0], "docs/engine.md", "exec"), {})
    said = capsys.readouterr().out
    cost = float(re.search(r"after 500 steps the cost is (\d\.\d+)", said)[1])
    assert cost < 0.02
    assert "answers [0. " in said
    assert "gradients are right: True" in said


def test_a_graph_with_a_skip_connection_learns(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(CODE[1], "docs/engine.md", "exec"), {})
    assert float(capsys.readouterr().out.removeprefix("right: ")) > 0.95


def test_every_public_name_is_there_and_documented() -> None:
    for name in annstudio.engine.__all__:
        assert getattr(annstudio.engine, name) is not None
    named = set(re.findall(r"`([A-Za-z_0-9]+)[`(]", ENGINE))
    unknown = {name for name in named if not hasattr(annstudio.engine, name)}
    assert unknown <= {"wires", "checkpoint", "restore", "advance"}
