"""Files from strangers: each is refused with one sentence, before anything large is made of it."""

import errno
import json
import os
import struct
import time
import tracemalloc
import zipfile
import zlib

import numpy as np
import pytest
import safetensors.numpy

from annstudio.core.errors import UserError
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.edits import set_value
from annstudio.project.file import archive, load, save
from annstudio.project.file.archive import LARGEST
from annstudio.project.limits import MAXIMUM_NODES, MAXIMUM_WIRES
from annstudio.project.model import Wire
from tests.project.file.makers import EXAM, PROJECT, WEIGHTS, block_of, entries_of, saved, zipped
from tests.project.strategies import joined


@pytest.fixture
def path(tmp_path):
    return saved(tmp_path / "stranger.ann")


def refused(path, words="."):
    with pytest.raises(UserError, match=words) as caught:
        load(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"“{path.name}” cannot be opened: ")
    assert sentence.endswith(".")
    assert len(sentence) < 400
    assert sentence.isprintable()


def with_document(path, change):
    """Change project.json by a function of the decoded document, or replace its bytes by what the function gives."""
    entries = entries_of(path)
    held = json.loads(entries[PROJECT])
    changed = change(held)
    entries[PROJECT] = changed if isinstance(changed, bytes) else json.dumps(held).encode()
    path.write_bytes(zipped(entries.items(), zipfile.ZIP_STORED))
    return path


def put(*keys, value):
    """Return a change that sets the value at this place."""

    def change(held):
        for key in keys[:-1]:
            held = held[key]
        held[keys[-1]] = value

    return change


def spelled(before, after):
    """Return a change of the written text."""
    return lambda held: json.dumps(held).replace(before, after, 1).encode()


def many_layers(held):
    held["nodes"] += [{**held["nodes"][1], "id": f"more-{number}"} for number in range(MAXIMUM_NODES)]


def many_wires(held):
    held["wires"] = [["dense-1", "output"]] * (MAXIMUM_WIRES + 1)


NODES, OUTPUT = ("nodes", 1), ("nodes", 3)

