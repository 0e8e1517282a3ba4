"""The loss landscape as a student meets it."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annstudio.labs.landscape.slices import Kind
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.ui.landscape_lab.room import LandscapeRoom


@pytest.fixture
def project():
    return chain("Exam", "exam", [(3, "tanh")])


@pytest.fixture
def room(dressed, qtbot):
    made = LandscapeRoom()
    qtbot.addWidget(made)
    made.resize(1366, 620)
    yield made
    made.shut_down()


@pytest.fixture
def racing(room, rested, project, qtbot):
    room.show_snapshot(rested(project))
    room.show()
    settled(room, qtbot)
    return room


def settled(room, qtbot):
    qtbot.waitUntil(lambda: not room._busy and room.scene is not None, timeout=20_000)


def test_without_a_network_it_says_what_it_waits_for(room):
    room.show()
    assert "network can run" in room._empty.text()
    assert room._pages.currentIndex() == 0


def test_the_own_optimizer_and_three_rivals_stand_at_the_start(racing, project):
    keys = [racer.key for racer in racing.scene.shown.racers]
    assert keys[0] == project.training["optimizer"]
    assert len(set(keys)) == len(keys) == 4
    assert racing.scene.shown.terrain.plane.kind is Kind.RANDOM, "there is no way yet"
    assert "random directions" in racing.about.text()
    assert all(racer.steps == 0 for racer in racing.scene.shown.racers)


def test_a_step_is_one_batch_for_everybody(racing, qtbot):
    costs = [racer.cost for racer in racing.scene.shown.racers]
    QTest.keyClick(racing.map, Qt.Key.Key_N)
    settled(racing, qtbot)
    assert [racer.steps for racer in racing.scene.shown.racers] == [1, 1, 1, 1]
    assert [racer.cost for racer in racing.scene.shown.racers] != costs
    assert racing.bar.step_figure.value == "1"


def test_the_race_goes_on_until_it_is_paused_and_is_then_seen_along_its_way(racing, qtbot):
    qtbot.mouseClick(racing.bar.run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: racing.scene.shown.steps >= 20, timeout=20_000)
    assert racing.bar.run.text() == "Pause"
    qtbot.mouseClick(racing.bar.run, Qt.MouseButton.LeftButton)
    settled(racing, qtbot)
    scene = racing.scene
    assert scene.shown.terrain.plane.kind is Kind.PRINCIPAL
    assert scene.steps == scene.shown.steps
    assert "%" in racing.about.text()
    steps = scene.shown.steps
    qtbot.wait(60)
    assert racing.scene.shown.steps == steps


def test_a_race_pauses_while_nobody_looks_and_ends_with_the_window(racing, qtbot):
    qtbot.mouseClick(racing.bar.run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: racing.scene.shown.steps >= 5, timeout=20_000)
    racing.hide()
    assert not racing.running
    qtbot.waitUntil(lambda: not racing._busy, timeout=20_000)
    racing.show()
    qtbot.mouseClick(racing.bar.run, Qt.MouseButton.LeftButton)
    racing.shut_down()
    racing.hide()
    assert not racing.running


def test_a_click_on_the_map_is_the_start_of_all(racing, qtbot):
    racing.bar.speeds.setCurrentIndex(2)
    qtbot.mouseClick(racing.bar.run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: racing.scene.epoch > 0, timeout=20_000)
    qtbot.mouseClick(racing.bar.run, Qt.MouseButton.LeftButton)
    settled(racing, qtbot)
    spot = racing.map.spot(0.5, -0.25).toPoint()
    expected = racing.scene.shown.terrain.plane.weights(*racing.map.place(spot.toPointF()))
    terrain = racing.scene.shown.terrain
    qtbot.mouseClick(racing.map, Qt.MouseButton.LeftButton, pos=spot)
    settled(racing, qtbot)
    np.testing.assert_allclose(racing.scene.race.start, expected, rtol=1e-5, atol=1e-6)
    assert racing.scene.shown.terrain is terrain, "the slice stays under the click"
    assert racing.bar.epoch_figure.value == "0"
    x, y = racing.scene.shown.start
    assert (x, y) == pytest.approx(racing.map.place(spot.toPointF()), abs=1e-6)


def test_two_weights_can_be_chosen(racing, qtbot):
    racing.bar.slices.setCurrentIndex(2)
    racing.bar.slices.activated.emit(2)
    settled(racing, qtbot)
    first, second = racing.bar.weights
    second.setCurrentIndex((second.currentIndex() + 1) % second.count())
    second.activated.emit(second.currentIndex())
    settled(racing, qtbot)
    assert first.currentData() != second.currentData()
    assert racing.scene.followed == (first.currentData(), second.currentData())
    plane = racing.scene.shown.terrain.plane
    assert np.flatnonzero(plane.across).tolist() == [first.currentData()]
    assert np.flatnonzero(plane.up).tolist() == [second.currentData()]


def test_one_weight_twice_is_refused(racing, qtbot):
    first, second = racing.bar.weights
    before = racing.scene.followed
    said = []
    racing.told.connect(said.append)
    second.setCurrentIndex(second.findData(first.currentData()))
    second.activated.emit(second.currentIndex())
    assert "two different weights" in said[0]
    assert racing.bar.followed() == before


def test_other_random_directions(racing, qtbot):
    racing.bar.slices.setCurrentIndex(1)
    racing.bar.slices.activated.emit(1)
    settled(racing, qtbot)
    before = racing.scene.shown.terrain.plane
    qtbot.mouseClick(racing.bar.dice, Qt.MouseButton.LeftButton)
    settled(racing, qtbot)
    assert not np.allclose(racing.scene.shown.terrain.plane.across, before.across)


def test_numbers_of_a_racer_can_be_changed(racing, qtbot):
    racing.panel.value_entered.emit("learning_rate", 0.5)
    settled(racing, qtbot)
    assert racing.scene.shown.racers[0].optimizer.params["learning_rate"] == 0.5


def test_racers_come_and_go(racing, qtbot):
    racing.panel.added.emit("adagrad")
    settled(racing, qtbot)
    assert racing.scene.shown.racers[-1].key == "adagrad"
    racing.panel.removed.emit()
    settled(racing, qtbot)
    assert len(racing.scene.shown.racers) == 4


def test_moving_a_card_changes_nothing_and_another_network_begins_anew(racing, rested, project, qtbot):
    scene = racing.scene
    node = project.design.nodes[1].id
    racing.show_snapshot(rested(edits.move(project, {node: (900.0, 80.0)})))
    assert not racing._busy
    assert racing.scene is scene
    racing.show_snapshot(rested(chain("Iris", "iris", [(4, "tanh")])))
    settled(racing, qtbot)
    assert racing.scene is not scene
    assert racing.scene.race.compiled.network.inputs == 4


def test_what_is_read_at_the_pointer_is_the_cost_there(racing):
    spot = racing.map.spot(0.3, 0.3)
    said = racing.map.reading(spot)
    terrain = racing.scene.shown.terrain
    x, y = racing.map.place(spot)
    assert said.startswith("J(")
    assert float(said.rpartition("= ")[2]) == pytest.approx(terrain.height(x, y), rel=0.01)


def test_too_large_a_network_is_told_and_not_tried_again(room, rested, qtbot):
    snapshot = rested(chain("Large", "digits", [(2000, "relu")]))
    room.show_snapshot(snapshot)
    room.show()
    qtbot.waitUntil(lambda: "too long" in room._empty.text(), timeout=20_000)
    request = room._request
    room.show_snapshot(snapshot)
    assert room._request == request


def test_another_network_that_is_too_large_takes_the_place_of_what_was_seen(racing, rested, qtbot):
    racing.show_snapshot(rested(chain("Large", "digits", [(2000, "relu")])))
    qtbot.waitUntil(lambda: "too long" in racing._empty.text(), timeout=20_000)
    assert racing._pages.currentIndex() == 0


def test_weights_that_are_all_zero_have_a_slice(room, rested, qtbot):
    room.show_snapshot(rested(chain("Zeros", "exam", [(3, "tanh")], initializer="zeros")))
    room.show()
    settled(room, qtbot)
    assert room.scene.shown.terrain.plane.kind in (Kind.RANDOM, Kind.WEIGHTS)
    assert "slice" in room.about.text()
