"""The race on a network and the slices through its cost."""

import numpy as np
import pytest

from annstudio.core.errors import UserError
from annstudio.labs.landscape.ground import CostGround
from annstudio.labs.landscape.naming import named_weights
from annstudio.labs.landscape.scene import Wish, look
from annstudio.labs.landscape.shown import shown
from annstudio.labs.landscape.slices import Kind, costs_over, principal, random_directions, two_weights
from annstudio.labs.landscape.training import TrainingRace, own_entrant
from annstudio.labs.race import Entrant
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.compile import compile_trainer
from annstudio.project.templates import templates
from annstudio.training.run import Run

ENTRANTS = (Entrant("sgd"), Entrant("adam"), Entrant("rmsprop"))


@pytest.fixture
def project():
    return chain("Exam", "exam", [(3, "tanh"), (2, "tanh")])


@pytest.fixture
def race(project):
    race = TrainingRace(project, ENTRANTS)
    race.advance(12)
    return race


def test_the_own_optimizer_takes_the_run_s_own_steps(project):
    race = TrainingRace(project, [own_entrant(project), *ENTRANTS])
    race.advance(23)
    run = Run(project)
    while run.trainer.steps < 23:
        run.trainer.advance(23 - run.trainer.steps)
    np.testing.assert_array_equal(race.contestants[0].trainer.weights, run.trainer.weights)


def test_all_see_the_same_batches_from_the_same_weights(race):
    orders = [each.trainer.batches.order for each in race.contestants]
    for each, order in zip(race.contestants, orders, strict=True):
        np.testing.assert_array_equal(order, orders[0])
        np.testing.assert_array_equal(each.kept[0], race.start[: len(each.kept[0])])


def test_costs_are_the_engine_s(race):
    for each in race.contestants:
        trainer = each.trainer
        assert each.costs[-1] == (12, trainer.cost(*trainer.samples)[0])


def test_a_long_way_is_thinned_and_keeps_its_start(project):
    race = TrainingRace(project, ENTRANTS[:1])
    race.advance(1000)
    assert [steps for steps, _ in race.contestants[0].costs] == [0, 1000]
    (each,) = race.contestants
    assert 100 < len(each.kept) <= 400
    np.testing.assert_array_equal(each.kept[0], race.start[: len(each.kept[0])])
    np.testing.assert_array_equal(each.way[-1], each.trainer.weights[: len(each.kept[0])])


def test_one_that_explodes_stays_and_the_others_go_on():
    project = chain("Line", "linear", [(4, "identity"), (4, "identity")])
    race = TrainingRace(project, [Entrant("sgd", {"learning_rate": 100.0}), Entrant("adam")])
    race.advance(40)
    first, second = race.contestants
    assert first.failed
    assert first.steps < 40
    assert second.steps == 40
    assert not race.over


def plane_of(race, kind):
    network, center = race.compiled.network, race.contestants[1].trainer.weights.astype(float)
    ways = [each.way for each in race.contestants]
    if kind is Kind.PRINCIPAL:
        return principal(center, ways, network.trainable_count)
    if kind is Kind.RANDOM:
        return random_directions(network, center, 3)
    return two_weights(center, network.trainable_count, (1, 5), ways)


@pytest.mark.parametrize("kind", Kind)
def test_costs_over_a_slice_are_those_of_its_weights(race, kind):
    plane = plane_of(race, kind)
    trainer = race.contestants[0].trainer
    costs = costs_over(race.compiled.network, plane, trainer.samples, 5)
    for row, y in enumerate(np.linspace(-1, 1, 5)):
        for column, x in enumerate(np.linspace(-1, 1, 5)):
            there = compile_trainer(race.project, race.compiled.network, race.prepared, plane.weights(x, y))
            assert costs[row, column] == there.cost(*trainer.samples)[0]


@pytest.mark.parametrize("kind", Kind)
def test_shadows_of_places_in_the_plane_are_those_places(race, kind):
    plane = plane_of(race, kind)
    places = np.random.default_rng(0).uniform(-1, 1, (20, 2))
    weights = np.array([plane.weights(*place) for place in places])[:, : len(plane.across)]
    np.testing.assert_allclose(plane.shadow(weights), places, atol=1e-9)


def test_principal_directions_are_those_of_a_singular_value_decomposition(race):
    plane = plane_of(race, Kind.PRINCIPAL)
    center = race.contestants[1].trainer.weights.astype(float)
    moved = np.concatenate([each.way for each in race.contestants]) - center
    _, sizes, rows = np.linalg.svd(moved)
    assert abs(rows[0] @ plane.across) == pytest.approx(np.linalg.norm(plane.across), rel=1e-6)
    assert abs(rows[1] @ plane.up) == pytest.approx(np.linalg.norm(plane.up), rel=1e-6)
    assert plane.explained == pytest.approx((sizes[:2] ** 2).sum() / (sizes**2).sum())
    # The point it was laid through is in it.
    x, y = plane.shadow(center[np.newaxis])[0]
    np.testing.assert_allclose(plane.weights(x, y), center, atol=1e-9)
    shadows = np.concatenate([plane.shadow(each.way) for each in race.contestants])
    assert np.abs(shadows).max() == pytest.approx(1 / 1.25)