DOCUMENTS = {
    "not an object": (lambda held: b"[]", "not a project"),
    "empty": (lambda held: b"", "damaged"),
    "not JSON": (lambda held: b"import os", "damaged"),
    "not UTF-8": (lambda held: b'{"format": 1, "name": "\xff"}', "damaged"),
    "UTF-16": (lambda held: json.dumps(held).encode("utf-16"), "damaged"),
    "cut off": (lambda held: json.dumps(held).encode()[:-10], "damaged"),
    "trailing": (lambda held: json.dumps(held).encode() + b"x", "damaged"),
    "deep": (lambda held: b"[" * 200_000, "damaged"),
    "deep objects": (lambda held: b'{"a":' * 100_000, "damaged"),
    "no format": (lambda held: held.pop("format") and None, "not a project"),
    "format 0": (put("format", value=0), "not a project"),
    "format true": (put("format", value=True), "not a project"),
    "newer": (put("format", value=2), "newer version"),
    "much newer": (put("format", value=10**30), "newer version"),
    "unknown field": (put("macro", value="x"), "holds something unexpected; use"),
    "unknown field that looks like a place": (put("x - at `$.y`", value=1), "holds something unexpected; use"),
    "unknown field of a layer": (put(*NODES, "script", value="x"), "unexpected at nodes"),
    "missing field": (lambda held: held.pop("wires") and None, "holds something unexpected; use"),
    "key twice": (spelled('"name": "Test"', '"name": "Test", "name": "Best"'), "damaged"),
    "setting twice": (spelled('"units": 4', '"units": 4, "units": 5'), "damaged"),
    "name a number": (put("name", value=3), "unexpected at name"),
    "lone surrogate": (spelled("Test", "\\ud800"), "damaged"),
    "unknown layer": (put(*NODES, "kind", value="convolution"), "dense-1”.*no layer “convolution”"),
    "unknown setting": (put(*NODES, "values", "dropout", value=0.5), "dense-1”.*no setting “dropout”"),
    "long setting": (put(*NODES, "values", "x" * 10_000, value=0.5), "dense-1”.*no setting"),
    "no units": (put(*NODES, "values", "units", value=0), "dense-1”: Units cannot be 0"),
    "negative units": (put(*NODES, "values", "units", value=-3), "Units cannot be -3"),
    "a billion units": (put(*NODES, "values", "units", value=10**9), "Units cannot be 1000000000"),
    "huge units": (put(*NODES, "values", "units", value=10**300), "Units cannot be a huge number"),
    "half a unit": (put(*NODES, "values", "units", value=2.5), "whole number"),
    "true units": (put(*NODES, "values", "units", value=True), "Units"),
    "units as text": (put(*NODES, "values", "units", value="8"), "Units must be a number"),
    "no value": (put(*NODES, "values", "units", value=None), "unexpected at nodes"),
    "listed value": (put(*NODES, "values", "units", value=[8]), "unexpected at nodes"),
    "endless integer": (spelled('"units": 4', f'"units": {"9" * 20_000}'), "damaged|unexpected"),
    "unknown activation": (put(*NODES, "values", "activation", value="sinus"), "no activation “sinus”"),
    "pinned hidden units": (put(*NODES, "pinned", value=["units"]), "never follows"),
    "pinned nonsense": (put(*OUTPUT, "pinned", value=["colour"]), "never follows"),
    "id twice": (put(*NODES, "id", value="dense-2"), "share a name"),
    "id data": (put(*NODES, "id", value="data"), "unexpected at nodes"),
    "id with line end": (put(*NODES, "id", value="dense-1\n"), "unexpected at nodes"),
    "id as path": (put(*NODES, "id", value="../../etc/passwd"), "unexpected at nodes"),
    "long id": (put(*NODES, "id", value="d" * 65), "unexpected at nodes"),
    "too many layers": (many_layers, "unexpected at nodes"),
    "too many wires": (many_wires, "unexpected at wires"),
    "dangling wire": (put("wires", 0, value=["input", "ghost"]), "“input” to “ghost” has no layer"),
    "wire into the Input": (put("wires", 0, value=["dense-1", "input"]), "no layer to fit"),
    "wire from the Output": (put("wires", 0, value=["output", "dense-1"]), "no layer to fit"),
    "wire twice": (put("wires", 1, value=["input", "dense-1"]), "wire twice"),
    "wire of three": (put("wires", 0, value=["input", "dense-1", "output"]), "unexpected at wires"),
    "no position": (lambda held: held["positions"].pop("input") and None, "places do not match"),
    "position of nobody": (put("positions", "ghost", value=[0, 0]), "places do not match"),
    "far position": (put("positions", "input", value=[1e9, 0]), "too far out"),
    "NaN position": (put("positions", "input", value=[float("nan"), 0]), "damaged"),
    "infinite position": (spelled('"input": [0.0', '"input": [1e400'), "unexpected|damaged"),
    "unknown data set": (put("data", "values", "source", value="cats"), "data settings: .*no data set “cats”"),
    "data path": (put("data", "values", "source", value="\\\\server\\share"), "no data set"),
    "too many samples": (put("data", "values", "source.samples", value=10**9), "data settings"),
    "shares": (put("data", "values", "train", value=1.0), "data settings: .*120 percent"),
    "NaN learning rate": (put("training", "values", "optimizer.learning_rate", value=float("nan")), "damaged"),
    "negative learning rate": (put("training", "values", "optimizer.learning_rate", value=-0.1), "Learning rate"),
    "infinite learning rate": (spelled('learning_rate": 0.001', 'learning_rate": 1e400'), "unexpected|damaged"),
    "setting of another optimizer": (put("training", "values", "optimizer.momentum", value=0.5), "no setting"),
    "negative epoch": (put("progress", "epoch", value=-1), "unexpected at progress"),
    "endless steps": (put("progress", "step", value=2**60), "unexpected at progress"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_that_is_not_as_it_should_be(path, name):
    change, words = DOCUMENTS[name]
    refused(with_document(path, change), words)


@pytest.mark.parametrize("name", ["<b>x</b>", "\u202egpj.exe", "\x1b[31m", "a\nb", "x" * 100_000, ""])
def test_odd_names_are_cleaned_not_refused(path, name):
    loaded = load(with_document(path, put("name", value=name)))
    assert len(loaded.project.name) <= 120
    assert all(each.isprintable() for each in loaded.project.name)


def test_missing_settings_take_their_defaults(path):
    def change(held):
        del held["training"]["values"]["batch_size"], held["nodes"][1]["values"]["initializer"]
        del held["training"]["values"]["schedule"]

    assert load(with_document(path, change)).project == EXAM


def tensors(path):
    """Return the header and the data of the weights."""
    block = entries_of(path)[WEIGHTS]
    (length,) = struct.unpack("<Q", block[:8])
    return json.loads(block[8 : 8 + length]), block[8 + length :]


def with_weights(path, block, compression=zipfile.ZIP_STORED):
    project = entries_of(path)[PROJECT]
    path.write_bytes(zipped([(PROJECT, project), (WEIGHTS, block)], compression))
    return path


def changed_header(change):
    def block(header, data):
        change(header)
        return block_of(header, data)

    return block


def renamed(header):
    header["dense-9.bias"] = header.pop("dense-1.bias")


def without_a_bias(header, data):
    begin, end = header.pop("dense-1.bias")["data_offsets"]
    for tensor in header.values():
        tensor["data_offsets"] = [at - (end - begin if at >= end else 0) for at in tensor["data_offsets"]]
    return block_of(header, data[:begin] + data[end:])


def twice(header, data):
    written = json.dumps(header)
    return block_of(f"{written[:-1]}, {written[1:]}".encode(), data)


def poisoned(value, kind):
    def block(header, data):
        begin, _ = header["dense-2.kernel"]["data_offsets"]
        return block_of(header, data[:begin] + struct.pack(kind, value) + data[begin + 4 :])

    return block


def offset(name, *offsets):
    return changed_header(lambda header: header[name].update(data_offsets=list(offsets)))


WEIGHT_BLOCKS = {
    "empty": (lambda header, data: b"", "damaged"),
    "length only": (lambda header, data: struct.pack("<Q", 5), "damaged"),
    "endless header": (lambda header, data: struct.pack("<Q", 2**63) + data, "damaged"),
    "header is no JSON": (lambda header, data: block_of(b"{{{", data), "damaged"),
    "header is a list": (lambda header, data: block_of([], data), "unexpected"),
    "no tensor": (lambda header, data: block_of({}), "damaged"),
    "tensor twice": (twice, "damaged"),
    "data missing": (lambda header, data: block_of(header, data[:-4]), "damaged"),
    "data left over": (lambda header, data: block_of(header, data + b"\0" * 4), "damaged"),
    "unknown tensor": (changed_header(renamed), "“dense-9.bias” fit no layer"),
    "unknown entry": (changed_header(lambda header: header.update(__metadata__={"a": "b"})), "unexpected|damaged"),
    "other shape": (changed_header(lambda header: header["dense-1.kernel"].update(shape=[4, 2])), "fit no layer"),
    "negative shape": (changed_header(lambda header: header["dense-1.kernel"].update(shape=[-4, -2])), "fit no layer"),
    "huge shape": (changed_header(lambda header: header["dense-1.kernel"].update(shape=[2**40, 2**40])), "damaged"),
    "type of integers": (changed_header(lambda header: header["dense-1.kernel"].update(dtype="I32")), "unexpected"),
    "overlap": (offset("dense-1.bias", 4, 20), "damaged"),
    "backwards": (offset("dense-1.bias", 16, 0), "damaged"),
    "half a pair": (without_a_bias, "damaged"),
    "not a number": (poisoned(float("nan"), "<f"), "dense-2.kernel” are not all finite"),
    "infinite": (poisoned(float("-inf"), "<f"), "dense-2.kernel” are not all finite"),
}


@pytest.mark.parametrize("name", WEIGHT_BLOCKS)
def test_weights_that_are_not_as_they_should_be(path, name):
    change, words = WEIGHT_BLOCKS[name]
    refused(with_weights(path, change(*tensors(path))), words)


NORM = edits.insert_node(EXAM, "batch_norm", Wire("dense-1", "dense-2"))[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda kept: kept.pop("batch_norm-1.running_var"), "damaged"),
        (lambda kept: kept.update({"batch_norm-1.running_var": np.zeros(3, np.float32)}), "running_var” fit no layer"),
        (lambda kept: kept.update({"batch_norm-1.gamma": np.zeros((1, 4), np.float32)}), "gamma” fit no layer"),
        (lambda kept: kept.update({"batch_norm-1.kernel": np.zeros(4, np.float32)}), "kernel” fit no layer"),
        (lambda kept: kept.update({"batch_norm-1.running_mean": np.full(4, np.inf, np.float32)}), "not all finite"),
    ],
)
def test_what_a_layer_measured_is_distrusted_likewise(tmp_path, change, words):
    path = saved(tmp_path / "norm.ann", NORM)
    kept = safetensors.numpy.load(entries_of(path)[WEIGHTS])
    assert load(path).project == NORM
    change(kept)
    refused(with_weights(path, safetensors.numpy.save(kept)), words)


