"""What is saved is what is loaded."""

import math
import unicodedata
import zipfile
from itertools import pairwise

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.file import Progress, load, save
from annstudio.project.file.record import clean_name
from annstudio.project.limits import MAXIMUM_NAME, MAXIMUM_NODES
from annstudio.project.model import Design, Wire
from annstudio.project.templates import templates
from tests.project.file.makers import EXAM, PROJECT, WEIGHTS, entries_of, saved, weights_of, zipped
from tests.project.strategies import projects

SAME_FOLDER = settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])


def same_weights(one, other):
    assert set(one) == set(other)
    for node_id, tensors in one.items():
        assert set(tensors) == set(other[node_id])
        for name, tensor in tensors.items():
            assert tensor.dtype == other[node_id][name].dtype
            np.testing.assert_array_equal(tensor, other[node_id][name])


@pytest.mark.parametrize("key", templates)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_templates_with_weights_come_back_equal(tmp_path, key, dtype):
    project = templates[key]().build()
    weights = weights_of(project, dtype)
    save(tmp_path / "a.ann", project, weights, Progress(5, 120))
    loaded = load(tmp_path / "a.ann")
    assert (loaded.project, loaded.progress) == (project, Progress(5, 120))
    same_weights(loaded.weights, weights)


@given(projects())
@SAME_FOLDER
def test_whatever_a_student_makes_comes_back_equal(tmp_path, project):
    weights = weights_of(project)
    save(tmp_path / "a.ann", project, weights, None)
    loaded = load(tmp_path / "a.ann")
    assert loaded.project == replace(project, name=clean_name(project.name))
    same_weights(loaded.weights or {}, weights)


def test_an_untrained_project_has_no_weights(tmp_path):
    path = saved(tmp_path / "a.ann", trained=False)
    loaded = load(path)
    assert (loaded.project, loaded.weights, loaded.progress) == (EXAM, None, None)
    assert set(entries_of(path)) == {PROJECT}


def test_the_same_project_makes_the_same_bytes(tmp_path):
    assert saved(tmp_path / "a.ann").read_bytes() == saved(tmp_path / "b.ann").read_bytes()


def test_the_weights_can_be_read_by_others(tmp_path):
    tensors = safetensors.numpy.load(entries_of(saved(tmp_path / "a.ann"))[WEIGHTS])
    weights = weights_of(EXAM)
    assert set(tensors) == {f"{node_id}.{part}" for node_id in weights for part in ("kernel", "bias")}
    np.testing.assert_array_equal(tensors["dense-1.kernel"], weights["dense-1"]["kernel"])


