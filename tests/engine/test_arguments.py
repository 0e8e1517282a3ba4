"""Numbers that programs give."""

import numpy as np
import pytest

from annstudio.core.errors import UserError
from annstudio.engine.arguments import real, whole


@pytest.mark.parametrize("value", [3, np.int64(3), np.uint8(3)])
def test_whole_numbers_are_taken(value):
    assert (whole("Epochs", value), type(whole("Epochs", value))) == (3, int)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (0, "Epochs cannot be 0: choose a number of at least 1."),
        (-1, "Epochs cannot be -1: choose a number of at least 1."),
        (2.0, "Epochs must be a whole number, not 2.0."),
        (np.float32(2), "Epochs must be a whole number, not 2.0."),
        (True, "Epochs must be a whole number, not True."),
        (None, "Epochs must be a whole number, not something else."),
        ("4", "Epochs must be a number, and “4” is a text."),
    ],
)
def test_what_is_no_whole_number_or_too_small_is_refused(value, sentence):
    with pytest.raises(UserError) as refused:
        whole("Epochs", value)
    assert str(refused.value) == sentence


def test_the_smallest_number_may_be_another():
    assert whole("Seed", 0, least=0) == 0
    with pytest.raises(UserError, match="of at least 0"):
        whole("Seed", -1, least=0)


def test_real_numbers_likewise():
    assert (real("Least change", np.float32(0.5)), real("Least change", 0)) == (0.5, 0.0)
    for value in (-0.1, float("nan"), float("inf"), "0.1", None, True):
        with pytest.raises(UserError, match=r"^Least change "):
            real("Least change", value)