def test_weights_of_a_layer_that_cannot_take_what_comes_in_fit_nothing(tmp_path):
    path = saved(tmp_path / "picture.ann", edits.insert_node(EXAM, "reshape", Wire("input", "dense-1"))[0])
    block = {"dense-1.kernel": np.zeros((2, 4), np.float32), "dense-1.bias": np.zeros(4, np.float32)}
    refused(with_weights(path, safetensors.numpy.save(block)), "fit no layer")


def test_a_design_whose_values_would_grow_beyond_all_bounds_opens_at_once(tmp_path):
    path, grown = tmp_path / "grown.ann", joined(MAXIMUM_NODES - 1)
    save(path, grown, None, None)
    begin = time.perf_counter()
    assert load(path).project == grown
    refused(with_weights(path, safetensors.numpy.save({"output.bias": np.zeros(1, np.float32)})), "fit no layer")
    assert time.perf_counter() - begin < 1


def test_weights_of_another_design(path, tmp_path):
    other = saved(tmp_path / "other.ann", chain("Test", "digits", [(4, "tanh"), (3, "relu")]))
    refused(with_weights(path, entries_of(other)[WEIGHTS]), "fit no layer")


def test_a_wrong_checksum_is_noticed(path):
    data, block = path.read_bytes(), entries_of(path)[WEIGHTS]
    lowest_bits = data.index(block) + len(block) - 4
    path.write_bytes(data[:lowest_bits] + bytes([data[lowest_bits] ^ 1]) + data[lowest_bits + 1 :])
    refused(path, "weights.safetensors is damaged")


