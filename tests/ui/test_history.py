import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annstudio.project import edits
from annstudio.ui.history import HistoryWindow


@pytest.fixture
def main(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def window(qtbot, dressed, document, main):
    """The window of a document with three edits."""
    for units in (5, 6, 7):
        document.apply(f"Units {units}", edits.set_value(document.project, "dense-1", "units", units))
    window = HistoryWindow(document.undo_stack, main)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def view(window):
    """The list in it."""
    return window.view


def click(view, row):
    place = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def names(view):
    return [view.model().index(row, 0).data() for row in range(view.model().rowCount())]


def test_it_lists_the_edits_by_name_behind_the_start(view, document):
    assert names(view) == ["Start", "Units 5", "Units 6", "Units 7"]
    assert view.currentIndex().row() == 3
    document.undo_stack.undo()
    assert view.currentIndex().row() == 2


@pytest.mark.parametrize(("row", "units"), [(0, 4), (1, 5), (2, 6), (3, 7)])
def test_a_click_goes_there_and_back(view, document, row, units):
    click(view, row)
    assert document.project.design.node("dense-1")["units"] == units
    click(view, 3)
    assert document.project.design.node("dense-1")["units"] == 7


def test_another_project_starts_a_new_list(view, document):
    document.replace(document.project)
    assert names(view) == ["Start"]


def test_it_stays_on_a_small_screen(document, main, monkeypatch):
    main.setGeometry(100, 20, 500, 300)
    screen = QRect(0, 0, 683, 384)
    monkeypatch.setattr(HistoryWindow, "screen", lambda window: SmallScreen(screen), raising=False)
    window = HistoryWindow(document.undo_stack, main)
    assert screen.contains(window.geometry())


class SmallScreen:
    def __init__(self, area):
        self._area = area

    def availableGeometry(self):
        return self._area
