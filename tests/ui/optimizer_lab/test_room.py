import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from annstudio.labs.race import Status
from annstudio.ui.optimizer_lab.bar import OWN, SHARED, TUNED
from annstudio.ui.optimizer_lab.room import MOST_RACERS, OptimizerRoom
from annstudio.ui.racing.colors import racer_color


@pytest.fixture
def room(dressed, qtbot):
    made = OptimizerRoom()
    qtbot.addWidget(made)
    made.resize(1366, 640)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.shut_down()


def choose(combo, data):
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())


def race_on(room, qtbot, surface):
    """Choose a surface, and wait until it has been worked out."""
    before = room.race
    choose(room.bar.surfaces, surface)
    qtbot.waitUntil(lambda: room.race is not before)


def test_a_race_runs_and_pauses(room, qtbot):
    qtbot.mouseClick(room.bar.run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: room.race.steps > 5)
    assert room.running
    QTest.keyClick(room.map, Qt.Key.Key_Space)
    assert not room.running
    steps = room.race.steps
    qtbot.wait(60)
    assert room.race.steps == steps


def test_a_race_ends_by_itself_and_begins_anew(room, qtbot):
    race_on(room, qtbot, "bowl")
    choose(room.bar.rates, SHARED)
    room.bar.rate_entered.emit("0.5")
    room.bar.speeds.setCurrentIndex(room.bar.speeds.count() - 1)
    room.bar.run.click()
    qtbot.waitUntil(lambda: not room.running, timeout=20_000)
    assert room.race.over
    room.bar.run.click()
    assert room.running
    assert room.race.steps < 30


def test_steps_go_forward_and_back(room, qtbot):
    QTest.keyClick(room.map, Qt.Key.Key_N)
    QTest.keyClick(room.map, Qt.Key.Key_N)
    assert room.race.steps == 2
    assert room.table.item(0, 2).text() == "2"
    QTest.keyClick(room.map, Qt.Key.Key_B)
    assert room.race.steps == 1
    qtbot.mouseClick(room.bar.reset, Qt.MouseButton.LeftButton)
    assert room.race.steps == 0
    assert not room.bar.back.isEnabled()


def test_a_click_on_the_map_starts_there(room, qtbot):
    spot = room.map.spot(-1.0, 0.5)
    QTest.mouseClick(room.map, Qt.MouseButton.LeftButton, pos=spot.toPoint())
    assert room.race.start == pytest.approx((-1.0, 0.5), abs=0.02)
    assert room.bar.start_figure.value.startswith("−1")
    before = room.race.start
    QTest.keyClick(room.map, Qt.Key.Key_Right)
    assert room.race.start[0] > before[0]


def test_the_map_tells_heights(room):
    spot = room.map.spot(1.0, 1.0)
    assert room.map.place(spot) == pytest.approx((1.0, 1.0))
    assert "f(1.00, 1.00) = " in room.map.reading(spot)
    assert room.map.reading(QPointF(-5, -5)) == ""


