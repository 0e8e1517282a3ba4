"""What every entry of the engine's registries owes to whoever lists, shows and translates it."""

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

import annstudio.engine
from annstudio.core.errors import UserError
from annstudio.core.params import Flag
from annstudio.core.registry import Registry
from annstudio.engine.activations import activations
from annstudio.engine.losses import losses

SHOWN = {"label", "summary", "when_to_use", "pros", "cons", "help"}
"""Texts that a person reads; the formula and the reference are the same in every language."""


def found_registries():
    for module in pkgutil.iter_modules(annstudio.engine.__path__, "annstudio.engine."):
        package = importlib.import_module(module.name)
        if module.ispkg:
            yield from (value for value in vars(package).values() if isinstance(value, Registry))


REGISTRIES = {registry._package.rpartition(".")[2]: registry for registry in found_registries()}
ENTRIES = [
    pytest.param(entry, id=f"{name}.{key}") for name, registry in REGISTRIES.items() for key, entry in registry.items()
]
FILES = [
    pytest.param(file, id=f"{file.parent.name}.{file.stem}")
    for name in REGISTRIES
    for file in sorted((Path(annstudio.engine.__file__).parent / name).glob("*.py"))
]


def test_the_registries_of_the_lecture_are_there():
    assert {"activations", "losses", "optimizers", "initializers"} <= set(REGISTRIES)


@pytest.mark.parametrize("name", REGISTRIES)
def test_keys_are_the_files_on_disk(name):
    folder = Path(annstudio.engine.__file__).parent / name
    files = {file.stem for file in folder.glob("[!_]*.py")} - {"base"}
    assert set(REGISTRIES[name]) == files


@pytest.mark.parametrize("name", REGISTRIES)
def test_places_and_names_are_taken_once(name):
    infos = [entry.info for entry in REGISTRIES[name].values()]
    assert len({info.order for info in infos}) == len(infos)
    assert len({info.label for info in infos}) == len(infos)
    names = [info.key for info in infos] + [alias for info in infos for alias in info.aliases]
    assert len(set(names)) == len(names)
    assert [info.order for info in infos] == sorted(info.order for info in infos)


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_says_what_it_is(entry):
    assert entry.info.label.strip()
    assert entry.info.summary.endswith(".")
    assert entry.__doc__


@pytest.mark.parametrize("name", sorted(set(REGISTRIES) - {"layers"}))
def test_methods_say_where_they_come_from_and_what_for(name):
    for info in (entry.info for entry in REGISTRIES[name].values()):
        for field in ("formula", "reference", "when_to_use"):
            assert getattr(info, field).strip(), f"{info.key} has no {field}"


@pytest.mark.parametrize("registry", [activations, losses], ids=["activations", "losses"])
def test_activations_and_losses_weigh_pros_and_cons(registry):
    assert all(entry.info.pros and entry.info.cons for entry in registry.values())


@pytest.mark.parametrize("entry", ENTRIES)
def test_defaults_are_values_that_the_entry_accepts(entry):
    for param in entry.info.params:
        assert param.check(param.default) == param.default
        assert type(param.check(param.default)) is type(param.default)
        assert param.label.strip()
        assert param.help.strip()


@pytest.mark.parametrize("entry", ENTRIES)
def test_what_a_setting_needs_is_a_flag_of_the_same_entry(entry):
    params = {param.key: param for param in entry.info.params}
    assert all(isinstance(params[param.needs], Flag) for param in params.values() if param.needs)


@pytest.mark.parametrize("entry", ENTRIES)
def test_unknown_settings_are_refused(entry):
    with pytest.raises(UserError, match="no setting “speed”"):
        entry.info.check({"speed": 1})


@pytest.mark.parametrize("file", FILES)
def test_every_shown_text_is_marked_for_translation(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg in SHOWN:
            value = node.value
            passed_on = isinstance(value, ast.Name) and value.id == node.arg
            assert passed_on or is_marked(value), f"{file.name}:{value.lineno} {node.arg} is not marked"


def is_marked(node):
    """The node is QT_TRANSLATE_NOOP("annstudio", "one plain literal")."""
    if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "QT_TRANSLATE_NOOP":
        return False
    literals = [getattr(argument, "value", None) for argument in node.args]
    return len(literals) == 2 and literals[0] == "annstudio" and isinstance(literals[1], str)
