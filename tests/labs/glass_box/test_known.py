import pytest

from annstudio.labs.glass_box.bench import Bench
from annstudio.labs.glass_box.known import Known, gives_its_number
from annstudio.labs.glass_box.page import Level
from annstudio.labs.glass_box.walk import Walk
from annstudio.project.build import chain
from tests.labs.glass_box.rows import subject_of

WALK = Walk(Bench(subject_of(chain("p", "gate_xor", [(2, "tanh")]))))
ORDER = [1, 0]


def known(*path, term_done=True):
    return Known(WALK.moment, path, term_done)


def test_before_the_step_only_the_inputs_are_known():
    assert known().value(-1, 0)
    assert not known().value(0, 0)
    assert not known().loss


@pytest.mark.parametrize(
    ("path", "values"),
    [((0, 0, 0), [True, False, False]), ((0, 0, 1), [True, True, False]), ((0, 0), [True, True, False])],
)
def test_values_become_known_one_after_the_other(path, values):
    found = known(*path)
    assert [found.value(0, 0), found.value(0, 1), found.value(1, 0)] == values


def test_a_neurons_number_is_known_when_its_last_term_is_done():
    assert not known(0, 0, 0, 1, term_done=False).value(0, 0)
    assert known(0, 0, 0, 3).value(0, 0)


def test_errors_become_known_from_the_output_on():
    assert not known(1).delta(1, 0, ORDER)
    assert not known(2, 0).delta(1, 0, ORDER)
    assert known(2, 1).delta(1, 0, ORDER)
    assert not known(2, 1).delta(0, 0, ORDER)
    assert known(2, 2, 0).delta(0, 0, ORDER)
    assert not known(2, 2, 0).delta(0, 1, ORDER)
    assert known(3).delta(0, 1, ORDER)


def test_loss_and_cost():
    assert known(1, 0).loss
    assert not known(1, 0).cost
    assert known(1, 1).cost
    assert known(2).cost


def test_the_last_term_gives_the_neurons_number():
    walk = Walk(Bench(subject_of(chain("p", "gate_xor", [(2, "tanh")]))))
    given = []
    walk.over(Level.TERM)
    while walk.path[:3] == (0, 0, 0):
        given.append(gives_its_number(walk.trail))
        walk.over(Level.TERM)
    assert given == [False, False, False, False, True]
