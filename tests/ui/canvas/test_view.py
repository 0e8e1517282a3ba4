import gc
import weakref

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from annstudio.core.texts import Text, text
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.critic import Finding, Fix, Severity, criticize
from annstudio.project.model import Wire
from annstudio.training.snapshot import RunState, Snapshot
from annstudio.ui.canvas.card import Card
from annstudio.ui.canvas.chip import Chip
from annstudio.ui.canvas.status_pill import Level
from annstudio.ui.canvas.view import CanvasView
from annstudio.ui.document import Document
from annstudio.ui.style import palette_of
from annstudio.ui.theme import DARK, LIGHT


@pytest.fixture
def unwired(document):
    """The document with one more layer, which feeds the Output and which nothing feeds."""
    project, node_id = edits.add_node(document.project, "dense", (170.0, 200.0))
    document.apply("add", edits.connect(project, node_id, "output"))
    return node_id


@pytest.fixture
def repainted(monkeypatch):
    """The ids of the cards that asked to be painted anew."""
    seen = []
    monkeypatch.setattr(Card, "update", lambda card: seen.append(card.node_id))
    return seen


def summary(view):
    return view._overlay._summary.text()


def status(view):
    return view._overlay.pill.status


def test_cards_and_wires_are_those_of_the_project(view, document):
    design = document.project.design
    assert view.canvas.cards.keys() == {node.id for node in design.nodes}
    assert view.canvas.wires.keys() == set(design.wires)
    for node_id, card in view.canvas.cards.items():
        assert card.pos().toTuple() == document.project.positions[node_id]


def test_only_the_ports_that_a_layer_has_are_there(view):
    assert view.canvas.cards["input"].input is None
    assert view.canvas.cards["output"].output is None
    assert len(view.canvas.cards["dense-1"].ports) == 2


def test_only_what_has_changed_is_painted_anew(view, document, repainted):
    document.apply("seed", edits.set_value(document.project, "training", "seed", 3))
    assert repainted == []
    document.apply("units", edits.set_value(document.project, "dense-1", "units", 6))
    assert sorted(repainted) == ["dense-1", "dense-2"]
    repainted.clear()
    document.apply("loss", edits.set_value(document.project, "training", "loss", "mse"))
    assert repainted
    assert set(repainted) == {"output"}


def test_unchanged_items_stay_the_same_objects(view, document):
    cards, wires = dict(view.canvas.cards), dict(view.canvas.wires)
    project, _ = edits.insert_node(document.project, "dense", Wire("dense-1", "dense-2"))
    document.apply("insert", project)
    assert {key: view.canvas.cards[key] for key in cards} == cards
    assert wires.keys() - view.canvas.wires.keys() == {Wire("dense-1", "dense-2")}
    document.undo_stack.undo()
    assert view.canvas.cards == cards


def test_removed_items_are_freed(view, document):
    card = weakref.ref(view.canvas.cards["dense-1"])
    wire = weakref.ref(view.canvas.wires[Wire("input", "dense-1")])
    before = len(view.canvas.items())
    document.apply("remove", edits.remove(document.project, ["dense-1"]))
    # A card, its maps, its two ports, two wires; the neighbors are joined by a new one.
    assert len(view.canvas.items()) == before - 5
    gc.collect()
    assert card() is None
    assert wire() is None


def test_a_node_of_another_kind_under_the_same_id_gets_its_own_ports(view, document):
    other = chain("other", "iris", [(3, "relu")])
    nodes = [*other.design.nodes]
    assert view.canvas.cards["dense-1"].face.units == 8
    document.replace(other)
    assert view.canvas.cards.keys() == {node.id for node in nodes}
    assert view.canvas.cards["dense-1"].face.units == 3


def test_a_project_from_elsewhere_is_brought_into_view(view, document):
    project = document.project
    far = edits.move(project, {key: (x + 40_000, y) for key, (x, y) in project.positions.items()})
    document.replace(far)
    shown = view.mapToScene(view.viewport().rect()).boundingRect()
    assert shown.contains(view.canvas.content())


def test_the_summary_line_counts(view, document):
    assert summary(view) == "65 parameters · 1.6 KB · 52 multiply-adds · 4 layers · Log loss · Adam"
    assert "52 multiply-adds for every sample" in view._overlay._summary.toolTip()
    wide = edits.set_value(document.project, "dense-1", "units", 1000)
    document.apply("units", wide)
    assert summary(view).startswith("7,009 parameters")


def test_the_summary_line_gives_way_to_the_buttons(view):
    view.resize(580, 460)
    assert summary(view) == "65 parameters · 1.6 KB · 52 multiply-adds"


def test_a_card_tells_its_costs_in_its_tool_tip(view):
    tip = view.canvas.cards["dense-1"].toolTip()
    assert "Shape: 2 → 8" in tip
    assert "Multiply-adds per sample: 16" in tip


def test_a_network_that_can_run_says_so(view, document):
    assert criticize(document.project) == ()
    assert status(view).level is Level.READY
    assert all(card.problems.errors == () for card in view.canvas.cards.values())


