from annstudio.labs.glass_box.bench import Bench
from annstudio.labs.reading import plain
from annstudio.project.build import chain
from tests.labs.glass_box.rows import subject_of


def letters(data="iris", hidden=((12, "tanh"),)):
    return Bench(subject_of(chain("p", data, list(hidden)))).moment().letters


def test_signs_carry_unit_and_layer():
    found = letters()
    assert plain((found.value(-1, 0),)) == "x₁"
    assert plain((found.value(0, 1),)) == "a₂⁽¹⁾"
    assert plain((found.value(1, 2),)) == "ŷ₃"
    assert plain((found.sum(1, 0),)) == "z₁⁽²⁾"
    assert plain((found.parameter(0, "kernel", (1, 2)),)) == "w₂₃⁽¹⁾"
    assert plain((found.parameter(0, "kernel", (1, 11)),)) == "w₂,₁₂⁽¹⁾"
    assert plain(found.gradient(0, "bias", (0,))) == "∂J / ∂b₁⁽¹⁾"
    assert plain(found.slope(0, 1)) == "∂a₂⁽¹⁾ / ∂z₂⁽¹⁾"


def test_one_layer_and_one_output_need_no_numbers():
    found = letters("exam", ())
    assert plain((found.value(0, 0),)) == "ŷ"
    assert plain((found.sum(0, 0),)) == "z"
    assert plain((found.target(0),)) == "y"