def test_an_empty_file_is_called_empty(path):
    path.write_bytes(b"")
    refused(path, "it is empty; use another copy")


def test_files_of_other_kinds(path):
    for data in (b"PK", b"\x89PNG\r\n", b"PK\3\4", os.urandom(5000), b"PK\5\6" + b"\0" * 18):
        path.write_bytes(data)
        refused(path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda data: b"#!/bin/sh\n" + data, "not a project"),
        (lambda data: data + b"trailing", "cut off or something was added"),
        (lambda data: data[:-1], "cut off"),
        (lambda data: data[: len(data) // 2], "cut off"),
    ],
)
def test_garbage_around_the_zip(path, change, words):
    path.write_bytes(change(path.read_bytes()))
    refused(path, words)


@pytest.mark.parametrize(
    "names",
    [
        [WEIGHTS],
        [PROJECT, "../evil.sh"],
        [PROJECT, "macro.py"],
        ["/project.json"],
        [PROJECT, WEIGHTS, "more"],
    ],
)
def test_entries_that_do_not_belong(path, names):
    entries = entries_of(path)
    path.write_bytes(zipped([(name, entries.get(name, b"x")) for name in names]))
    refused(path, "not a project")


def test_an_entry_that_is_there_twice(path):
    project = entries_of(path)[PROJECT]
    # Renamed afterwards, since the writer warns.
    path.write_bytes(zipped([(PROJECT, project), ("project.jsom", project)]).replace(b"jsom", b"json"))
    refused(path, "not a project")


