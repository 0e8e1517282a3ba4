"""Every text that a person reads can be translated: the translator's tool finds it."""

import ast
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6 import __file__ as pyside

from annstudio.cli import all_registries
from annstudio.core.registry import Info
from annstudio.core.texts import CONTEXT
from annstudio.project.settings import DATA, REGISTRIES, TRAINING

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "annstudio").rglob("*.py"))
MARKED = ("label", "summary", "category", "when_to_use", "pros", "cons")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Return the texts that lupdate finds, by context."""
    target = tmp_path_factory.mktemp("ts") / "all.ts"
    lupdate = Path(pyside).parent / "lupdate"
    command = [
        str(lupdate if lupdate.exists() else lupdate.with_suffix(".exe")),
        *map(str, SOURCES),
        "-ts",
        str(target),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "warning" not in done.stderr.lower(), done.stderr
    return {
        context.findtext("name", ""): {message.findtext("source", "") for message in context.iter("message")}
        for context in ET.parse(target).getroot().iter("context")
    }


def test_the_texts_of_every_entry_are_found(found: dict[str, set[str]]) -> None:
    entries = [entry for registry in all_registries(REGISTRIES).values() for entry in registry.values()]
    assert entries
    missing = [
        (entry.info.key, text)
        for entry in entries
        for text in _texts(entry.info)
        if text and text not in found[CONTEXT]
    ]
    assert not missing


def test_the_texts_of_declared_settings_are_found(found: dict[str, set[str]]) -> None:
    for param in (*DATA, *TRAINING):
        assert {param.label, param.help} - {""} <= found[CONTEXT]


def _texts(info: Info) -> list[str]:
    names = {field.name for field in fields(info)}
    own = [getattr(info, name) for name in MARKED if name in names]
    return own + [text for param in info.params for text in (param.label, param.help)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_plain_literals_are_handed_to_translation(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) in {"tr", "QT_TRANSLATE_NOOP"}:
            assert all(isinstance(argument, ast.Constant) for argument in node.args[:2]), ast.unparse(node)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
