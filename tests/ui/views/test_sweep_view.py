import pytest
from PySide6.QtCore import Qt

from annstudio.core.errors import UserError
from annstudio.core.texts import Text
from annstudio.project import edits
from annstudio.training.sweep.plan import COMMON
from annstudio.ui.views.sweep_view import SweepView
from tests.ui.views.runs import exam


@pytest.fixture
def view(shown):
    made = shown(SweepView(), 900, 240)
    made.show_project(exam())
    made.seeds.setValue(2)
    made.epochs.setValue(3)
    yield made
    made.job.close()


def pick(combo, key):
    combo.setCurrentIndex(combo.findData(key))


def press(view, qtbot):
    qtbot.mouseClick(view.start, Qt.MouseButton.LeftButton)


def wait(view, qtbot):
    qtbot.waitUntil(lambda: not view.job.running, timeout=60_000)


def test_one_click_compares_the_usual_values(view, qtbot):
    pick(view.first, "activation")
    assert view.first_values.text() == ", ".join(COMMON["activation"])
    view.first_values.setText("tanh, relu")
    press(view, qtbot)
    assert view.start.text() == "Cancel"
    assert view.progress.isVisible()
    assert view.progress.maximum() == 4
    wait(view, qtbot)
    assert view.start.text() == "Compare"
    assert not view.progress.isVisible()
    assert view.table.rowCount() == 2
    assert {view.table.item(row, 0).text() for row in range(2)} == {"tanh", "relu"}
    assert view.told.text()
    assert len(view.bands._bands) == 2
    assert not view.grab().isNull()
    table = view.numbers()
    assert list(table.names) == ["activation", "mean_cost", "metric", "cost_1", "cost_2"]


def test_two_settings_make_a_map(view, qtbot):
    pick(view.first, "width")
    view.first_values.setText("2,4")
    pick(view.second, "batch_size")
    view.second_values.setText("5, 10, 5")
    press(view, qtbot)
    wait(view, qtbot)
    assert view._pictures.currentWidget() is view.map
    assert set(view.map._costs) == {("2", "5"), ("2", "10"), ("4", "5"), ("4", "10")}
    assert view.table.rowCount() == 4
    assert not view.grab().isNull()


def test_what_cannot_be_compared_is_told(view, qtbot):
    view.first_values.setText("sgd, sorcery")
    press(view, qtbot)
    assert "sorcery" in view.told.text()
    assert not view.job.running
    view.first_values.setText("")
    press(view, qtbot)
    assert view.told.text()


def test_called_off_it_goes_on_where_it_was(view, qtbot, monkeypatch):
    view.epochs.setValue(4000)
    view.seeds.setValue(3)
    view.first_values.setText("sgd, adam, momentum")
    press(view, qtbot)
    qtbot.waitUntil(lambda: len(view.job.results) >= 1, timeout=60_000)
    press(view, qtbot)
    wait(view, qtbot)
    assert "goes on where it was" in view.told.text()
    known = {result.key for result in view.job.results}
    assert 1 <= len(known) < 9
    assert known <= set(view.job._memory.read())


def test_the_sweep_is_of_the_project_as_it_was_at_the_start(view, qtbot):
    view.first_values.setText("sgd")
    press(view, qtbot)
    view.show_project(edits.set_value(exam(), "dense-1", "units", 9))
    wait(view, qtbot)
    assert view._plan.trials[0].project.design.node("dense-1")["units"] == 4


def test_an_error_is_told(view, qtbot, monkeypatch):
    def fail(*_):
        raise UserError(Text("The machine is on fire."))
        yield

    monkeypatch.setattr("annstudio.ui.sweep_job.results_of", fail)
    press(view, qtbot)
    wait(view, qtbot)
    assert view.told.text() == "The machine is on fire."
