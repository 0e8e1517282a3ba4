import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from annstudio.core.calls import run
from annstudio.core.params import Flag, Real
from annstudio.engine.optimizers import optimizers
from annstudio.engine.rules import LETTERS, Line, calculated

ENTRIES = [pytest.param(entry, id=key) for key, entry in optimizers.items() if not entry.evaluates]
STEPS = 4


def settings(entry, draw):
    """Draw settings of an entry: every option is on in some of them."""
    values = {}
    for param in entry.info.params:
        if isinstance(param, Flag):
            values[param.key] = draw(st.booleans())
        elif isinstance(param, Real) and param.key != "learning_rate":
            usual = st.floats(max(param.minimum, 1e-8), min(param.maximum, 0.95))
            values[param.key] = draw(st.just(param.default) | usual | st.just(max(param.minimum, 0.0)))
    return values


@pytest.mark.parametrize("entry", ENTRIES)
@examples(max_examples=25)
@given(data=st.data(), kernel=st.booleans())
def test_rule_in_letters_is_the_step_that_is_taken(entry, data, kernel):
    optimizer = entry(**settings(entry, data.draw))
    rng = np.random.default_rng(0)
    w = rng.normal(size=3)
    g = np.empty_like(w)
    state = optimizer.initial_state(w)
    live = {key: np.array(value) for key, value in optimizer.params.items() if isinstance(value, float)}
    calls = optimizer.update(w, g, state, live, np.empty_like, np.full_like(w, kernel))
    letters = {LETTERS[key]: value for key, value in live.items()}
    slots = {slot.symbol: key for key, slot in optimizer.slots.items()}
    for t in range(1, STEPS + 1):
        g[...] = rng.normal(size=3)
        before = {symbol: state[key].copy() for symbol, key in slots.items()}
        lines = optimizer.rule(t, kernel)
        after = calculated(lines, {**letters, **before, "w": w.copy(), "g": g.copy(), "t": t})[-1]
        run(calls)
        np.testing.assert_allclose(after["w"], w, rtol=1e-9, atol=1e-12)
        for symbol in {line.name for line in lines} & slots.keys():
            np.testing.assert_allclose(after[symbol], state[slots[symbol]], rtol=1e-9, atol=1e-12)


def test_every_number_of_a_rule_has_a_letter():
    params = {
        param.key: entry
        for entry in optimizers.values()
        if not entry.evaluates
        for param in entry.info.params
        if isinstance(param, Real)
    }
    assert params.keys() <= LETTERS.keys()


def test_lines_are_carried_out_one_after_the_other():
    moments = calculated((Line("m", "2·m + g"), Line("w", "w − m")), {"w": 10.0, "g": 1.0, "m": 3.0})
    assert [float(moment["m"]) for moment in moments] == [3, 7, 7]
    assert [float(moment["w"]) for moment in moments] == [10, 10, 3]
