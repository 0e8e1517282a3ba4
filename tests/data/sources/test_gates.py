import numpy as np
import pytest

from annstudio.core.random import stream
from annstudio.data.prepare import prepare
from annstudio.data.sources import sources

RULES = {
    "gate_and": lambda a, b: a and b,
    "gate_or": lambda a, b: a or b,
    "gate_not": lambda a: not a,
    "gate_xor": lambda a, b: a != b,
}
GATES = [key for key, source in sources.items() if source.info.category == "Logic gates"]


def test_every_gate_has_a_rule_here():
    assert set(GATES) == set(RULES)


@pytest.mark.parametrize("key", GATES)
def test_the_table_is_complete_and_right(key):
    data = sources[key]().make({}, stream(0, "data"))
    rows = [tuple(row) for row in data.inputs]
    assert len(set(rows)) == len(rows) == 2**data.schema.inputs
    for row, (target,) in zip(rows, data.targets, strict=True):
        assert target == RULES[key](*(bool(value) for value in row))


@pytest.mark.parametrize("key", GATES)
def test_all_rows_are_for_training_and_stay_0_and_1(key):
    source = sources[key]
    prepared = prepare(key, {}, 0, source.shares, source.standardize)
    assert len(prepared.train.inputs) == prepared.data.samples
    assert len(prepared.validation.inputs) == len(prepared.test.inputs) == 0
    assert np.isin(prepared.train.inputs, (0, 1)).all()