def test_the_surface_is_painted_anew_only_when_it_turns(room, qtbot):
    room.relief.grab()
    painted = room.relief.renderings
    for _ in range(5):
        room.bar.step.click()
        room.relief.grab()
    assert room.relief.renderings == painted
    QTest.mousePress(room.relief, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(room.relief, QPoint(140, 110))
    QTest.mouseRelease(room.relief, Qt.MouseButton.LeftButton, pos=QPoint(140, 110))
    room.relief.grab()
    assert room.relief.renderings == painted + 1
    azimuth = room.relief.camera.azimuth
    QTest.keyClick(room.relief, Qt.Key.Key_Left)
    QTest.keyClick(room.relief, Qt.Key.Key_Plus)
    assert room.relief.camera.azimuth != azimuth
    assert room.relief.camera.zoom > 1


def test_a_formula_of_ones_own(room, qtbot):
    choose(room.bar.surfaces, OWN)
    assert room.bar.formula.isVisible()
    qtbot.keyClicks(room.bar.formula, "x^2 + 3*y^2")
    qtbot.keyClick(room.bar.formula, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.race.terrain.height(1, 1) == 4)
    assert room.race.terrain.lowest == ((0, 0),)


@pytest.mark.parametrize("typed", ["9**9**9", "__import__('os')", "log(-1 - x^2)", "q"])
def test_what_is_no_formula_is_said_and_nothing_is_lost(room, qtbot, typed):
    said = []
    room.told.connect(said.append)
    terrain = room.race.terrain
    choose(room.bar.surfaces, OWN)
    qtbot.keyClicks(room.bar.formula, typed)
    qtbot.keyClick(room.bar.formula, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(said))
    assert room.race.terrain is terrain


def test_numbers_can_be_changed_and_refused(room, qtbot):
    room.bar.step.click()
    field = room.panel.fields["learning_rate"]
    field.entered.emit("0.25")
    assert room.race.racers[room._selected].optimizer.params["learning_rate"] == 0.25
    assert room.race.steps == 0
    said = []
    room.told.connect(said.append)
    field.entered.emit("-3")
    assert said
    assert room.race.racers[room._selected].optimizer.params["learning_rate"] == 0.25


def test_one_rate_for_all(room, qtbot):
    choose(room.bar.rates, SHARED)
    assert room.bar.rate.isVisible()
    room.bar.rate_entered.emit("0.02")
    assert {racer.optimizer.params["learning_rate"] for racer in room.race.racers} == {0.02}


def test_each_tuned(room, qtbot, monkeypatch):
    monkeypatch.setattr("annstudio.labs.race.RATES", (0.01, 0.1))
    race_on(room, qtbot, "bowl")
    choose(room.bar.rates, TUNED)
    qtbot.waitUntil(lambda: bool(room._tuned), timeout=20_000)
    assert {racer.optimizer.params["learning_rate"] for racer in room.race.racers} <= {0.01, 0.1}
    room.panel.fields["learning_rate"].entered.emit("0.07")
    assert room.race.racers[room._selected].optimizer.params["learning_rate"] == 0.07


def test_a_race_begun_during_the_search_goes_on_at_the_rates_found(room, qtbot, monkeypatch):
    monkeypatch.setattr("annstudio.labs.race.RATES", (0.01, 0.1))
    race_on(room, qtbot, "bowl")
    choose(room.bar.rates, TUNED)
    qtbot.mouseClick(room.bar.run, Qt.MouseButton.LeftButton)
    assert not room.is_tuned
    qtbot.waitUntil(lambda: room.is_tuned, timeout=20_000)
    assert room.running
    assert {racer.optimizer.params["learning_rate"] for racer in room.race.racers} <= {0.01, 0.1}


def test_optimizers_come_and_go(room, qtbot):
    for _ in range(MOST_RACERS):
        room.panel.added.emit("rmsprop")
    assert len(room.race.racers) == MOST_RACERS
    assert room.table.rowCount() == MOST_RACERS
    for _ in range(MOST_RACERS):
        room.panel.remove.click()
    assert len(room.race.racers) == 1
    assert not room.panel.remove.isEnabled()


def test_the_selected_racer_is_explained(room, qtbot):
    room.bar.step.click()
    room.table.setCurrentCell(1, 0)
    assert room.panel.headline.text() == "Momentum"
    assert set(room.panel.fields) == {"learning_rate", "momentum", "weight_decay"}
    assert room.panel.formulas.plain.startswith("g = (")


def test_noise_disturbs(room, qtbot):
    room.bar.step.click()
    calm = room.race.racers[0].place
    room.bar.noise.setValue(3)
    room.bar.step.click()
    assert room.race.racers[0].place != calm


def test_nobody_runs_while_nobody_looks(room, qtbot):
    room.bar.run.click()
    room.hide()
    assert not room.running


def test_lost_racers_are_said_to_be_so(room, qtbot):
    race_on(room, qtbot, "rosenbrock")
    room.panel.fields["learning_rate"].entered.emit("90")
    for _ in range(3):
        room.bar.step.click()
    assert room.race.racers[room._selected].status is Status.LOST
    assert room.table.item(room._selected, 4).text() == "left the map"


def test_of_surfaces_chosen_in_a_hurry_the_last_one_counts(room, qtbot):
    choose(room.bar.surfaces, "beale")
    choose(room.bar.surfaces, "saddle")
    qtbot.waitUntil(lambda: room.race.terrain.height(0, 1) == 1)
    qtbot.wait(100)
    assert room.race.terrain.height(0, 1) == 1


@pytest.mark.parametrize("selected", [0, 3])
def test_a_row_shows_the_color_of_its_trail_also_when_selected(room, selected):
    room.table.setCurrentCell(selected, 0)
    for row in range(room.table.rowCount()):
        # As it is painted: the look may tint the icon of a selected row.
        area = room.table.visualItemRect(room.table.item(row, 0))
        shown = room.table.viewport().grab(area).toImage().convertToFormat(QImage.Format.Format_RGB32)
        pixels = {shown.pixelColor(x, y).name() for x in range(shown.width() // 4) for y in range(shown.height())}
        assert racer_color(row).name() in pixels
