"""Bundled files are found in a checkout, in an installed wheel and in the frozen app."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annstudio.core import resources as module
from annstudio.core.resources import resources


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    resources.cache_clear()
    yield
    resources.cache_clear()


def test_the_checkout_has_its_resources() -> None:
    assert {"data", "fonts", "icons"} <= {each.name for each in resources().iterdir()}


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the package lie in another folder."""
    core = tmp_path / "annstudio" / "core"
    core.mkdir(parents=True)
    monkeypatch.setattr(module, "__file__", str(core / "resources.py"))
    return tmp_path.resolve()


def test_a_checkout_has_them_beside_the_package(elsewhere: Path) -> None:
    assert resources() == elsewhere / "resources"


def test_a_wheel_has_them_inside_the_package(elsewhere: Path) -> None:
    (elsewhere / "annstudio" / "resources").mkdir()
    assert resources() == elsewhere / "annstudio" / "resources"


def test_the_frozen_app_has_them_where_it_was_unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources() == tmp_path / "annstudio" / "resources"
