import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annstudio.core.errors import UserError
from annstudio.labs.notation import Figure
from annstudio.labs.race import RATES, Entrant, Race, Racer, Status, racing_optimizers, tuned
from annstudio.labs.surfaces import surfaces
from annstudio.labs.terrain import Terrain

TERRAINS = {key: Terrain.typed(entry.info.formula, entry.extent, entry.start) for key, entry in surfaces.items()}
PEER = ["local_minimum", "bowl", "saddle", "elliptic_bowl", "hills", "plateau"]
"""The surfaces of gradient_descent_viz."""
START = (1.5, 1.5)
REACHED = {
    "local_minimum": (0.905, 0.0),
    "bowl": (0.0, 0.0),
    "saddle": (-np.pi / 2, 0.0),
    "elliptic_bowl": (0.0, 0.0),
    "hills": (0.0415, -0.0006),
    "plateau": (0.469, 0.469),
}
"""Where gradient_descent_viz's optimizers end at its defaults: a rate of .001, from (1.5, 1.5)."""


def arrived(key, values, terrain):
    racer = Racer(key, values, TERRAINS[terrain], START)
    while racer.status is Status.MOVING:
        racer.step()
    return racer


@pytest.mark.parametrize("terrain", PEER)
@pytest.mark.parametrize("key", ["momentum", "rmsprop", "adam"])
def test_the_peers_minima_are_reached_at_its_defaults(terrain, key):
    values = {"learning_rate": 0.001} | ({} if key == "momentum" else {"epsilon": 1e-12})
    racer = arrived(key, values, terrain)
    assert racer.status is Status.CONVERGED
    np.testing.assert_allclose(racer.place, REACHED[terrain], atol=0.025)


@pytest.mark.parametrize("terrain", PEER)
def test_adagrad_needs_the_peers_steps_at_a_tenth(terrain):
    racer = arrived("adagrad", {"learning_rate": 0.1, "epsilon": 1e-12}, terrain)
    assert racer.status is Status.CONVERGED
    assert 84 <= racer.steps <= 542


def test_adagrad_does_not_arrive_at_the_peers_rate(monkeypatch):
    monkeypatch.setattr("annstudio.labs.race.MOST_STEPS", 3000)
    assert arrived("adagrad", {"learning_rate": 0.001}, "bowl").status is Status.TIRED


@pytest.mark.parametrize("terrain", PEER)
def test_plain_descent_is_that_of_the_textbook(terrain):
    racer = Racer("sgd", {"learning_rate": 0.001}, TERRAINS[terrain], START)
    place = np.array(START)
    for _ in range(50):
        racer.step()
        place = place - 0.001 * np.array(TERRAINS[terrain].slope(*place))
    np.testing.assert_allclose(racer.place, place, rtol=1e-12)


@pytest.mark.parametrize("key", list(racing_optimizers()))
@settings(max_examples=25)
@given(way=st.lists(st.booleans(), max_size=30), noise=st.sampled_from([0.0, 0.5]))
def test_forward_and_back_is_where_one_was(key, way, noise):
    racer = Racer(key, {}, TERRAINS["hills"], START, noise, seed=3)
    seen = {0: racer.place}
    for forward in way:
        if forward:
            racer.step()
        else:
            racer.back()
        assert seen.setdefault(racer.steps, racer.place) == racer.place


@pytest.mark.parametrize("key", [key for key, entry in racing_optimizers().items() if not entry.evaluates])
def test_the_lines_of_a_step_lead_to_where_it_went(key):
    racer = Racer(key, {}, TERRAINS["hills"], START)
    for _ in range(4):
        racer.step()
    last = racer.equations()[-1]
    figures = [piece.value for piece in last.numbers if isinstance(piece, Figure)]
    np.testing.assert_allclose(figures, racer.place, rtol=1e-9)


def test_every_racer_can_say_what_moved_it():
    for key in racing_optimizers():
        racer = Racer(key, {}, TERRAINS["ravine"], (-1.8, 1.0))
        assert set(racer.arrows()) == {"gradient"}
        for _ in range(3):
            racer.step()
        assert {"gradient", "step"} <= set(racer.arrows())
        assert racer.equations()


def test_noise_is_the_same_for_all_and_comes_again():
    race = Race(TERRAINS["bowl"], [Entrant("sgd"), Entrant("momentum")], noise=1.0, seed=1)
    race.step()
    pushes = [np.subtract(racer.gradient, TERRAINS["bowl"].slope(*race.start)) for racer in race.racers]
    np.testing.assert_allclose(pushes[0], pushes[1])
    place = race.racers[0].place
    race.back()
    race.step()
    assert race.racers[0].place == place


def test_too_large_a_rate_leads_off_the_map():
    racer = Racer("sgd", {"learning_rate": 1.0}, TERRAINS["rosenbrock"], (-1.2, 1.0))
    for _ in range(20):
        racer.step()
    assert racer.status is Status.LOST
    lost_at = racer.steps
    racer.step()
    assert racer.steps == lost_at
    racer.back()
    assert racer.status is Status.MOVING


def test_a_race_is_over_when_nobody_moves():
    race = Race(TERRAINS["bowl"], [Entrant("sgd", {"learning_rate": 0.3}), Entrant("sgd", {"learning_rate": 0.1})])
    while not race.over:
        race.step()
    first, second = race.racers
    assert first.steps < second.steps == race.steps
    race.back()
    assert (first.status, second.status) == (Status.CONVERGED, Status.MOVING)


def test_a_race_cannot_begin_outside():
    with pytest.raises(UserError, match="outside"):
        Race(TERRAINS["bowl"], [Entrant("sgd")], (9.0, 0.0))


@pytest.mark.parametrize("key", ["sgd", "adam"])
def test_tuning_leads_lower_or_sooner_than_the_default(key):
    terrain = TERRAINS["ravine"]
    entrant = tuned(Entrant(key), terrain, terrain.start, most=300)
    assert entrant.values["learning_rate"] in RATES
    plain, best = (Racer(key, values, terrain, terrain.start) for values in ({}, entrant.values))
    for _ in range(300):
        plain.step()
        best.step()
    assert terrain.height(*best.place) <= terrain.height(*plain.place) + 1e-3


def test_tuning_can_be_called_off():
    entrant = Entrant("sgd")
    assert tuned(entrant, TERRAINS["bowl"], START, wanted=lambda: False) is entrant
