"""The list of problems, the notes in the inspector and the canvas' menu: they say it, and mend it undoably."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStackedWidget

from annstudio.core.errors import UserError
from annstudio.core.texts import Text
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.critic import Finding, Fix, Severity, criticize
from annstudio.project.model import Wire
from annstudio.ui.canvas.view import CanvasView
from annstudio.ui.document import Document
from annstudio.ui.problems.notes import LayerProblems
from annstudio.ui.problems.panel import ProblemsPanel
from annstudio.ui.problems.side import ProblemsSide

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def document(qapp):
    """An Output with two units for one answer, a step in a hidden layer, a batch that holds everything."""
    project = chain("Flawed", "exam", [(4, "tanh"), (4, "binary_step")], training={"batch_size": 500})
    return Document(edits.set_value(project, "output", "units", 2))


@pytest.fixture
def panel(qtbot, document, dressed):
    made = ProblemsPanel(document)
    qtbot.addWidget(made)
    document.changed.connect(lambda before, after: made.show_findings(criticize(after)))
    made.show_findings(criticize(document.project))
    made.resize(290, 500)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def rows(panel):
    return [row for row in panel._rows if row.isVisible()]


def messages(panel):
    return [row._message.text() for row in rows(panel)]


def opened(panel):
    return [number for number, row in enumerate(rows(panel)) if row._why.isVisible()]


def test_it_lists_what_the_critic_finds_with_the_gravest_open(panel, document):
    assert messages(panel) == [str(finding.message) for finding in criticize(document.project)]
    assert [row.finding.severity for row in rows(panel)] == ["error", "warning", "note"]
    assert opened(panel) == [0]
    assert panel._count.text() == "1 error · 1 warning · 1 note"


def test_a_fix_is_one_undoable_edit_of_its_own_name(panel, document):
    before = document.project
    QTest.mouseClick(rows(panel)[0].fix, LEFT)
    assert document.project.design.node("output")["units"] == 1
    assert document.undo_stack.undoText() == "1 unit for Output"
    assert len(rows(panel)) == 2
    document.undo_stack.undo()
    assert document.project == before
    assert len(rows(panel)) == 3


def test_mending_all_leaves_a_word_that_all_is_well(panel, document):
    while rows(panel):
        QTest.mouseClick(rows(panel)[0].fix, LEFT)
    assert criticize(document.project) == ()
    assert panel._nothing.isVisible()
    panel.take_focus()
    assert panel._close.hasFocus()


def test_a_click_opens_a_row_and_leads_to_its_layer(panel, qtbot):
    with qtbot.waitSignal(panel.layer_chosen) as chosen:
        QTest.mouseClick(rows(panel)[1], LEFT)
    assert chosen.args == ["dense-2"]
    assert opened(panel) == [1]


def test_a_row_about_a_setting_leads_to_its_field(panel, qtbot):
    with qtbot.waitSignal(panel.setting_chosen) as chosen:
        QTest.mouseClick(rows(panel)[2], LEFT)
    assert chosen.args == ["training", "batch_size"]


def test_everything_goes_by_keyboard(panel, document, qtbot):
    panel.take_focus()
    assert rows(panel)[0].hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert opened(panel) == [1]
    with qtbot.waitSignal(panel.layer_chosen) as chosen:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert chosen.args == ["dense-2"]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert document.project.design.node("dense-2")["activation"] == "tanh"
    with qtbot.waitSignal(panel.left):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)


def test_tab_goes_from_row_to_fix_to_row(panel):
    panel.take_focus()
    seen = []
    for _ in range(4):
        seen.append(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    first, second = rows(panel)[:2]
    assert seen == [first, first.fix, second, second.fix]


def test_the_arrows_stop_at_both_ends(panel):
    panel.take_focus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert opened(panel) == [0]
    for _ in range(5):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert opened(panel) == [2]


def test_the_open_row_follows_its_finding(panel, document):
    QTest.mouseClick(rows(panel)[1], LEFT)
    document.apply("units", edits.unpin(document.project, "output", "units"))
    assert opened(panel) == [0]
    assert rows(panel)[0].finding.node == "dense-2"


def test_a_screen_reader_hears_what_and_why(panel):
    row = rows(panel)[1]
    assert row.accessibleName().startswith("Warning: Binary step lets no gradient through")
    assert row.accessibleDescription().startswith("Gradient descent follows the slope.")
    assert row.fix.accessibleName() == "Fix: Tanh for Dense 2"


def test_a_fix_spares_what_has_come_to_life_since(panel, document):
    """The sentence about a dead end stays the same while the layers that end in it become fewer."""
    project = chain("Dead end", "exam", [(4, "tanh"), (4, "tanh"), (4, "tanh")])
    design = project.design
    project = edits.remove(project, (), [wire for wire in design.wires if wire.source in ("dense-1", "dense-3")])
    project = edits.connect(project, "dense-1", "output")
    project, joint = edits.insert_node(project, "concatenate", Wire("dense-1", "output"))
    project = edits.connect(project, "input", "dense-2")
    document.replace(project)
    (before,) = [row.finding for row in rows(panel) if row.finding.rule == "unused"]
    document.apply("wire", edits.connect(project, "dense-2", joint))
    (row,) = [row for row in rows(panel) if row.finding.rule == "unused"]
    assert row.finding == before
    QTest.mouseClick(row.fix, LEFT)
    kept = {node.id for node in document.project.design.nodes}
    assert kept == {"input", "dense-1", "dense-2", joint, "output"}


def test_a_fix_that_cannot_be_made_says_why(panel, document, monkeypatch):
    def refuse(project):
        raise UserError(Text("A design holds at most 500 layers: remove one first."))

    before = document.project
    finding = Finding("no_input", Severity.ERROR, None, Text("It is."), None, Fix(Text("Do it"), refuse))
    monkeypatch.setattr("annstudio.ui.problems.row.criticize", lambda project: (finding,))
    panel.show_findings([finding])
    QTest.mouseClick(rows(panel)[0].fix, LEFT)
    assert document.project == before
    assert "500 layers" in rows(panel)[0]._refusal.text()


def test_a_finding_without_a_fix_has_no_button(panel):
    panel.show_findings([Finding("many", Severity.NOTE, None, Text("It is."))])
    assert not rows(panel)[0].fix.isVisible()


def test_a_layer_that_the_sentence_does_not_name_is_named_beside_it(panel):
    messages = (Text("It is so."), Text("Dense 1 is so."))
    panel.show_findings([Finding("many", Severity.NOTE, "dense-1", message) for message in messages])
    assert [row._place.text() for row in rows(panel)] == ["Dense 1", ""]


def test_of_very_many_the_first_are_shown(panel):
    panel.show_findings([Finding("many", Severity.ERROR, None, Text(f"Number {number}.")) for number in range(200)])
    assert len(rows(panel)) == 40
    assert panel._more.text() == "and 160 more"


@pytest.mark.parametrize("width", [220, 290, 500])
def test_no_text_is_cut_off_and_nothing_scrolls_sideways(panel, width):
    panel.resize(width, 400)
    QApplication.processEvents()
    assert panel._area.horizontalScrollBar().maximum() == 0
    for row in rows(panel):
        assert row.height() >= row.heightForWidth(row.width())
        assert row.fix.geometry().right() < row.width()


def test_notes_show_one_layers_problems_in_full(qtbot, document, dressed):
    notes = LayerProblems(document)
    qtbot.addWidget(notes)
    notes.show_node("dense-2")
    (row,) = notes._rows
    assert not row._why.isHidden()
    row.fix.click()
    assert document.project.design.node("dense-2")["activation"] == "tanh"
    notes.show_node("dense-2")
    assert notes.isHidden()


def test_the_menu_of_a_card_offers_its_fixes(qtbot, document):
    canvas = CanvasView(document)
    qtbot.addWidget(canvas)
    canvas.resize(1000, 460)
    with qtbot.waitExposed(canvas):
        canvas.show()

    def fixes(node_id):
        middle = canvas.canvas.cards[node_id].sceneBoundingRect().center()
        menu = canvas.context_menu(canvas.mapFromScene(middle))
        return [action for action in menu.actions() if action.text().startswith("Fix: ")]

    assert [action.text() for action in fixes("dense-2")] == ["Fix: Tanh for Dense 2"]
    assert fixes("dense-1") == []
    fixes("dense-2")[0].trigger()
    assert document.undo_stack.undoText() == "Tanh for Dense 2"


def test_the_list_is_made_when_it_is_first_opened_and_then_follows(qtbot, document, dressed):
    canvas = CanvasView(document)
    side = ProblemsSide(canvas, QStackedWidget(), document)
    qtbot.addWidget(side)
    canvas.found.connect(side.show_findings)
    side.show_findings(canvas.findings)
    side.resize(1000, 400)
    side.show()
    assert side.panel is None
    side.show_panel()
    assert len(rows(side.panel)) == 3
    document.apply("units", edits.unpin(document.project, "output", "units"))
    assert len(rows(side.panel)) == 2
    side.set_open(False)
    assert not side.panel.isVisible()
    side.show_panel()
    assert len(rows(side.panel)) == 2


def test_it_is_open_again_if_it_was_left_open(qtbot, document, dressed):
    def restored():
        side = ProblemsSide(CanvasView(document), QStackedWidget(), document)
        qtbot.addWidget(side)
        side.restore()
        return side.panel is not None

    assert not restored()
    first = ProblemsSide(CanvasView(document), QStackedWidget(), document)
    qtbot.addWidget(first)
    first.show_panel()
    assert restored()
    first.set_open(False)
    assert not restored()


def test_a_finding_about_the_run_is_mended_by_any_of_its_remedies(qtbot, document):
    rate = ("training", "optimizer.learning_rate")
    fixes = [
        Fix(Text(f"Learning rate {value}"), partial(edits.set_value, owner=rate[0], key=rate[1], value=value))
        for value in (0.5, 0.25, 0.125)
    ]
    finding = Finding(
        "unstable", Severity.WARNING, None, Text("It jumps."), fix=fixes[0], others=tuple(fixes[1:]), live=True
    )
    panel = ProblemsPanel(document)
    qtbot.addWidget(panel)
    panel.resize(300, 400)
    panel.show()
    panel.show_findings((finding,))
    row = panel._rows[0]
    assert [button.isVisible() for button in row.others] == [True, True]
    qtbot.mouseClick(row.others[1], Qt.MouseButton.LeftButton)
    assert document.project.training["optimizer.learning_rate"] == 0.125
    qtbot.mouseClick(row.fix, Qt.MouseButton.LeftButton)
    assert document.project.training["optimizer.learning_rate"] == 0.5
    document.undo_stack.undo()
    assert document.project.training["optimizer.learning_rate"] == 0.125
    panel.show_findings((replace(finding, others=()),))
    assert not any(button.isVisible() for button in row.others)