def test_an_error_is_said_beneath_its_card_and_in_the_status(view, document, unwired):
    card = view.canvas.cards[unwired]
    assert "Dense 3" in card.problems.errors[0]
    assert card.extent().height() > card.shape().boundingRect().height() + 20
    assert status(view).level is Level.ERROR
    assert status(view).sentence == card.problems.errors[0]
    document.undo_stack.undo()
    assert status(view).level is Level.READY


def test_a_click_on_the_status_leads_to_the_layer(view, unwired):
    QTest.mouseClick(view._overlay.pill, Qt.MouseButton.LeftButton)
    assert view.selected() == unwired


def test_the_status_moves_aside_for_a_card(view, document, unwired):
    view.editor.move({unwired: (-60.0, 190.0)})
    pill = view._overlay.pill
    boxes = [view.mapFromScene(card.extent()).boundingRect() for card in view.canvas.cards.values()]
    assert pill.geometry().left() > 100
    assert not any(pill.geometry().intersects(box) for box in boxes)


def test_the_status_gets_narrower_to_leave_a_card_free(view, document, unwired):
    view.resize(884, 355)
    view.reset_zoom()
    view.editor.move({unwired: view.mapToScene(455, 240).toTuple()})
    box = view.mapFromScene(view.canvas.cards[unwired].extent()).boundingRect()
    assert box.bottom() > view.height() - 40
    assert not view._overlay.pill.geometry().intersects(box)


def test_in_a_low_view_only_bad_news_may_cover_a_card(view, document):
    view.resize(500, 130)
    assert not view._overlay.pill.isVisible()
    document.apply("cut", edits.remove(document.project, (), [Wire("input", "dense-1")]))
    assert view._overlay.pill.isVisible()
    document.undo_stack.undo()
    view.resize(900, 400)
    assert view._overlay.pill.isVisible()


def test_the_buttons_that_keys_replace_give_way_in_a_narrow_view(view):
    view.resize(160, 300)
    chips = {chip.text() for chip in view.findChildren(Chip) if chip.isVisible()}
    assert {"Fit", "Tidy"} <= chips
    assert "+" not in chips
    assert view.rect().contains(view._overlay.tools.geometry())
    view.resize(900, 300)
    assert "+" in {chip.text() for chip in view.findChildren(Chip) if chip.isVisible()}


def test_a_warning_is_a_badge_with_a_tip(view, document):
    step = edits.set_value(document.project, "dense-1", "activation", "binary_step")
    document.apply("step", step)
    card = view.canvas.cards["dense-1"]
    assert card.problems.warnings
    assert card.problems.errors == ()
    assert card.problems.warnings[0].split()[0] in card.toolTip()
    assert card.extent().height() < 120
    assert status(view).level is Level.WARNING
    assert status(view).sentence.startswith("It can run")


def test_a_failed_run_is_shown_until_the_next_edit(view, document):
    view.set_run_error("dense-2", text("The cost grew to {value}.", value="∞"))
    assert view.canvas.cards["dense-2"].problems.errors == ("The cost grew to ∞.",)
    assert status(view).node == "dense-2"
    document.apply("units", edits.set_value(document.project, "dense-1", "units", 6))
    assert view.canvas.cards["dense-2"].problems.errors == ()
    view.set_run_error(None, "It failed {for} good.")
    assert status(view).sentence == "It failed {for} good."
    view.set_run_error(None, "")
    assert status(view).level is Level.READY


def add_conv2d(project):
    return edits.add_node(project, "conv2d", (170.0, 200.0))[0]


def add_output(project):
    return edits.add_node(project, "output", (170.0, 200.0))[0]


def remove_selected(project):
    return edits.remove(project, ["dense-1"])


@pytest.mark.parametrize("edit", [add_conv2d, add_output, remove_selected])
def test_a_run_may_stop_while_an_edit_is_on_its_way(document, qtbot, edit):
    # Whatever drives the run hears of an edit first.
    document.changed.connect(lambda before, after: view.set_run_error(None, "It stopped."))
    view = CanvasView(document)
    qtbot.addWidget(view)
    view.select("dense-1")
    document.apply("edit", edit(document.project))
    assert view.canvas.cards.keys() == {node.id for node in document.project.design.nodes}
    assert view.findings == criticize(document.project)


def test_an_edit_arranges_what_floats_over_the_canvas_once(view, document, monkeypatch):
    arranged = []
    monkeypatch.setattr(view.minimap, "renew", lambda: arranged.append(True))
    document.apply("units", edits.set_value(document.project, "dense-1", "units", 6))
    assert arranged == [True]


def test_news_of_a_run_that_change_nothing_cost_nothing(view, qtbot):
    with qtbot.assertNotEmitted(view.found):
        view.set_run_error(None, "")


