"""The view of neurons, dressed and with a real network behind it."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from annstudio.project.build import chain
from annstudio.training.run import Run
from annstudio.training.snapshot import RunState, Snapshot
from annstudio.training.trained import LayerWeights
from annstudio.ui.document import Document
from annstudio.ui.neurons.layout import Point
from annstudio.ui.neurons.things import Link
from annstudio.ui.neurons.view import NeuronView
from annstudio.ui.style import palette_of
from annstudio.ui.theme import LIGHT


def snapshot_of(project, state=RunState.READY):
    """The starting weights of a project."""
    run = Run(project)
    flat = run.trainer.weights.copy()
    weights = {node_id: LayerWeights(parts) for node_id, parts in run.compiled.parts(flat).items()}
    return Snapshot(1, state, None, 0, 0, 1, weights, project, prepared=run.prepared, compiled=run.compiled, flat=flat)


class Hands:
    """Moves the mouse over a view of neurons, and presses keys."""

    def __init__(self, view):
        self.view = view

    def pixel(self, thing):
        picker = self.view.scene_of_neurons.drawn.picker
        place = picker.place(thing)
        if isinstance(thing, Link):
            # In the middle, links may cross.
            start, end = picker.ends(thing)
            place = Point(0.7 * start.x + 0.3 * end.x, 0.7 * start.y + 0.3 * end.y)
        return self.view.mapFromScene(QPointF(place.x, place.y))

    def move(self, pixel):
        # Qt tells of a move only, so it comes from next door.
        QTest.mouseMove(self.view.viewport(), pixel + QPoint(1, 0))
        QTest.mouseMove(self.view.viewport(), pixel)

    def hover(self, thing):
        self.move(self.pixel(thing))

    def click(self, thing):
        QTest.mouseClick(
            self.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.pixel(thing)
        )

    def keys(self, *keys):
        for key in keys:
            QTest.keyClick(self.view, key)

    def type(self, text):
        """Type into the open field and press Enter."""
        self.view._field.selectAll()
        QTest.keyClicks(self.view._field, text)
        QTest.keyClick(self.view._field, Qt.Key.Key_Return)


@pytest.fixture
def open_view(dressed, qtbot):
    """Show a project as neurons, with its starting weights."""
    dressed.setPalette(palette_of(LIGHT))
    # What is shown must not be collected as garbage, which may happen while it is being painted.
    views = []

    def open(project, width=886, height=360):
        view = NeuronView(Document(project))
        views.append(view)
        qtbot.addWidget(view)
        view.resize(width, height)
        view.show_snapshot(snapshot_of(project))
        view.show()
        qtbot.waitExposed(view)
        return view

    yield open
    views.clear()


@pytest.fixture
def view(open_view):
    return open_view(chain("Exam", "exam", [(4, "tanh")]))


@pytest.fixture
def hands(view):
    return Hands(view)
