from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annstudio.labs.glass_box.bench import Batch
from annstudio.labs.glass_box.guess import Kind
from annstudio.labs.glass_box.marks import Parameter, Value
from annstudio.labs.glass_box.page import Level
from annstudio.project.build import chain, put_before
from annstudio.training.session import Session
from annstudio.training.snapshot import RunState


def settled(room, qtbot):
    qtbot.waitUntil(lambda: not room._busy)


def press(room, qtbot, keys, widget=None):
    for key in keys:
        QTest.keyClick(widget or room.picture, key)
        settled(room, qtbot)


def test_letters_and_arrows_walk(walking, qtbot):
    press(walking, qtbot, "N")
    assert walking.walk.path == (0, 0, 0)
    press(walking, qtbot, [Qt.Key.Key_Right])
    assert walking.walk.path == (0, 0, 1)
    press(walking, qtbot, "I")
    assert walking.walk.path == (0, 0, 1, 0)
    press(walking, qtbot, [Qt.Key.Key_Up])
    assert walking.walk.path == (0, 0, 1)
    press(walking, qtbot, "BBB")
    assert walking.walk.path == (0, 0, 0)


def test_a_step_over_goes_as_far_as_chosen(walking, qtbot):
    bar = walking.bar
    bar.levels.setCurrentIndex(bar.levels.findData(Level.UPDATE))
    qtbot.mouseClick(bar.over, Qt.MouseButton.LeftButton)
    settled(walking, qtbot)
    assert walking.walk.bench.steps == 1
    qtbot.mouseClick(bar.back, Qt.MouseButton.LeftButton)
    settled(walking, qtbot)
    assert walking.walk.bench.steps == 0


def test_figures_tell_what_is_known(walking, qtbot):
    bar = walking.bar
    press(walking, qtbot, "N")
    assert bar.pass_figure.value == "forward"
    assert bar.step_figure.value == "1 / 12"
    assert bar.loss_figure.value == "–"
    while walking.walk.path[0] < 2:
        press(walking, qtbot, "N")
    assert bar.loss_figure.value != "–"
    assert bar.cost_figure.value != "–"


def test_the_chain_shows_in_the_pass_backward_and_is_checked(walking, qtbot):
    assert not walking.chain.isVisible()
    while not walking.walk.path or walking.walk.path[0] < 2:
        press(walking, qtbot, "N")
    qtbot.waitUntil(lambda: "✓" in walking.chain.checked.text())
    assert walking.chain.isVisible()


def test_clicking_a_weight_shows_its_chain(walking, qtbot):
    while not walking.walk.path or walking.walk.path[0] < 2:
        press(walking, qtbot, "N")
    mark = Parameter(0, "kernel", (1, 1))
    spot = walking.picture.spot_of(mark)
    QTest.mouseClick(walking.picture, Qt.MouseButton.LeftButton, pos=spot.toPoint())
    assert walking._picked == (0, "kernel", (1, 1))
    assert "w₂₂" in walking.chain.factors.accessibleName()


def test_clicking_a_unit_goes_to_it(walking, qtbot):
    press(walking, qtbot, "N")
    spot = walking.picture.spot_of(Value(1, 0))
    QTest.mouseClick(walking.picture, Qt.MouseButton.LeftButton, pos=spot.toPoint())
    assert walking.walk.path == (0, 1, 0)


def test_what_is_pointed_at_lights_up_everywhere(walking, qtbot):
    press(walking, qtbot, "N")
    mark = Parameter(0, "kernel", (0, 0))
    view = walking.page.formulas
    QTest.mouseMove(view, view.area_of(mark).center().toPoint())
    assert walking.picture._seen.pointed == mark
    spot = walking.picture.spot_of(Value(-1, 1)).toPoint()
    QTest.mouseMove(walking.picture, spot)
    assert view._lit == Value(-1, 1)


def test_the_trail_leads_back_up(walking, qtbot):
    press(walking, qtbot, "NI")
    walking.page.trail_chosen.emit(1)
    assert walking.walk.path == (0,)


@pytest.mark.parametrize(("batch", "count"), [(Batch.ONE, 1), (Batch.ALL, 4), (Batch.NEXT, 2)])
def test_other_samples_can_be_taken(walking, qtbot, batch, count):
    bar = walking.bar
    bar.batches.setCurrentIndex(bar.batches.findData(Batch.ONE if batch is Batch.NEXT else Batch.NEXT))
    settled(walking, qtbot)
    bar.batches.setCurrentIndex(bar.batches.findData(batch))
    settled(walking, qtbot)
    assert walking.walk.moment.batch == count
    assert walking.walk.bench.batch is batch


def test_another_sample_alone_keeps_the_place(walking, qtbot):
    bar = walking.bar
    bar.batches.setCurrentIndex(bar.batches.findData(Batch.ONE))
    settled(walking, qtbot)
    press(walking, qtbot, "NN")
    first = walking.walk.moment.samples[0]
    (bar.next if first == 0 else bar.previous).click()
    settled(walking, qtbot)
    assert walking.walk.path == (0, 0, 1)
    assert walking.walk.moment.samples[0] != first
    assert str(walking.walk.moment.samples[0] + 1) in bar.sample.text()


def test_digits(walking, qtbot):
    bar = walking.bar
    bar.next.click()
    settled(walking, qtbot)
    press(walking, qtbot, "N")
    few = walking.page.formulas._placed[-1].setting.runs[-1].text
    bar.digits.setCurrentIndex(bar.digits.count() - 1)
    many = walking.page.formulas._placed[-1].setting.runs[-1].text
    assert len(many) > len(few) + 5
    assert float(many.replace("−", "-")) == walking.walk.moment.value(0, 0)


