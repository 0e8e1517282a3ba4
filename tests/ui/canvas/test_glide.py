import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QProxyStyle, QStyle

from annstudio.project.model import Wire
from annstudio.ui.canvas.glide import DURATION

FAR = (900.0, 300.0)


@pytest.fixture
def scattered(view):
    view.editor.move({"dense-2": FAR})
    return view


def place(view, node_id="dense-2"):
    return view.canvas.cards[node_id].pos()


def test_tidying_is_one_edit_at_once_and_the_cards_follow(scattered, document, qtbot):
    edits = document.undo_stack.count()
    scattered.tidy()
    assert document.undo_stack.count() == edits + 1
    end = QPointF(*document.project.positions["dense-2"])
    assert place(scattered) == QPointF(*FAR)
    qtbot.waitUntil(lambda: place(scattered) not in (QPointF(*FAR), end), timeout=DURATION)
    wire = scattered.canvas.wires[Wire("dense-1", "dense-2")]
    assert wire.path().currentPosition() == scattered.canvas.cards["dense-2"].input.scenePos()
    qtbot.waitUntil(lambda: place(scattered) == end, timeout=2000)


def test_an_edit_meanwhile_finds_the_cards_at_their_places(scattered, document):
    scattered.tidy()
    scattered.editor.remove(["dense-1"], [])
    assert place(scattered) == QPointF(*document.project.positions["dense-2"])
    scattered.tidy()
    document.undo_stack.undo()
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert place(scattered) == QPointF(*FAR)


def test_a_press_meanwhile_takes_the_card_where_it_belongs(scattered, document, hand):
    scattered.tidy()
    end = QPointF(*document.project.positions["dense-2"])
    hand.press(end + QPointF(70, 20))
    assert place(scattered) == end
    hand.move(end + QPointF(70, 120))
    hand.release(end + QPointF(70, 120))
    assert document.project.positions["dense-2"] == (end.x(), end.y() + 100)


def test_without_motion_the_cards_are_there_at_once(scattered, document, qapp, monkeypatch):
    class Still(QProxyStyle):
        def styleHint(self, hint, option=None, widget=None, data=None):
            return 0 if hint is QStyle.StyleHint.SH_Widget_Animation_Duration else 1

    still = Still()
    monkeypatch.setattr("annstudio.ui.canvas.glide.QApplication.style", lambda: still)
    scattered.tidy()
    assert place(scattered) == QPointF(*document.project.positions["dense-2"])
