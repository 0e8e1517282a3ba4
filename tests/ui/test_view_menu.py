"""What is saved of a view is what it shows."""

import csv
import io
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from annstudio.ui.background import Background
from annstudio.ui.view_menu import ViewMenu
from annstudio.ui.views.exporting import Table, write_csv
from annstudio.ui.views.gradient_view import GradientView
from annstudio.ui.views.loss_view import LossView
from annstudio.ui.views.prediction_view import PredictionView
from annstudio.ui.views.side_by_side import SideBySide
from annstudio.ui.views.weights_view import WeightsView
from tests.ui.views.runs import ROWS, exam, snapshot, steep
from tests.ui.views.test_layer_views import seen


@pytest.fixture
def menu(dressed, qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    made = ViewMenu(window, lambda: tmp_path / "exam")
    made.sentences = []
    made.told.connect(made.sentences.append)
    made.done = lambda: qtbot.waitUntil(lambda: not made.findChildren(Background))
    yield made
    made.done()


@pytest.fixture
def show(qtbot):
    def show(view, **changes):
        qtbot.addWidget(view)
        view.resize(320, 200)
        view.show()
        view.show_project(exam())
        view.show_snapshot(snapshot(exam(), steep, **changes))
        return view

    return show


def answer(monkeypatch, path):
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: path is not None)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(path)])


def rows_of(path):
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))


def test_a_picture_is_saved_twice_as_large(menu, show, monkeypatch, tmp_path):
    answer(monkeypatch, tmp_path / "cost.png")
    menu.save_picture(show(LossView()))
    menu.done()
    image = QImage(str(tmp_path / "cost.png"))
    assert (image.width(), image.height()) == (640, 400)
    assert len({image.pixel(x, y) for x in range(0, 640, 5) for y in range(0, 400, 5)}) > 3
    assert "cost.png" in menu.sentences[0]


def test_in_svg_text_is_text(menu, show, monkeypatch, tmp_path):
    answer(monkeypatch, tmp_path / "cost.svg")
    menu.save_picture(show(LossView()))
    menu.done()
    texts = [node.text for node in ET.parse(tmp_path / "cost.svg").iter("{http://www.w3.org/2000/svg}text")]
    assert any(text and "epoch" in text for text in texts)


def test_curves_are_saved_as_they_are(menu, show, monkeypatch, tmp_path):
    answer(monkeypatch, tmp_path / "cost.csv")
    menu.save_numbers(show(LossView()))
    menu.done()
    names, *rows = rows_of(tmp_path / "cost.csv")
    assert names == ["epoch", "train_cost", "validation_cost", "train_metric", "validation_metric", "penalty"]
    assert [[float(cell) for cell in row[:-1]] for row in rows] == [list(map(float, row)) for row in ROWS]


def test_every_weight_is_saved(menu, show, monkeypatch, tmp_path):
    answer(monkeypatch, tmp_path / "weights.csv")
    view = show(WeightsView())
    menu.save_numbers(view)
    menu.done()
    _, *rows = rows_of(tmp_path / "weights.csv")
    assert len(rows) == 2 * 4 + 4 + 4 + 1
    first = view.snapshot.weights["dense-1"]
    assert rows[5] == ["dense-1", "kernel", "2", "2", str(float(first.kernel[1, 1]))]
    assert rows[8] == ["dense-1", "bias", "", "1", str(float(first.bias[0]))]


def test_answers_are_saved_over_the_plane(show):
    table = show(PredictionView()).numbers()
    rows = np.array(list(table.rows))
    assert list(table.names)[2:] == ["answer_1"]
    extent = snapshot(exam(), steep).extent
    assert (rows[0, 0], rows[0, 1]) == (extent[0][0], extent[1][0])
    assert (rows[-1, 0], rows[-1, 1]) == (extent[0][1], extent[1][1])


def test_what_was_seen_inside_is_saved(show):
    table = show(GradientView(), vitals=(seen(0), seen(4)), at=4.0).numbers()
    rows = list(table.rows)
    assert len(rows) == 4
    row = dict(zip(table.names, rows[0], strict=True))
    assert (row["layer"], row["gradients_rms"]) == ("dense-1", 1e-7)


def test_whether_there_are_weights_is_known_without_counting_them(menu, show):
    """There may be millions of them, and this is asked when the menu opens."""
    view = show(WeightsView())
    table = view.numbers()
    assert iter(table.rows) is table.rows
    assert not WeightsView.numbers(show(WeightsView(), weights={}))


def test_a_number_that_is_none_is_an_empty_cell():
    stream = io.BytesIO()
    write_csv(Table(["a", "b"], [[1.5, float("nan")]]), stream)
    assert stream.getvalue() == b"a,b\n1.5,\n"


def test_the_picture_is_copied(menu, show):
    menu.copy_picture(show(LossView()))
    assert QGuiApplication.clipboard().image().width() == 640


def test_the_menu_offers_numbers_where_there_are_some(menu, show):
    def entries(view):
        return {action.text(): action.isEnabled() for action in menu.menu_for([view]).actions()}

    assert entries(show(LossView()))["Save &numbers…"]
    assert not entries(show(SideBySide()))["Save &numbers…"]
    both = menu.menu_for([show(LossView()), show(WeightsView())])
    assert [action.text() for action in both.actions()] == ["Cost", "Weights"]


def test_a_place_that_cannot_be_written_is_told(menu, show, monkeypatch, tmp_path):
    told = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *arguments: told.append(arguments[-1]))
    answer(monkeypatch, tmp_path / "missing" / "cost.png")
    menu.save_picture(show(LossView()))
    menu.done()
    assert told
    assert menu.sentences == []


def test_without_an_answer_nothing_is_written(menu, show, monkeypatch, tmp_path):
    answer(monkeypatch, None)
    menu.save_picture(show(LossView()))
    menu.done()
    assert list(tmp_path.iterdir()) == []