def test_a_million_entries_are_not_even_listed(path):
    data = zipped([(PROJECT, b"{}")])
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 60_000, 60_000, len(data), 0, 0)
    path.write_bytes(data + end)
    refused(path)


def test_encrypted_and_oddly_packed_entries(path):
    entries = entries_of(path).items()
    plain = bytearray(zipped(entries))
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        plain[plain.index(mark) + at] |= 1
    path.write_bytes(plain)
    refused(path, "encrypted or packed in an unknown way")
    path.write_bytes(zipped(entries, zipfile.ZIP_LZMA))
    refused(path, "encrypted or packed in an unknown way")


def test_bombs_are_refused_before_they_go_off(path):
    project = entries_of(path)[PROJECT]
    bombs = [
        [(PROJECT, b" " * (LARGEST[PROJECT] + 1))],
        [(PROJECT, b" " * LARGEST[PROJECT])],
        [(PROJECT, project), (WEIGHTS, block_of({}, b"\0" * 50_000_000))],
    ]
    for entries in bombs:
        path.write_bytes(zipped(entries))
        tracemalloc.start()
        refused(path, "larger than a project can be")
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
        tracemalloc.stop()


def endless(header):
    """Return a zip with one entry that is said to hold a megabyte and inflates to two gigabytes."""
    said = 1 << 20
    first = header + b" " * (said - len(header))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    begin = packer.compress(first) + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(b" " * said) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = begin + 2000 * piece + packer.flush()
    size = struct.pack("<3L", zlib.crc32(first), len(packed), said)
    name = PROJECT.encode()
    local = struct.pack("<4s5H12s2H", b"PK\3\4", 20, 0, 8, 0, 33, size, len(name), 0) + name
    listed = struct.pack("<4s6H12s5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 33, size, len(name), *[0] * 6) + name
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(listed), len(local) + len(packed), 0)
    return local + packed + listed + end


@pytest.mark.parametrize("header", [b"", b"{"])
def test_a_bomb_that_hides_its_size_does_not_go_off(path, header):
    path.write_bytes(endless(header))
    assert path.stat().st_size < 3_000_000
    begin = time.perf_counter()
    tracemalloc.start()
    refused(path, "damaged")
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    assert time.perf_counter() - begin < 2


def test_what_lies_behind_the_size_that_an_entry_says_is_never_inflated(path):
    path.write_bytes(endless(entries_of(path)[PROJECT]))
    tracemalloc.start()
    loaded = load(path)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    assert loaded.project == EXAM


def test_a_lack_of_memory_is_told(path, monkeypatch):
    def exhausted(*_):
        raise MemoryError

    monkeypatch.setattr("annstudio.project.file.tensors.np.empty", exhausted)
    refused(path, "not enough memory")


