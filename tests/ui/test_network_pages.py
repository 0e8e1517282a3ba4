"""Cards | Neurons: one switch, one selection, one run."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from annstudio.ui.canvas.view import CanvasView
from annstudio.ui.network_pages import NetworkPages, ViewSwitch


@pytest.fixture
def action(qapp):
    action = QAction()
    action.setCheckable(True)
    return action


@pytest.fixture
def pages(dressed, document, action, qtbot):
    canvas = CanvasView(document)
    pages = NetworkPages(document, canvas, action)
    qtbot.addWidget(pages)
    pages.resize(886, 360)
    pages.show()
    qtbot.waitExposed(pages)
    return pages


def test_cards_come_first_and_neurons_are_made_when_wanted(pages, action):
    assert isinstance(pages.currentWidget(), CanvasView)
    assert pages.count() == 1
    action.trigger()
    assert pages.currentWidget() is pages.neurons
    action.trigger()
    assert isinstance(pages.currentWidget(), CanvasView)


def test_each_page_has_the_switch_and_both_say_the_same(pages, action):
    pages.findChild(ViewSwitch).neurons.click()
    assert action.isChecked()
    first, second = pages.findChildren(ViewSwitch)
    assert first.neurons.isChecked()
    assert second.neurons.isChecked()
    second.cards.click()
    assert not action.isChecked()
    assert first.cards.isChecked()


def test_what_is_shown_is_zoomed(pages, action):
    action.trigger()
    before = pages._canvas.zoom
    pages.reset_zoom()
    pages.zoom_in()
    assert pages.neurons.zoom == pytest.approx(1.1)
    assert pages._canvas.zoom == before
    action.trigger()
    pages.zoom_out()
    assert pages._canvas.zoom < before


def test_neurons_catch_up_with_selection(pages, action):
    pages.select_node("dense-1")
    action.trigger()
    assert pages.neurons.scene_of_neurons._layers._selected == "dense-1"


def test_the_keyboard_stays_where_the_network_is(pages, action):
    pages.currentWidget().setFocus()
    action.trigger()
    assert pages.neurons.hasFocus()
    QTest.keyClick(pages.neurons, Qt.Key.Key_Tab)
    assert pages.neurons.scene_of_neurons.marked is not None
