"""Registries find what lies in a folder, in the order of lists, and refuse what does not belong."""

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from annstudio.core.errors import UserError
from annstudio.core.params import Real
from annstudio.core.registry import Info, Registry

PACKAGE = "made_for_registry_tests"
BASE = "class Fruit:\n    pass\n"


class Folder:
    """A package of entries that tests fill."""

    def __init__(self, path: Path) -> None:
        self._path = path / PACKAGE
        self._path.mkdir()
        self.write("__init__", "")
        self.write("base", BASE)

    def write(self, name: str, source: str) -> None:
        (self._path / f"{name}.py").write_text(source)

    def entry(self, key: str, name: str | None = None, **told: Any) -> None:
        """Write an entry."""
        info = ", ".join(f"{each}={value!r}" for each, value in {"key": key, "label": key.title(), **told}.items())
        source = f"""\
            from annstudio.core.registry import Info
            from {PACKAGE}.base import Fruit

            class {key.title()}(Fruit):
                info = Info({info})
            """
        self.write(name or key, dedent(source))

    def registry(self) -> Registry[Any]:
        base = __import__(f"{PACKAGE}.base", fromlist=["Fruit"]).Fruit
        return Registry(PACKAGE, base, "fruit")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield Folder(tmp_path)
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def test_entries_are_the_files_in_the_order_of_lists(folder: Folder) -> None:
    folder.entry("pear")
    folder.entry("apple")
    folder.entry("quince", order=1)
    folder.write("_shared", "raise RuntimeError('not an entry')")
    registry = folder.registry()
    assert list(registry) == ["quince", "apple", "pear"]
    assert len(registry) == 3
    assert registry["pear"].info.label == "Pear"
    assert "base" not in registry


def test_helpers_beside_an_entry_are_no_entries(folder: Folder) -> None:
    folder.entry("apple")
    folder.write(
        "pear", f"from {PACKAGE}.apple import Apple, Info\nclass Half(Apple): pass\nclass Pear(Apple):\n"
        "    info = Info('pear', 'Pear')\n"
    )  # fmt: skip
    assert list(folder.registry()) == ["apple", "pear"]


def test_earlier_keys_still_find_their_entry(folder: Folder) -> None:
    folder.entry("apple", aliases=("malus",))
    registry = folder.registry()
    assert registry["malus"] is registry.resolve("malus") is registry["apple"]
    assert list(registry) == ["apple"]


@pytest.mark.parametrize("key", ["plum", "", "Apple", "base", "_shared", None, 3, ["apple"], "x\n" * 1000, "../apple"])
def test_an_unknown_key_is_refused_with_what_there_is(folder: Folder, key: object) -> None:
    folder.entry("apple")
    folder.entry("pear")
    with pytest.raises(UserError) as caught:
        folder.registry().resolve(key)
    said = str(caught.value)
    assert said.startswith("There is no fruit “")
    assert said.endswith("Choose one of: apple, pear.")
    assert said.isprintable()
    assert len(said) < 120


def test_a_missing_key_is_a_key_error_for_code(folder: Folder) -> None:
    folder.entry("apple")
    registry = folder.registry()
    with pytest.raises(KeyError):
        registry["plum"]
    assert registry.get("plum") is None


def test_a_key_stands_for_its_entry_with_the_defaults(folder: Folder) -> None:
    folder.entry("apple")
    registry = folder.registry()
    made = registry.made("apple")
    assert isinstance(made, registry["apple"])
    assert registry.made(made) is made
    with pytest.raises(UserError, match="no fruit"):
        registry.made("plum")


@pytest.mark.parametrize("flaw", ["none", "other key", "two"])
def test_a_file_must_hold_one_entry_of_its_own_name(folder: Folder, flaw: str) -> None:
    if flaw == "none":
        folder.write("apple", "")
    elif flaw == "other key":
        folder.entry("pear", name="apple")
    else:
        two = "class {0}(Fruit):\n    info = Info('apple', 'A')\n"
        head = f"from {PACKAGE}.base import Fruit\nfrom annstudio.core.registry import Info\n"
        folder.write("apple", head + two.format("One") + two.format("Two"))
    with pytest.raises(TypeError, match=r"apple must hold exactly one entry"):
        len(folder.registry())


def test_an_info_checks_values_and_finds_its_parameters() -> None:
    rate = Real("rate", "Rate", 0.5, minimum=0, maximum=1)
    info = Info("apple", "Apple", params=(rate,))
    assert info.param("rate") is rate
    assert info.check({}) == {"rate": 0.5}
    with pytest.raises(UserError, match="Rate cannot be 2"):
        info.check({"rate": 2})


def test_an_entry_is_made_from_its_key_or_taken_as_it_is(folder: Folder) -> None:
    folder.entry("pear")
    fruits = folder.registry()
    made = fruits.made("pear")
    assert isinstance(made, fruits["pear"])
    assert fruits.made(made) is made


@pytest.mark.parametrize(("given", "kind"), [(len, "builtin_function_or_method"), (3, "int"), (Real, "type")])
def test_what_is_neither_key_nor_entry_is_refused(folder: Folder, given: object, kind: str) -> None:
    folder.entry("pear")
    with pytest.raises(UserError, match=f"This is no fruit but something of the type “{kind}”: .*: pear"):
        folder.registry().made(given)
