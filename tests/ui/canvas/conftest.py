import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.model import Wire
from annstudio.ui.canvas.view import CanvasView
from annstudio.ui.document import Document

NO_KEY = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def document(qapp):
    """Input, Dense 1 (8, tanh), Dense 2 (4, relu), Output."""
    return Document(chain("test", "exam", [(8, "tanh"), (4, "relu")]))


@pytest.fixture
def joined(document):
    """The document with an Add between Dense 2 and Output, and Dense 1 as wide as Dense 2."""
    project = edits.set_value(document.project, "dense-1", "units", 4)
    document.replace(edits.insert_node(project, "add", Wire("dense-2", "output"))[0])
    return document


@pytest.fixture
def view(qtbot, document):
    canvas = CanvasView(document)
    qtbot.addWidget(canvas)
    canvas.resize(1000, 460)
    with qtbot.waitExposed(canvas):
        canvas.show()
    return canvas


@pytest.fixture
def hand(view):
    return Hand(view)


class Hand:
    """A mouse over the canvas; places are scene points or the names of cards."""

    def __init__(self, view):
        self.view = view

    def pixel(self, place):
        if isinstance(place, str):
            place = self.view.canvas.cards[place].scenePos() + QPointF(70, 20)
        return self.view.mapFromScene(place)

    def input(self, node_id):
        return self.view.canvas.cards[node_id].input.scenePos()

    def output(self, node_id):
        return self.view.canvas.cards[node_id].output.scenePos()

    def press(self, place, button=LEFT, keys=NO_KEY):
        QTest.mousePress(self.view.viewport(), button, keys, self.pixel(place))

    def move(self, place):
        QTest.mouseMove(self.view.viewport(), self.pixel(place))

    def release(self, place, button=LEFT, keys=NO_KEY):
        QTest.mouseRelease(self.view.viewport(), button, keys, self.pixel(place))

    def click(self, place, button=LEFT, keys=NO_KEY):
        QTest.mouseClick(self.view.viewport(), button, keys, self.pixel(place))

    def drag(self, start, end, button=LEFT):
        first, last = self.pixel(start), self.pixel(end)
        QTest.mousePress(self.view.viewport(), button, NO_KEY, first)
        for part in (0.3, 0.6, 1.0):
            QTest.mouseMove(self.view.viewport(), first + (QPointF(last - first) * part).toPoint())
        QTest.mouseRelease(self.view.viewport(), button, NO_KEY, last)

    def key(self, key, keys=NO_KEY):
        QTest.keyClick(self.view, key, keys)

    def drag_in(self, mime, place):
        """Bring drag data over a scene point, without dropping them; return whether they are welcome."""
        at = self.pixel(place)
        enter = QDragEnterEvent(QPoint(1, 1), Qt.DropAction.CopyAction, mime, LEFT, NO_KEY)
        QApplication.sendEvent(self.view.viewport(), enter)
        move = QDragMoveEvent(at, Qt.DropAction.CopyAction, mime, LEFT, NO_KEY)
        QApplication.sendEvent(self.view.viewport(), move)
        return enter.isAccepted() and move.isAccepted()

    def drop(self, mime, place):
        self.drag_in(mime, place)
        event = QDropEvent(QPointF(self.pixel(place)), Qt.DropAction.CopyAction, mime, LEFT, NO_KEY)
        QApplication.sendEvent(self.view.viewport(), event)
        return event.isAccepted()

    def drag_out(self):
        QApplication.sendEvent(self.view.viewport(), QDragLeaveEvent())