def test_there_is_no_plane_before_the_first_step(project):
    race = TrainingRace(project, ENTRANTS)
    assert plane_of(race, Kind.PRINCIPAL) is None


def test_random_directions_are_as_long_as_each_unit_s_weights(race):
    network = race.compiled.network
    plane = plane_of(race, Kind.RANDOM)
    for direction in (plane.across, plane.up):
        whole = np.concatenate([direction, np.zeros(network.size - len(direction))])
        for views, own in zip(network.views(whole), network.views(plane.center), strict=True):
            for view, weights in zip(views, own, strict=True):
                np.testing.assert_allclose(
                    np.linalg.norm(view[:-1], axis=0), np.linalg.norm(weights[:-1], axis=0), rtol=1e-9
                )
                assert not view[-1].any(), "biases stay"


def test_two_weights_move_alone(race):
    plane = plane_of(race, Kind.WEIGHTS)
    moved = plane.weights(0.5, -0.25) - plane.center
    assert set(np.flatnonzero(moved)) == {1, 5}
    shadows = np.concatenate([plane.shadow(each.way) for each in race.contestants])
    assert np.abs(shadows).max() <= 1 / 1.25 + 1e-9


def test_what_is_shown_is_what_the_optimizers_hold(race):
    plane = plane_of(race, Kind.WEIGHTS)
    samples = race.contestants[0].trainer.samples
    ground = CostGround(race.compiled.network, samples, plane, costs_over(race.compiled.network, plane, samples, 5))
    found = shown(race, ground, (1, 5))
    for racer, contestant in zip(found.racers, race.contestants, strict=True):
        trainer = contestant.trainer
        np.testing.assert_allclose(racer.memory.weights, trainer.weights[[1, 5]])
        for slot, values in racer.memory.slots.items():
            np.testing.assert_allclose(values, trainer.state[slot][[1, 5]])
        x, y = racer.place
        flat = plane.weights(x, y)
        np.testing.assert_allclose(flat[[1, 5]], trainer.weights[[1, 5]], atol=1e-6)
        assert racer.cost == contestant.costs[-1][1]
        assert racer.equations()
    assert found.racers[1].momentum is not None
    assert ground.height(0.5, 0.5) == ground.costs[3, 3]
    np.testing.assert_allclose(ground.at(np.array([0.5]), np.array([0.5])), ground.costs[3, 3])
    middle = ground.at(np.array([0.25]), np.array([0.5]))
    np.testing.assert_allclose(middle, (ground.costs[3, 2] + ground.costs[3, 3]) / 2)


def test_the_step_shown_is_the_last_one(race):
    each = race.contestants[1]
    before = each.trainer.weights[[0, 3]].astype(float)
    each.step()
    np.testing.assert_allclose(each.memory((0, 3)).step, each.trainer.weights[[0, 3]] - before, atol=1e-7)


def test_weights_have_names(race):
    named = named_weights(race.project, race.compiled, np.ones(race.compiled.network.trainable_count))
    assert [weight.place for weight in named] == list(range(race.compiled.network.trainable_count))
    assert {weight.letters for weight in named} >= {"w 1→1", "w 2→3", "b 1"}


def test_of_many_weights_those_that_moved_are_named():
    project = templates["digits"]().build()
    race = TrainingRace(project, ENTRANTS[:1])
    moved = np.zeros(race.compiled.network.trainable_count)
    moved[-5:] = 1
    named = named_weights(project, race.compiled, moved)
    assert len(named) == 300
    assert {weight.place for weight in named} >= set(range(len(moved) - 5, len(moved)))


def test_a_race_that_is_no_longer_wanted_stops_with_everybody_alike(project):
    race = TrainingRace(project, ENTRANTS)
    asked = iter([True] * 5 + [False] * 100)
    race.advance(50, lambda: next(asked))
    assert race.steps == 5
    assert [each.steps for each in race.contestants] == [5, 5, 5]


def test_costs_are_thinned_from_the_first_to_the_latest(project):
    race = TrainingRace(project, ENTRANTS[:1])
    for _ in range(2100):
        race.advance(1)
    (each,) = race.contestants
    assert len(each.costs) <= 2000
    assert each.costs[0][0] == 0
    assert each.costs[-1][0] == 2100
    steps = [steps for steps, _ in each.costs]
    assert steps == sorted(set(steps))


def test_a_network_of_one_weight_is_refused():
    project = chain("Line", "linear", [])
    output = project.design.of_kind("output")[0].id
    one = edits.set_value(project, output, "bias", False)
    with pytest.raises(UserError):
        TrainingRace(one, ENTRANTS[:1])


def test_directions_of_weights_that_are_zero_are_no_plane():
    project = chain("Zeros", "exam", [(3, "tanh")], initializer="zeros")
    race = TrainingRace(project, ENTRANTS[:1])
    network = race.compiled.network
    assert not random_directions(network, np.zeros(network.size), 0).spanned
    assert random_directions(network, np.ones(network.size), 0).spanned
    scene = look(race, Wish(), False, lambda: True)
    assert scene.shown.terrain.plane.spanned


def test_a_network_that_is_too_large_is_refused():
    with pytest.raises(UserError):
        TrainingRace(chain("Large", "digits", [(2000, "relu")]), ENTRANTS)