def test_a_screen_reader_hears_which_card_is_selected(view, document, unwired):
    assert view.accessibleName()
    view.select("dense-1")
    assert view.accessibleDescription() == "Dense 1, 8 units, Tanh, 3 of 5. From Input. To Dense 2"
    view.select(unwired)
    assert "Dense 3" in view.accessibleDescription()
    assert view.canvas.cards[unwired].problems.errors[0] in view.accessibleDescription()


def test_every_button_over_the_canvas_has_a_name_and_works(view):
    chips = [chip for chip in view.findChildren(Chip) if chip.isVisible()]
    assert len(chips) == 5
    assert all(chip.accessibleName() for chip in chips)
    percent = next(chip for chip in chips if "%" in chip.text())
    by_text = {chip.text(): chip for chip in chips}
    by_text["+"].click()
    assert percent.text() == "110 %"
    by_text["−"].click()
    by_text["−"].click()
    assert percent.text() == "90 %"
    percent.click()
    assert view.zoom == 1.0
    by_text["Fit"].click()
    assert view.zoom == 1.0


def test_the_overlay_stays_within_a_narrow_canvas(view):
    view.resize(330, 240)
    inside = view.rect()
    for child in (view._overlay.pill, view._overlay.tools):
        assert inside.contains(child.geometry())
    assert not view._overlay._summary.isVisible()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_canvas_follows_the_palette(view, theme):
    view.setPalette(palette_of(theme))
    image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    card = view.mapFromScene(view.canvas.cards["dense-1"].scenePos()) + QPoint(70, 30)
    assert image.pixelColor(2, 100) in (QColor(theme.background), image.pixelColor(3, 101))
    assert image.pixelColor(card) == QColor(theme.card)


def test_it_is_crisp_on_a_fine_screen(view):
    """What is drawn at twice the size is not what is drawn at full size, enlarged."""
    view.reset_zoom()
    small = view.viewport().grab().toImage()
    fine = QImage(small.size() * 2, QImage.Format.Format_ARGB32)
    fine.setDevicePixelRatio(2)
    view.viewport().render(fine)
    enlarged = small.scaled(fine.size(), mode=Qt.TransformationMode.SmoothTransformation)
    assert fine.convertToFormat(small.format()) != enlarged


def test_closing_leaves_no_listener_behind(qtbot):
    document = Document(chain("test", "exam", [(4, "tanh")]))
    canvas = CanvasView(document)
    canvas.deleteLater()
    qtbot.wait(1)
    gc.collect()
    document.apply("units", edits.set_value(document.project, "dense-1", "units", 6))
    assert document.undo_stack.count() == 1


def test_another_network_comes_with_nothing_selected(view, document):
    view.select_all()
    document.replace(document.project)
    assert view.canvas.selected_nodes() == []


def live(rule, message, node=None):
    fix = Fix(Text("Learning rate 0.1"), lambda project: edits.set_value(project, *RATE, 0.1))
    other = Fix(Text("Clip"), lambda project: edits.set_value(project, "training", "clip_norm", 1.0))
    return Finding(rule, Severity.WARNING, node, Text(message), fix=fix, others=(other,), live=True)


RATE = ("training", "optimizer.learning_rate")


def run_of(project, *findings):
    return Snapshot(1, RunState.RUNNING, None, 1, 1, 1, project=project, findings=findings)


def test_what_goes_wrong_in_a_run_is_told_first_and_as_it_is(view, document):
    jumps = live("unstable", "The cost jumps.", "dense-1")
    view.show_snapshot(run_of(document.project, jumps))
    assert view.findings[0] is jumps
    assert view._overlay.pill.status.sentence == "The cost jumps."
    assert view.canvas.cards["dense-1"].problems.warnings == ("The cost jumps.",)
    view.show_snapshot(run_of(document.project))
    assert jumps not in view.findings


def test_numbers_in_a_sentence_about_the_run_stand_long_enough_to_be_read(view, document, monkeypatch):
    clock = [10.0]
    monkeypatch.setattr("annstudio.ui.canvas.view.time.monotonic", lambda: clock[0])
    view.show_snapshot(run_of(document.project, live("unstable", "5 of 10")))
    clock[0] += 0.2
    view.show_snapshot(run_of(document.project, live("unstable", "6 of 10")))
    assert str(view.findings[0].message) == "5 of 10"
    clock[0] += 1.0
    view.show_snapshot(run_of(document.project, live("unstable", "7 of 10")))
    assert str(view.findings[0].message) == "7 of 10"
    clock[0] += 0.1
    view.show_snapshot(run_of(document.project, live("growing", "It grows.")))
    assert str(view.findings[0].message) == "It grows."


def test_an_edit_takes_away_what_was_said_of_the_run_before(view, document):
    shot = run_of(document.project, live("unstable", "The cost jumps."))
    view.show_snapshot(shot)
    document.apply("rate", edits.set_value(document.project, *RATE, 0.05))
    assert not any(finding.live for finding in view.findings)
    # What is still on its way is about the run before.
    view.show_snapshot(shot)
    assert not any(finding.live for finding in view.findings)
