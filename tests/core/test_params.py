"""Parameters: whatever goes in, a checked value in range comes out, or one sentence."""

import math

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from annstudio.core.errors import UserError
from annstudio.core.params import Choice, Flag, Integer, Numbers, Param, Real, check_params, numbers_in

RATE = Real("rate", "Rate", 0.01, minimum=1e-12, maximum=100)
SHARE = Real("share", "Share", 0.6, minimum=0, maximum=1, above_minimum=True)
OFFSET = Real("offset", "Offset", 0.0)
UNITS = Integer("units", "Units", 8, minimum=1, maximum=4096)
COUNT = Integer("count", "Count", 0, minimum=0)
SHUFFLE = Flag("shuffle", "Shuffle", True)
PRECISION = Choice("precision", "Precision", "single", options=(("single", "32 bit"), ("double", "64 bit")))
WEIGHTS = Numbers("weights", "Weights", most=4)
NUMBERS = (RATE, SHARE, OFFSET, UNITS, COUNT)
PARAMS = (*NUMBERS, SHUFFLE, PRECISION, WEIGHTS)

NUMERIC_TEXTS = st.one_of(st.integers().map(str), st.floats().map(str), st.text("0123456789_.,e+-−∞ \n", max_size=8))
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.complex_numbers(), NUMERIC_TEXTS
)
ANYTHING = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5)


def sentence(param: Param, value: object) -> str:
    """Return how a value is refused, checked to be one short, printable sentence that names the parameter."""
    with pytest.raises(UserError) as caught:
        param.check(value)
    said = str(caught.value)
    assert said.startswith(param.label)
    assert said.endswith(".")
    assert said.isprintable()
    assert len(said) < 200
    return said


def in_range(param: Integer | Real, number: float) -> bool:
    above = number > param.minimum if param.above_minimum else number >= param.minimum
    return math.isfinite(number) and above and number <= param.maximum


@given(ANYTHING)
@example(10**400)
@example(-(10**5000))
@example([10**5000])
@example("9" * 5000)
@example("1e400")
@example("1_000")
@example("line\nend\u202e")
@pytest.mark.parametrize("param", PARAMS, ids=lambda param: param.key)
def test_whatever_goes_in(param: Param, value: object) -> None:
    try:
        checked = param.check(value)
    except UserError:
        sentence(param, value)
    else:
        assert type(checked) is type(param.default)
        assert param.check(checked) == checked
        if isinstance(param, Integer | Real):
            assert in_range(param, checked)


@given(st.data())
@pytest.mark.parametrize("param", NUMBERS, ids=lambda param: param.key)
def test_numbers_in_range_stay_what_they_are(param: Integer | Real, data: st.DataObject) -> None:
    low, high = (bound if math.isfinite(bound) else None for bound in (param.minimum, param.maximum))
    if isinstance(param, Real):
        numbers = st.floats(low, high, exclude_min=param.above_minimum, allow_nan=False, allow_infinity=False)
    else:
        numbers = st.integers(low, high)
    number = data.draw(numbers)
    assert param.check(number) == number
    assert param.check(str(number)) == number
    assert param.check(f" {number} ") == number


@given(st.integers() | st.floats(allow_nan=False))
@pytest.mark.parametrize("param", [RATE, SHARE, UNITS, COUNT], ids=lambda param: param.key)
def test_numbers_out_of_range_are_refused(param: Integer | Real, number: float) -> None:
    assume(not in_range(param, number))
    sentence(param, number)
    if abs(number) < 10**15:
        sentence(param, str(number))


