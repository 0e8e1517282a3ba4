import pytest

from annstudio.data.sources import sources
from annstudio.engine.activations import activations
from annstudio.engine.layers import layers
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.shapes import flow
from annstudio.ui.canvas.face import face_of, kind_face


def face(project, node_id):
    return face_of(project, project.design.node(node_id), flow(project)[node_id])


@pytest.fixture
def project():
    return chain("test", "exam", [(8, "tanh"), (4, "relu")])


def test_a_hidden_layer_tells_its_settings_shape_and_parameters(project):
    shown = face(project, "dense-1")
    assert shown.title == "Dense 1"
    assert shown.subtitles == ("8 · Tanh", "Tanh")
    assert shown.feet == ("→ 8   24 params",)
    assert shown.spoken == "Dense 1, 8 units, Tanh"
    assert (shown.activation, shown.units) == ("tanh", 8)


def test_large_numbers_are_grouped_or_shortened(project):
    wide = edits.set_value(project, "dense-1", "units", 1000)
    wide = edits.set_value(wide, "dense-2", "units", 1000)
    assert face(wide, "dense-2").feet == ("→ 1,000   1,001,000 params", "→ 1,000   1M params")
    wide = edits.set_value(project, "dense-1", "units", 4096)
    assert face(wide, "dense-1").feet == ("→ 4,096   12,288 params", "→ 4,096   12.3k params")


def test_the_input_tells_the_data_and_the_output_the_loss(project):
    shown = face(project, "input")
    assert shown.subtitles == ("2 features",)
    assert shown.feet == (sources["exam"].info.label,)
    assert shown.lines == ("Lectures attended", "Hours studied")
    assert face(project, "output").feet == ("Log loss   5 params", "→ 1   5 params")
    assert face(project, "output").spoken == "Output, 1 unit, Logistic, Log loss"


def test_many_features_are_summed_up_and_pictures_named():
    iris, digits = chain("i", "iris", []), chain("d", "digits", [])
    assert len(face(iris, "input").lines) == 3
    assert face(iris, "input").lines[-1] == "and 2 more"
    assert face(digits, "input").lines == ("picture of 8 × 8",)


def test_every_data_set_and_activation_has_a_face(project):
    for key in sources:
        assert face(edits.set_value(project, "data", "source", key), "input").lines
    for key in activations:
        shown = face(edits.set_value(project, "dense-1", "activation", key), "dense-1")
        assert shown.activation == key


def test_what_is_not_set_by_the_layer_does_not_change_its_face(project):
    other = edits.set_value(project, "training", "seed", 5)
    assert face(other, "dense-1") == face(project, "dense-1")


@pytest.mark.parametrize("kind", list(layers))
def test_every_layer_of_the_palette_has_a_face(kind):
    assert kind_face(kind).title == layers[kind].info.label
