import pytest

from annstudio.data.sources import sources
from annstudio.engine.activations import activations
from annstudio.engine.layers import layers
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.model import Wire
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


def mixed():
    """Return a network on digits with a layer of every kind, as far as their shapes go."""
    project = chain("d", "digits", [(16, "tanh")])
    for before, kinds in (("dense-1", ("reshape", "conv2d", "max_pool2d", "flatten")), ("output", ("dropout", "add"))):
        for kind in kinds:
            (source,) = project.design.sources(before)
            project, _ = edits.insert_node(project, kind, Wire(source, before))
    return edits.connect(project, "dense-1", "add-1")


def test_a_layer_without_an_activation_tells_its_settings_and_shape():
    shown = face(mixed(), "reshape-1")
    assert shown.lines == ("Channels 1", "Height 8", "Width 8")
    assert (shown.feet, shown.icon) == (("→ 1 × 8 × 8",), layers["reshape"].icon)
    assert shown.spoken == "Reshape 1, Channels 1, Height 8, Width 8, → 1 × 8 × 8"
    assert face(mixed(), "dropout-1").lines == ("Rate p 0.5",)


def test_a_layer_with_nothing_to_set_tells_what_comes_in():
    assert face(mixed(), "add-1").lines == ("16 →", "16 →")
    assert face(mixed(), "flatten-1").lines == ("8 × 4 × 4 →",)
    assert face(edits.add_node(mixed(), "add", (0.0, 500.0))[0], "add-2").lines == ()


def test_a_picture_is_told_by_its_shape_and_by_a_dot_per_filter():
    shown = face(mixed(), "conv2d-1")
    assert shown.feet[-1] == "→ 8 × 8 × 8"
    assert (shown.activation, shown.units) == ("relu", 8)
    assert shown.subtitles == ("8 · ReLU", "ReLU")


def test_only_features_that_are_switched_on_are_told(project):
    project, node_id = edits.insert_node(project, "feature", Wire("input", "dense-1"))
    project = edits.set_value(project, node_id, "squares", False)
    lines = face(project, node_id).lines
    assert "Inputs x" in lines
    assert "Squares x²" not in lines


def test_what_a_layer_refuses_is_shown_as_unknown(project):
    wrong, node_id = edits.insert_node(project, "reshape", Wire("input", "dense-1"))
    assert face(wrong, node_id).feet == ("→ ?",)


def test_a_formula_of_ones_own_is_told_while_it_is_switched_on(project):
    project, node_id = edits.insert_node(project, "feature", Wire("input", "dense-1"))
    project = edits.set_value(project, node_id, "products", False)
    assert face(project, node_id).lines == ("Inputs x", "Squares x²")
    project = edits.set_value(project, node_id, "own", True)
    assert face(project, node_id).lines == ("Inputs x", "Squares x²", "Your formula sqrt(x1**2 + x2**2)")