def test_a_file_packed_again_by_others_still_loads(tmp_path):
    path = saved(tmp_path / "a.ann")
    entries = entries_of(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(entries, reverse=True):
            archive.writestr(name, entries[name])
    assert load(path).project == EXAM


def test_weights_that_do_not_fit_the_design_are_left_out(tmp_path):
    weights = weights_of(EXAM)
    weights["nobody"] = weights["dense-1"]
    weights["dense-1"] = {"kernel": np.zeros((2, 5), np.float32), "bias": np.zeros(5, np.float32)}
    weights["dense-2"]["bias"][1] = math.nan
    save(tmp_path / "a.ann", EXAM, weights, Progress(1, 2))
    loaded = load(tmp_path / "a.ann")
    same_weights(loaded.weights, {"output": weights["output"]})
    assert loaded.progress is None
    save(tmp_path / "a.ann", EXAM, {"dense-1": weights["dense-1"]}, Progress(1, 2))
    loaded = load(tmp_path / "a.ann")
    assert (loaded.weights, loaded.progress) == (None, None)


def packed_by_others(path, left_out):
    """Pack a trained file again, without the weights of one node or without any."""
    entries = entries_of(path)
    tensors = safetensors.numpy.load(entries.pop(WEIGHTS))
    kept = {name: tensor for name, tensor in tensors.items() if left_out and not name.startswith(left_out)}
    if kept:
        entries[WEIGHTS] = safetensors.numpy.save(kept)
    path.write_bytes(zipped(entries.items()))
    return path


@pytest.mark.parametrize(("left_out", "count"), [("dense-1", 2), ("output", 2), (None, 0)])
def test_progress_counts_only_if_every_layer_has_its_weights(tmp_path, left_out, count):
    loaded = load(packed_by_others(saved(tmp_path / "a.ann"), left_out))
    assert len(loaded.weights or {}) == count
    assert loaded.progress is None


def test_a_design_without_layers_has_not_been_trained(tmp_path):
    save(tmp_path / "a.ann", edits.remove(EXAM, list(EXAM.positions)), weights_of(EXAM), Progress(3, 72))
    assert b'"progress"' not in entries_of(tmp_path / "a.ann")[PROJECT].replace(b'"progress": null', b"")


def test_a_layer_that_leads_nowhere_need_not_have_been_trained(tmp_path):
    edited, loose = edits.add_node(EXAM, "dense", (0, 300))
    edited = edits.connect(edited, "dense-1", loose)
    save(tmp_path / "a.ann", edited, weights_of(EXAM), Progress(3, 72))
    loaded = load(tmp_path / "a.ann")
    same_weights(loaded.weights, weights_of(EXAM))
    assert loaded.progress == Progress(3, 72)


def test_an_unfinished_network_has_not_been_trained(tmp_path):
    edited = edits.remove(EXAM, [], [Wire("dense-1", "dense-2")])
    save(tmp_path / "a.ann", edited, weights_of(EXAM), Progress(3, 72))
    loaded = load(tmp_path / "a.ann")
    assert set(loaded.weights) == {"dense-1", "output"}
    assert loaded.progress is None


def mixed():
    """Return a network with every kind of tensor: statistics, a frozen layer, one without biases, learned slopes."""
    project = EXAM
    for owner, key, value in (
        ("dense-1", "trainable", False),
        ("dense-2", "bias", False),
        ("dense-2", "activation", "prelu"),
    ):
        project = edits.set_value(project, owner, key, value)
    project, _ = edits.insert_node(project, "batch_norm", Wire("dense-2", "output"))
    return edits.append_node(project, "layer_norm", "dense-1")[0]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_all_that_layers_keep_comes_back(tmp_path, dtype):
    weights = weights_of(mixed(), dtype)
    assert {node_id: set(parts) for node_id, parts in weights.items()} == {
        "dense-1": {"kernel", "bias"},
        "layer_norm-1": {"gamma", "beta"},
        "dense-2": {"kernel", "activation"},
        "batch_norm-1": {"gamma", "beta", "running_mean", "running_var"},
        "output": {"kernel", "bias"},
    }
    save(tmp_path / "a.ann", mixed(), weights, Progress(2, 48))
    loaded = load(tmp_path / "a.ann")
    assert (loaded.project, loaded.progress) == (mixed(), Progress(2, 48))
    same_weights(loaded.weights, weights)


def test_designs_that_cannot_run_are_a_students_business(tmp_path):
    several = edits.append_node(edits.add_node(EXAM, "output", (0, 300))[0], "input")[0]
    loose = edits.remove(EXAM, [], [Wire("input", "dense-1")])
    ring = (Wire("dense-1", "dense-2"), Wire("dense-2", "dense-1"), Wire("dense-1", "output"), Wire("input", "output"))
    cyclic = replace(EXAM, design=Design(EXAM.design.nodes, ring))
    empty = edits.remove(EXAM, list(EXAM.positions))
    for project in (several, loose, cyclic, empty):
        save(tmp_path / "a.ann", project, weights_of(project), None)
        assert load(tmp_path / "a.ann").project == project


def test_the_largest_design_comes_back(tmp_path):
    project = chain("n" * 300, "digits", [(4, "leaky_relu")] * (MAXIMUM_NODES - 2))
    save(tmp_path / "a.ann", project, weights_of(project), None)
    assert load(tmp_path / "a.ann").project == replace(project, name="n" * MAXIMUM_NAME)


def test_the_most_tensors_that_names_of_full_length_can_have_come_back(tmp_path):
    project = chain("Test", "digits", [])
    norm = edits.add_node(project, "batch_norm", (0, 0))[0].design.nodes[-1]
    ids = ["input", *(f"{'n' * 60}{number:04}" for number in range(MAXIMUM_NODES - 2)), "output"]
    nodes = (project.design.nodes[0], *(replace(norm, id=node_id) for node_id in ids[1:-1]), project.design.nodes[-1])
    wires = tuple(Wire(*pair) for pair in pairwise(ids))
    project = replace(project, design=Design(nodes, wires), positions=dict.fromkeys(ids, (0.0, 0.0)))
    weights = weights_of(project)
    save(tmp_path / "a.ann", project, weights, Progress(1, 1))
    same_weights(load(tmp_path / "a.ann").weights, weights)


def test_values_that_no_longer_follow_are_pinned_on_opening(tmp_path):
    strayed = edits.set_value(EXAM, "output", "units", 3)
    node = strayed.design.node("output")
    unpinned = replace(node, settings=replace(node.settings, pinned=()))
    nodes = tuple(unpinned if each.id == "output" else each for each in strayed.design.nodes)
    save(tmp_path / "a.ann", replace(strayed, design=replace(strayed.design, nodes=nodes)), None, None)
    assert load(tmp_path / "a.ann").project == strayed


@given(st.text())
def test_names_are_harmless_and_stay_what_they_are(name):
    clean = clean_name(name)
    assert clean == clean_name(clean)
    assert len(clean) <= MAXIMUM_NAME
    assert not {unicodedata.category(each) for each in clean} & {"Cc", "Cs", "Zl", "Zp"}
    clean.encode()


def test_a_name_keeps_every_script_but_no_steering():
    assert clean_name("  Übung 3: 神经网络 می\u200cخواهم \U0001f600 ") == "Übung 3: 神经网络 می\u200cخواهم \U0001f600"
    assert clean_name("a\x1b[31m\nb\u202egpj.exe\ud800") == "a[31mbgpj.exe"