def test_what_cannot_be_taken_alone_is_said_and_nothing_is_lost(room, snapshot_of, qtbot):
    project = put_before(chain("p", "exam", [(2, "tanh")]), "output", ("batch_norm", {}))
    room.show_snapshot(snapshot_of(project))
    room.show()
    qtbot.waitUntil(lambda: room.walk is not None)
    said = []
    room.told.connect(said.append)
    room.bar.batches.setCurrentIndex(room.bar.batches.findData(Batch.ONE))
    qtbot.waitUntil(lambda: bool(said))
    assert room.walk.bench.batch is Batch.NEXT
    assert room.bar.batch is Batch.NEXT


def test_a_network_too_large_is_refused_in_a_sentence(room, snapshot_of, qtbot):
    project = chain("p", "digits", [(4096, "relu"), (200, "relu")])
    room.show_snapshot(snapshot_of_large(project, qtbot))
    room.show()
    assert "500,000" in room._empty.text()
    assert room._empty.isVisible()
    assert not room.bar.over.isEnabled()


def snapshot_of_large(project, qtbot):
    session = Session(project)
    box = session.mailbox
    qtbot.waitUntil(lambda: box.last is not None and box.last.state is RunState.READY, timeout=30_000)
    assert session.close()
    return session.mailbox.last


def test_without_a_network_it_says_what_it_waits_for(room, qtbot):
    room.show()
    assert "network can run" in room._empty.text()


def test_a_run_that_goes_on_is_paused(room, snapshot_of, xor, pauses, qtbot):
    room.show_snapshot(replace(snapshot_of(xor), state=RunState.RUNNING, checkpoint=None))
    room.show()
    qtbot.waitExposed(room)
    assert pauses


def test_the_same_moment_does_not_begin_anew(walking, qtbot):
    press(walking, qtbot, "NN")
    walking.show_snapshot(walking.snapshot)
    settled(walking, qtbot)
    assert walking.walk.path == (0, 0, 1)


def test_another_moment_of_the_run_begins_anew(walking, snapshot_of, xor, qtbot):
    press(walking, qtbot, "NN")
    walking.show_snapshot(snapshot_of(xor, 1))
    qtbot.waitUntil(lambda: walking.walk.path == ())
    settled(walking, qtbot)


def test_predict_first_hides_and_marks(walking, qtbot):
    page = walking.page
    page.predict.setChecked(True)
    press(walking, qtbot, "N")
    assert page.asked == Value(0, 0)
    assert "?" in page.formulas.plain
    card = page.question
    qtbot.keyClicks(card.number, f"{walking.walk.moment.value(0, 0):.4f}")
    qtbot.keyClick(card.number, Qt.Key.Key_Return)
    assert card.verdict.text().startswith("Right")
    assert page.asked is None
    assert "?" not in page.formulas.plain
    press(walking, qtbot, "N")
    qtbot.keyClicks(card.number, "77")
    qtbot.mouseClick(card.check, Qt.MouseButton.LeftButton)
    assert card.verdict.text().startswith("Not quite")
    assert card.score.text() == "1 of 2 right"


def test_signs_and_formulas_can_be_predicted(walking, qtbot):
    page, card = walking.page, walking.page.question
    page.predict.setChecked(True)
    press(walking, qtbot, "N")
    qtbot.mouseClick(card.kinds[Kind.SIGN], Qt.MouseButton.LeftButton)
    answer = walking.walk.moment.value(0, 0)
    qtbot.mouseClick(card.signs[0 if answer > 0 else 2 if answer < 0 else 1], Qt.MouseButton.LeftButton)
    assert card.verdict.text().startswith("Right")
    press(walking, qtbot, "N")
    qtbot.mouseClick(card.kinds[Kind.FORMULA], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(card.formulas[card._question.right][0], Qt.MouseButton.LeftButton)
    assert card.score.text() == "2 of 2 right"


def test_what_is_no_number_is_refused_and_asked_again(walking, qtbot):
    card = walking.page.question
    walking.page.predict.setChecked(True)
    press(walking, qtbot, "N")
    qtbot.keyClicks(card.number, "many")
    qtbot.keyClick(card.number, Qt.Key.Key_Return)
    assert "no number" in card.verdict.text()
    assert not card.answered


def test_skipping_shows_the_number_without_a_mark(walking, qtbot):
    card = walking.page.question
    walking.page.predict.setChecked(True)
    press(walking, qtbot, "N")
    qtbot.mouseClick(card.skip, Qt.MouseButton.LeftButton)
    assert walking.page.asked is None
    assert card.score.text() == ""


def test_a_layer_can_be_looked_into_before_and_after_there_is_a_walk(room, snapshot_of, xor, qtbot):
    room.show_snapshot(snapshot_of(xor))
    room.look_at_layer("output")
    room.show()
    qtbot.waitUntil(lambda: room.walk is not None and room.walk.path == (0, 1))
    room.look_at_layer("dense-1")
    assert room.walk.path == (0, 0)
    room.look_at_layer("input")
    assert room.walk.path == (0, 0)


def test_the_difference_of_a_weight_that_is_looked_at_no_longer_is_passed_over(walking, qtbot):
    while not walking.walk.path or walking.walk.path[0] < 2:
        press(walking, qtbot, "N")
    shown = []
    walking.chain.show_difference = shown.append
    for index in ((0, 0), (1, 1)):
        walking._picked = 0, "kernel", index
        walking._show_chain()
    last = walking.walk.bench.difference(walking.walk.moment, 0, "kernel", (1, 1))
    qtbot.waitUntil(lambda: any(found is not None for found in shown))
    qtbot.wait(60)
    assert [found for found in shown if found is not None] == [last]
