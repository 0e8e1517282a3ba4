"""Whatever is edited, undone and redone through the document, the project comes back and nothing is left behind."""

import gc
from collections import Counter
from itertools import pairwise
from weakref import ref

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF
from PySide6.QtWidgets import QApplication

from annstudio.project.build import chain
from annstudio.ui.canvas.mime import activation_mime, layer_mime
from annstudio.ui.document import Document
from tests.project.strategies import edited

STEPS = 50
RUNS = 20
"""Together a thousand steps."""


@given(st.data())
@settings(max_examples=RUNS, suppress_health_check=list(HealthCheck))
@pytest.mark.usefixtures("qapp")
def test_a_thousand_edits_undone_and_redone_restore_the_identical_project(data):
    document = Document(chain("test", "exam", [(8, "tanh"), (4, "relu")]))
    heard = []
    document.changed.connect(lambda before, after: heard.append((before, after)))
    stack, states = document.undo_stack, [document.project]
    for _ in range(STEPS):
        step = data.draw(st.sampled_from(["edit", "edit", "edit", "undo", "redo", "jump"]))
        if step == "edit":
            project = edited(data.draw, document.project)
            if project != document.project:
                states[stack.index() + 1 :] = [project]
            document.apply("edit", project)
        elif step == "jump":
            stack.setIndex(data.draw(st.integers(0, stack.count())))
        else:
            getattr(stack, step)()
        assert document.project is states[stack.index()]
        assert stack.count() == len(states) - 1
    stack.setIndex(0)
    assert document.project is states[0]
    assert all(before is after for (_, before), (after, _) in pairwise(heard))


def left(document, view):
    """Return what there is: items in the scene, objects beneath the view, and listeners of what they listen to."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    signals = {
        document: ("changed(PyObject,PyObject)", "replaced()"),
        document.undo_stack: ("indexChanged(int)",),
        view.canvas: ("selectionChanged()", "changed(QList<QRectF>)"),
        view.editor: ("refused(QString)", "told(QString)"),
        view.commands.delete: ("triggered(bool)", "changed()"),
    }
    return (
        Counter(type(item).__name__ for item in view.canvas.items()),
        Counter(type(child).__name__ for child in view.findChildren(QObject)),
        {name: sender.receivers(f"2{name}") for sender, names in signals.items() for name in names},
    )


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_what_is_deleted_leaves_no_item_and_no_listener_behind(view, document, hand):
    view.context_menu(hand.pixel("dense-1")).popup(QPoint(10, 10))
    QApplication.activePopupWidget().close()
    before = left(document, view)
    assert before[2]["changed(PyObject,PyObject)"] > 0
    cards = []
    for _ in range(3):
        view.select("dense-1")
        view.duplicate()
        hand.drop(layer_mime("add"), QPointF(300, 300))
        hand.drop(activation_mime("relu"), QPointF(240, 60))
        hand.drag(hand.output("dense-1"), hand.input("add-1"))
        hand.drag(hand.input("dense-2"), QPointF(420, 250))
        view.context_menu(hand.pixel("dense-1")).popup(QPoint(10, 10))
        QApplication.activePopupWidget().close()
        cards += [ref(card) for card in view.canvas.cards.values()]
        view.select_all()
        view.delete_selection()
        assert not view.canvas.cards
        document.undo_stack.setIndex(0)
    view.canvas.select_only([])
    assert left(document, view) == before
    assert not any(card() for card in cards)
