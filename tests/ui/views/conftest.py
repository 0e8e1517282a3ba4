"""Views on the unseen screen, dressed as in the window."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from annstudio.ui.style import palette_of
from annstudio.ui.theme import LIGHT


@pytest.fixture(autouse=True)
def dressed_views(dressed):
    dressed.setPalette(palette_of(LIGHT))


@pytest.fixture
def shown(qtbot):
    """Show a view in a size and wait until it is painted."""

    def show(view, width=420, height=300):
        qtbot.addWidget(view)
        view.resize(width, height)
        view.show()
        qtbot.waitExposed(view)
        return view

    return show


@pytest.fixture
def hover():
    """Move the mouse over a widget; Qt tells of a move only, so it comes from next door."""

    def move(widget, place):
        point = place.toPoint() if hasattr(place, "toPoint") else place
        QTest.mouseMove(widget, point + QPoint(1, 0))
        QTest.mouseMove(widget, point)

    return move
