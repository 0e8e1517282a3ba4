"""The loss lab as a student meets it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annstudio.labs.losses.curves import Over, losses_over
from annstudio.ui.loss_lab.room import LossRoom


@pytest.fixture
def room(dressed, qtbot):
    made = LossRoom()
    qtbot.addWidget(made)
    made.resize(1366, 620)
    made.show()
    qtbot.waitExposed(made)
    return made


def go_to(room, number, qtbot):
    qtbot.mouseClick(room.buttons[number], Qt.MouseButton.LeftButton)


def numbers_of(table):
    return [[table.item(row, column).text() for column in range(1, 4)] for row in range(table.rowCount())]


def test_pages_are_one_click_apart(room, qtbot):
    pages = (room.curves, room.outliers, room.convex, room.growing)
    for number, page in enumerate(pages):
        go_to(room, number, qtbot)
        assert [each.isVisible() for each in pages] == [each is page for each in pages]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_loss_can_be_laid_over_the_others(room, number):
    page = room.curves
    page.overs.setCurrentIndex(number)
    page.overs.activated.emit(number)
    assert set(page.boxes) == set(losses_over(page.over))
    for box in page.boxes.values():
        box.setChecked(True)
    assert len(page.picture._curves) == len(page.boxes)
    assert not page.picture.grab().isNull()
    assert page.formula.plain


def test_one_curve_stays(room):
    for box in room.curves.boxes.values():
        box.setChecked(False)
    assert sum(box.isChecked() for box in room.curves.boxes.values()) == 1


def test_curves_are_read_by_the_keys(room):
    crosshair = room.curves.picture.crosshair
    for _ in range(20):
        QTest.keyClick(crosshair, Qt.Key.Key_Right)
    said = {line.text for line in crosshair.reading.lines}
    assert "ŷ − y = 1.00" in said
    assert any("MSE" in line and "1.00, slope 2.00" in line for line in said)


def test_delta_bends_huber(room):
    page = room.curves
    page._explain("huber")
    before = next(each for _, _, each in page.picture._curves if each.judge.info.key == "huber").values[0].copy()
    page._form.itemAt(0, page._form.ItemRole.FieldRole).widget().entered.emit("0.25")
    after = next(each for _, _, each in page.picture._curves if each.judge.info.key == "huber").values[0]
    assert (after <= before + 1e-12).all()
    assert (after < before).any()
    page._form.itemAt(0, page._form.ItemRole.FieldRole).widget().entered.emit("none")
    assert page._told.text()


def test_the_answer_turns_the_log_loss_round(room):
    page = room.curves
    page.overs.setCurrentIndex(1)
    page.overs.activated.emit(1)
    first = page.picture._curves[0][2].values[0]
    page.targets.setCurrentIndex(1)
    page.targets.activated.emit(1)
    np.testing.assert_allclose(page.picture._curves[0][2].values[0], first[::-1])
    assert page.over is Over.PROBABILITY


def test_an_outlier_is_dragged_and_the_lines_follow(room, qtbot):
    go_to(room, 1, qtbot)
    page, picture = room.outliers, room.outliers.picture
    before = dict(picture.lines)
    frame = picture.frame()
    start = frame.point(picture.xs[-1], picture.ys[-1]).toPoint()
    QTest.mousePress(picture, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(picture, start + QPoint(0, 60))
    QTest.mouseMove(picture, start + QPoint(0, 200))
    QTest.mouseRelease(picture, Qt.MouseButton.LeftButton, pos=start + QPoint(0, 200))
    moved = {key: abs(picture.lines[key].w - before[key].w) for key in before}
    assert moved["mse"] > 2 * moved["huber"]
    assert float(numbers_of(page.table)[0][0].replace("−", "-")) == pytest.approx(picture.lines["mse"].w, abs=0.01)


def test_a_point_is_moved_by_the_arrow_keys_and_points_come_back(room, qtbot):
    go_to(room, 1, qtbot)
    picture = room.outliers.picture
    y = picture.ys[-1]
    QTest.keyClick(picture, Qt.Key.Key_Up)
    assert picture.ys[-1] == pytest.approx(y + 0.1)
    room.outliers._on_back()
    assert picture.ys[-1] == y


def test_two_points_never_stand_above_each_other(room):
    picture = room.outliers.picture
    picture.move_selected(float(picture.xs[3]), 4.0)
    assert np.diff(np.sort(picture.xs)).min() > 0.01
    assert all(np.isfinite([line.w, line.b]).all() for line in picture.lines.values())


def test_log_loss_is_called_convex_and_mse_is_not(room, qtbot):
    go_to(room, 2, qtbot)
    assert room.convex.said[0].text().startswith("Convex")
    assert room.convex.said[1].text().startswith("Not convex")


def test_both_go_down_from_where_one_map_is_clicked(room, qtbot):
    go_to(room, 2, qtbot)
    page = room.convex
    qtbot.mouseClick(page.maps[0], Qt.MouseButton.LeftButton, pos=page.maps[0].spot(4.0, 3.0).toPoint())
    assert page.walks[0].start == page.walks[1].start
    before = [walk.terrain.height(*walk.place) for walk in page.walks]
    qtbot.mouseClick(page.run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.walks[0].steps > 60, timeout=10_000)
    qtbot.mouseClick(page.run, Qt.MouseButton.LeftButton)
    for walk, height in zip(page.walks, before, strict=True):
        assert walk.terrain.height(*walk.place) < height


def test_the_sum_diverges_where_the_batch_is_large(room, qtbot):
    go_to(room, 3, qtbot)
    page = room.growing
    page.batch.setValue(4)
    assert "both converge" in page.said.text()
    page.batch.setValue(256)
    assert "the sum diverges" in page.said.text()
    page.rate.entered.emit("5")
    assert "both diverge" in page.said.text()
    page.rate.entered.emit("fast")
    assert page._told.text()


def test_the_batch_at_which_the_sum_turns_is_told(room, qtbot):
    go_to(room, 3, qtbot)
    page = room.growing
    largest = page.growth.largest_batch(0.02)
    assert f"up to {largest} samples" in page.said.text()
    page.batch.setValue(largest)
    assert "both converge" in page.said.text()
    page.batch.setFocus()
    QTest.keyClick(page.batch, Qt.Key.Key_Right)
    assert "the sum diverges" in page.said.text()
    page.rate.entered.emit("5")
    assert "with a single sample already" in page.said.text()
    page.rate.entered.emit("1e-6")
    assert "with all 512" in page.said.text()


def test_the_marked_batch_moves_in_the_picture_of_gradients(room, qtbot):
    go_to(room, 3, qtbot)
    page = room.growing
    before = page.gradients.grab().toImage()
    page.batch.setValue(300)
    assert page.gradients.grab().toImage() != before


def test_the_loss_of_the_selected_point_stands_beside_the_cost(room, qtbot):
    go_to(room, 1, qtbot)
    page, picture = room.outliers, room.outliers.picture
    picture.move_selected(2.6, -4.0)
    row = [page.table.item(0, column).text() for column in range(1, 5)]
    line = picture.lines["mse"]
    expected = (line.at(picture.xs) - picture.ys) ** 2
    assert float(row[3].replace("−", "-")) == pytest.approx(expected[-1], rel=0.01)
    assert float(row[2]) == pytest.approx(expected.mean(), rel=0.01)
    QTest.keyClick(picture, Qt.Key.Key_PageUp)
    assert float(page.table.item(0, 4).text()) == pytest.approx(expected[-2], rel=0.01)
    qtbot.mouseClick(
        picture, Qt.MouseButton.LeftButton, pos=picture.frame().point(picture.xs[2], picture.ys[2]).toPoint()
    )
    assert float(page.table.item(0, 4).text()) == pytest.approx(expected[2], rel=0.01)
