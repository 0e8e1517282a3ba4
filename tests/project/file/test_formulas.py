"""Formulas in files: a setting like any other."""

import json
import zipfile

import pytest

from annstudio.core.errors import UserError
from annstudio.project.build import chain
from annstudio.project.edits import set_value
from annstudio.project.file import load
from tests.project.file.makers import PROJECT, entries_of, saved, zipped

OWN = set_value(chain("Own", "exam", [(4, "formula")]), "dense-1", "activation.expression", "z² · exp(−z²)")


def test_a_formula_comes_back_as_it_was(tmp_path):
    assert OWN.design.node("dense-1")["activation.expression"] == "x**2 * exp(-x**2)"
    assert load(saved(tmp_path / "own.ann", OWN)).project == OWN


@pytest.mark.parametrize(
    ("damaged", "said"),
    [
        ("x**2 * exp(-x**2", "Formula f(x): The “(” at position 11 is never closed: add a “)”."),
        ("__import__('os')", "Formula f(x): There is no “__import__” in formulas: use x, numbers"),
        ("9**9**9", "Formula f(x): “9**9**9” is too large a number, or none at all: change this part."),
        ("(" * 10_000, "Formula f(x): The formula has 10000 signs: shorten it to at most 500."),
        ("log(-1 - x**2)", "Formula f(x): This formula has no finite value anywhere from −8 to 8: change it."),
        (8, "Formula f(x) must be a formula, not 8."),
    ],
)
def test_a_damaged_formula_gives_one_sentence(tmp_path, damaged, said):
    path = saved(tmp_path / "own.ann", OWN)
    entries = entries_of(path)
    document = json.loads(entries[PROJECT])
    document["nodes"][1]["values"]["activation.expression"] = damaged
    entries[PROJECT] = json.dumps(document).encode()
    path.write_bytes(zipped(entries.items(), zipfile.ZIP_STORED))
    with pytest.raises(UserError) as caught:
        load(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"“own.ann” cannot be opened: layer “dense-1”: {said}")
    assert sentence.endswith(".")
    assert sentence.isprintable()