def test_a_size_that_lies_is_noticed(path):
    data = bytearray(zipped([(PROJECT, b" " * 5000)]))
    # The uncompressed size, in both headers: 24 bytes into the central one, 22 into the local one.
    for mark, at in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        begin = data.index(mark) + at
        data[begin : begin + 4] = struct.pack("<L", 100)
    path.write_bytes(data)
    refused(path, "damaged")


def test_no_memory_is_given_to_what_the_header_claims(path):
    """The design allows 16 million weights, the file claims them and holds none."""
    wide = saved(path, chain("Test", "exam", [(4096, "tanh"), (4096, "tanh")]), trained=False)
    size = 4096 * 4096 * 4
    header = {"dense-2.kernel": {"dtype": "F32", "shape": [4096, 4096], "data_offsets": [0, size]}}
    tracemalloc.start()
    refused(with_weights(wide, block_of(header)), "damaged")
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


def test_reading_needs_little_more_memory_than_the_weights(tmp_path):
    project = chain("Test", "digits", [(1024, "relu"), (1024, "relu")])
    path = saved(tmp_path / "large.ann", project)
    tracemalloc.start()
    loaded = load(path)
    size = sum(tensor.nbytes for parts in loaded.weights.values() for tensor in parts.values())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 4_000_000
    assert peak < 1.6 * size


def test_what_is_no_file(tmp_path):
    refused(tmp_path / "missing.ann", "no such file; check its name")
    refused(tmp_path, "folder, not a file")
    refused(tmp_path / "missing" / "file.ann", "no such file")
    refused(tmp_path / ("x" * 300), "name is too long")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.ann")
    refused(tmp_path / "pipe.ann", "not a project")


def test_a_file_that_may_not_be_read(path, monkeypatch):
    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("annstudio.project.file.archive.open", denied, raising=False)
    refused(path, "no permission to read it; ask")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_that_lead_in_a_circle(tmp_path):
    one, other = tmp_path / "one.ann", tmp_path / "other.ann"
    one.symlink_to(other)
    other.symlink_to(one)
    refused(one, "links lead in a circle")


def test_a_disk_that_fails_while_reading(path, monkeypatch):
    def failing(*_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(archive.zipfile.ZipExtFile, "read", failing)
    refused(path, "another copy of the file")


def test_a_name_that_is_no_line_of_text_is_shown_as_one(tmp_path):
    with pytest.raises(UserError) as caught:
        load(tmp_path / "a\nb\u202e.ann")
    assert str(caught.value).startswith("“a�b�.ann” cannot be opened: ")


@pytest.mark.parametrize(("precision", "ok"), [("float32", False), ("float64", True)])
def test_weights_must_be_finite_in_the_precision_of_the_project(tmp_path, precision, ok):
    project = set_value(EXAM, "training", "precision", precision)
    path = saved(tmp_path / "a.ann", project, trained=False)
    with_weights(path, safetensors.numpy.save({"dense-1.kernel": np.zeros((2, 4)), "dense-1.bias": np.full(4, 1e300)}))
    if ok:
        assert load(path).weights["dense-1"]["bias"][0] == 1e300
    else:
        refused(path, "“dense-1.bias” are not all finite")


def test_what_is_saved_can_be_opened_after_a_change_to_single_precision(tmp_path):
    weights = {"output": {"kernel": np.full((3, 1), 1e300), "bias": np.zeros(1)}}
    save(tmp_path / "a.ann", EXAM, weights, None)
    assert load(tmp_path / "a.ann").weights is None


def test_float64_weights_are_allowed_and_float16_are_not(tmp_path):
    path = saved(tmp_path / "a.ann", EXAM, trained=False)
    for kind, ok in ((np.float64, True), (np.float16, False)):
        block = {"dense-1.kernel": np.zeros((2, 4), kind), "dense-1.bias": np.zeros(4, kind)}
        with_weights(path, safetensors.numpy.save(block))
        if ok:
            assert load(path).weights["dense-1"]["kernel"].dtype == kind
        else:
            refused(path, "unexpected")