@pytest.mark.parametrize(
    ("param", "value", "said"),
    [
        (RATE, 0, "Rate cannot be 0: choose a number between 1e-12 and 100."),
        (RATE, "1e-50", "Rate cannot be 1e-50: choose a number between 1e-12 and 100."),
        (RATE, math.nan, "Rate must be a finite number, not nan."),
        (RATE, "fast", "Rate must be a finite number, not fast."),
        (RATE, "", "Rate: type a number."),
        (UNITS, " ", "Units: type a number."),
        (RATE, None, "Rate must be a finite number, not something else."),
        (RATE, True, "Rate must be a finite number, not True."),
        (RATE, "1_0", "Rate must be a finite number, not 1_0."),
        (SHARE, 0, "Share cannot be 0: choose a number greater than 0 and at most 1."),
        (UNITS, 2.5, "Units must be a whole number, not 2.5."),
        (UNITS, "abc", "Units must be a whole number, not abc."),
        (UNITS, math.inf, "Units must be a whole number, not inf."),
        (UNITS, "6_4", "Units must be a whole number, not 6_4."),
        (UNITS, 10**300, "Units cannot be a huge number: choose a number between 1 and 4096."),
        (UNITS, -(10**300), "Units cannot be a hugely negative number: choose a number between 1 and 4096."),
        (COUNT, -1, "Count cannot be -1: choose a number of at least 0."),
        (SHUFFLE, 1, "Shuffle can be on or off, not 1."),
        (PRECISION, "half", "Precision cannot be half: choose one of single, double."),
        (PRECISION, 32, "Precision cannot be 32: choose one of single, double."),
        (WEIGHTS, 3, "Weights must be numbers with commas between them, not 3."),
        (WEIGHTS, "1; 2", "Weights must be numbers with commas between them, such as 1, 2, 0.5, and 1; 2 is none."),
        (WEIGHTS, "1, two", "Weights must be numbers with commas between them, such as 1, 2, 0.5, and two is none."),
        (WEIGHTS, "1,, 2", "Weights must be numbers with commas between them, such as 1, 2, 0.5: one is missing."),
        (WEIGHTS, "1, 0", "Weights cannot be 0: choose a number between 1e-06 and 1,000,000."),
        (WEIGHTS, "1, 2, 3, 4, 5", "Weights can be 4 numbers at most."),
    ],
)
def test_the_sentences(param: Param, value: object, said: str) -> None:
    assert sentence(param, value) == said


@pytest.mark.parametrize(
    ("typed", "held"), [("", ""), ("  ", ""), ("1,2 ,0.50", "1, 2, 0.5"), ("3", "3"), ("1e-6", "1e-06"), (".1", "0.1")]
)
def test_a_list_of_numbers_is_written_in_one_way(typed: str, held: str) -> None:
    assert WEIGHTS.check(typed) == WEIGHTS.check(held) == held


@given(st.lists(st.floats(1e-6, 1e6), max_size=4))
def test_a_list_of_numbers_keeps_every_digit(numbers: list[float]) -> None:
    assert numbers_in(WEIGHTS.check(", ".join(map(str, numbers)))) == tuple(numbers)


def test_whole_numbers_keep_every_digit() -> None:
    for number in (2**53 + 1, 10**15 + 1):
        assert COUNT.check(number) == COUNT.check(str(number)) == number
    assert COUNT.check("1e3") == COUNT.check(1000.0) == 1000


def test_a_choice_from_a_registry_takes_any_name_but_nothing_else() -> None:
    choice = Choice("activation", "Activation", "tanh", registry="activations")
    assert choice.check("anything") == "anything"
    assert sentence(choice, 3) == "Activation must be a name, not 3."


def test_values_are_completed_by_defaults() -> None:
    assert check_params(PARAMS, {}) == {param.key: param.default for param in PARAMS}
    assert check_params([UNITS, RATE], {"rate": "0.5"}) == {"units": 8, "rate": 0.5}
    with pytest.raises(UserError, match=r"^Units cannot be 0"):
        check_params([RATE, UNITS], {"units": 0})


@given(ANYTHING.filter(lambda key: not isinstance(key, list | dict)))
def test_an_unknown_setting_is_refused(key: object) -> None:
    assume(key not in ("units", "rate"))
    with pytest.raises(UserError, match=r"^There is no setting “.*” here\. Known: units, rate\.$") as caught:
        check_params([UNITS, RATE], {key: 1})
    assert str(caught.value).isprintable()
    with pytest.raises(UserError, match="Known: –"):
        check_params([], {key: 1})


def test_numbers_of_numpy_are_numbers() -> None:
    units = UNITS.check(np.int64(4))
    assert (units, type(units)) == (4, int)
    share = Real("share", "Share").check(np.float32(0.5))
    assert (share, type(share)) == (0.5, float)
