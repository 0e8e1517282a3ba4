"""Mutated files: each loads or is refused with one sentence; nothing else ever comes out."""

import json
import random
import zipfile

import pytest

from annstudio.core.errors import UserError
from annstudio.project.build import chain
from annstudio.project.critic import criticize
from annstudio.project.file import load
from annstudio.project.shapes import flow
from tests.project.file.makers import PROJECT, WEIGHTS, entries_of, saved, zipped

ROUNDS = 100
PIECES = (b"\0", b"\xff" * 8, b"PK\1\2", b"PK\5\6", b"{", b'"', b"1e999", b"-", b"\x80\x80\x80\x80")
NASTY = (None, True, -1, 0, 10**9, 10**400, 0.5, -0.0, 1e308, "", "x" * 500, "\x00", "input", "sgd", [], {}, [[]])


def cut(data, chance):
    return data[: chance.randrange(len(data))]


def overwrite(data, chance):
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def insert(data, chance):
    at = chance.randrange(len(data))
    return data[:at] + chance.choice(PIECES) + data[at:]


def swap(data, chance):
    one, other = sorted(chance.sample(range(len(data)), 2))
    length = chance.randrange(1, 40)
    piece = data[one : one + length]
    return data[:other] + piece + data[other + len(piece) :]


def overwrite_the_directory(data, chance):
    at = chance.randrange(data.index(b"PK\1\2"), len(data))
    return data[:at] + bytes([chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))]) + data[at + 1 :]


MUTATIONS = (cut, overwrite, insert, swap, overwrite_the_directory)


def outcome(path):
    """Return whether the file loads; anything but a UserError is a failure of the test."""
    try:
        loaded = load(path)
    except UserError as error:
        sentence = str(error)
    else:
        criticize(loaded.project)
        flow(loaded.project)
        return True
    assert sentence.endswith(".")
    assert len(sentence) < 500
    return False


def tried(path, mutants):
    """Return how many of these files load."""
    loaded = 0
    for data in mutants:
        path.write_bytes(data)
        loaded += outcome(path)
    return loaded


@pytest.fixture
def path(tmp_path):
    return saved(tmp_path / "a.ann", chain("Test", "iris", [(4, "leaky_relu"), (3, "tanh")]))


def test_mutated_bytes(path):
    data, chance = path.read_bytes(), random.Random(1)
    mutants = [chance.choice(MUTATIONS)(data, chance) for _ in range(ROUNDS)]
    # Some bytes, as the dates in a zip, mean nothing.
    assert tried(path, mutants) < ROUNDS / 2


@pytest.mark.parametrize("part", [PROJECT, WEIGHTS])
def test_mutated_entries_in_a_sound_zip(path, part):
    entries, chance = entries_of(path), random.Random(2)
    whole = entries[part]
    mutants = []
    for _ in range(ROUNDS):
        entries[part] = chance.choice(MUTATIONS[:-1])(whole, chance)
        mutants.append(zipped(entries.items(), zipfile.ZIP_STORED))
    assert tried(path, mutants) < ROUNDS


def places(value, found):
    """List every (container, key) of a decoded document."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        found.append((value, key))
        places(value[key], found)
    return found


def replaced(text, chance):
    """Return the document with one value replaced by a nasty one, removed, or moved."""
    document = json.loads(text)
    container, key = chance.choice(places(document, []))
    kind = chance.randrange(4)
    if kind == 0:
        del container[key]
    elif kind == 1:
        other, other_key = chance.choice(places(document, []))
        container[key] = json.loads(json.dumps(other[other_key]))
    else:
        container[key] = chance.choice(NASTY)
    return json.dumps(document).encode()


def test_nasty_values(path):
    entries, chance = entries_of(path), random.Random(3)
    text = entries[PROJECT]
    mutants = []
    for _ in range(3 * ROUNDS):
        entries[PROJECT] = replaced(text, chance)
        mutants.append(zipped(entries.items(), zipfile.ZIP_STORED))
    loaded = tried(path, mutants)
    assert 0 < loaded < len(mutants) / 2
