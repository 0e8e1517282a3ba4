"""The check of a project's gradients: it looks beside kinks, and says what kept it from comparing."""

import json

import numpy as np
import pytest

from annstudio.engine.differences import GradientCheck
from annstudio.project.build import chain
from annstudio.project.edits import set_value
from annstudio.project.model import Project
from annstudio.project.templates import templates
from annstudio.training import gradients
from annstudio.training.gradients import TRIES, CheckedGradients


def logarithmic() -> Project:
    """Return a project whose hidden layer takes the logarithm of negative numbers."""
    return set_value(chain("x", "gate_xor", [(4, "formula")]), "dense-1", "activation.expression", "log(x)")


@pytest.mark.parametrize("activation", ["relu", "elu", "hard_tanh", "prelu", "tanh"])
def test_a_sample_of_zeros_stands_on_no_kink(activation: str) -> None:
    """The inputs 0, 0 with biases of zero would make every z zero."""
    checked = CheckedGradients(chain("x", "gate_xor", [(4, activation), (4, activation)]))
    assert checked.found.holds
    assert checked.found.kinks == ()


def test_equal_pixels_are_no_tie() -> None:
    assert CheckedGradients(templates["digits_filters"]().build()).found.holds


def test_where_a_start_lies_on_a_kink_the_next_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    starts: list[np.ndarray] = []

    def check(network: object, weights: np.ndarray, *samples: np.ndarray) -> GradientCheck:
        starts.append(weights)
        return GradientCheck(1.0, 1.0, (1.0, 1.0), kinks=("Dense 1",) if len(starts) < limit else ())

    monkeypatch.setattr(gradients, "gradient_check", check)
    limit = 2
    assert CheckedGradients(chain("x", "gate_xor", [(4, "relu")])).found.kinks == ()
    assert len(starts) == 2
    assert not np.array_equal(*starts)
    limit = 99
    starts.clear()
    checked = CheckedGradients(chain("x", "gate_xor", [(4, "relu")]))
    assert len(starts) == TRIES
    assert "kink, a jump or an end of Dense 1," in checked.as_text()
    assert checked.as_json()["kinks"] == ["Dense 1"]


def test_a_function_without_a_value_is_told_from_wrong_gradients() -> None:
    checked = CheckedGradients(logarithmic())
    assert "The values of Dense 1 are not finite" in checked.as_text()
    assert "agree" not in checked.as_text()
    plain = json.loads(json.dumps(checked.as_json(), allow_nan=False))
    assert (plain["holds"], plain["undefined"], plain["parameters"]) == (False, "Dense 1", None)
