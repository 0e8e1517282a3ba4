import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QDrag, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annstudio.engine.activations import activations
from annstudio.engine.layers import layers
from annstudio.project.templates import templates
from annstudio.ui.appearance import Choice
from annstudio.ui.canvas.mime import activation_of, layer_of
from annstudio.ui.palette import Palette
from annstudio.ui.palette_list import Group, Role
from annstudio.ui.theme import DARK, LIGHT

LEFT = Qt.MouseButton.LeftButton
PLAIN = [key for key, template in templates.items() if not template.info.more]
"""Templates that the palette shows unasked."""
ROOM = 620
"""The palette's height in a window of 1366×768."""


ACTIVATIONS = sorted(activations, key=lambda key: activations[key].info.more)
"""As the palette lists them: the lecture's first."""


@pytest.fixture
def palette(qtbot, dressed):
    palette = Palette()
    qtbot.addWidget(palette)
    palette.resize(195, 900)
    with qtbot.waitExposed(palette):
        palette.show()
    return palette


@pytest.fixture
def unfolded(palette):
    """The palette with all its headings open."""
    palette.entries.expandAll()
    return palette


def all_rows(palette):
    entries = palette.entries
    return [row for heading in entries.headings() for row in (heading, *entries.entries_of(heading))]


def rows(palette, group):
    return {row.data(0, Role.KEY): row for row in all_rows(palette) if row.data(0, Role.GROUP) == group}


def heading(palette, key):
    return rows(palette, Group.HEADING)[key]


def middle(palette, row):
    return palette.entries.visualItemRect(row).center()


def click(palette, row):
    QTest.mouseClick(palette.entries.viewport(), LEFT, pos=middle(palette, row))


def shown(palette):
    """Return the texts of what a person sees when scrolling through."""
    rows = [row for row in all_rows(palette) if not row.isHidden()]
    return [row.text(0) for row in rows if row.parent() is None or row.parent().isExpanded()]


def open_headings(palette):
    return {row.data(0, Role.KEY) for row in palette.entries.headings() if row.isExpanded()}


def test_it_lists_the_registries(palette):
    assert list(rows(palette, Group.LAYER)) == list(layers)
    assert list(rows(palette, Group.TEMPLATE)) == list(templates)


def test_layers_stand_under_the_heading_of_their_category(palette):
    entries = palette.entries
    found = {h.text(0): [row.data(0, Role.KEY) for row in entries.entries_of(h)] for h in entries.headings()}
    assert len(found) == len(entries.headings())
    assert next(iter(found)) == "Layers"
    assert list(found)[-1] == "Start from"
    for category, kinds in list(found.items())[:-1]:
        assert kinds == [key for key, layer in layers.items() if layer.info.category == category]


def test_at_first_what_a_first_network_needs_is_open_and_fits_a_small_screen(palette):
    assert open_headings(palette) == {"Layers", "Start from"}
    last = rows(palette, Group.GALLERY)["gallery"]
    assert palette.entries.geometry().top() + palette.entries.visualItemRect(last).bottom() < ROOM


@pytest.mark.parametrize("key", ["Layers", "Pictures"])
def test_a_click_folds_a_heading_and_another_one_unfolds_it(palette, key):
    row = heading(palette, key)
    before = row.isExpanded()
    click(palette, row)
    assert row.isExpanded() is not before
    click(palette, row)
    assert row.isExpanded() is before


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_heading_folds_by_key(palette, qtbot, key):
    row = heading(palette, "Layers")
    palette.entries.setCurrentItem(row)
    with qtbot.assertNotEmitted(palette.entries.chosen):
        QTest.keyClick(palette.entries, key)
        assert not row.isExpanded()
        QTest.keyClick(palette.entries, key)
        assert row.isExpanded()


def test_left_folds_a_heading_also_from_below_and_right_unfolds_it(palette):
    row = heading(palette, "Layers")
    palette.entries.setCurrentItem(rows(palette, Group.LAYER)["dense"])
    for pressed, is_open in ((Qt.Key.Key_Left, True), (Qt.Key.Key_Left, False), (Qt.Key.Key_Right, True)):
        QTest.keyClick(palette.entries, pressed)
        assert palette.entries.currentItem() is row
        assert row.isExpanded() is is_open


def test_folds_are_remembered(palette, qtbot):
    click(palette, heading(palette, "Layers"))
    click(palette, heading(palette, "Merging"))
    next_time = Palette()
    qtbot.addWidget(next_time)
    assert open_headings(next_time) == {"Merging", "Start from"}


def test_a_screen_reader_is_told_what_is_open(palette):
    view = QAccessible.queryAccessibleInterface(palette.entries)
    states = {view.child(i).text(QAccessible.Text.Name): view.child(i).state() for i in range(view.childCount())}
    for key, is_open in (("Layers", True), ("Pictures", False)):
        assert states[key].expandable
        assert bool(states[key].expanded) is is_open


def test_a_search_looks_into_what_is_folded_and_leaves_the_folds_as_they_were(palette, qtbot):
    before = shown(palette)
    palette.search.setText("conv")
    assert layers["conv2d"].info.label in shown(palette)
    click(palette, heading(palette, "Pictures"))
    palette.search.clear()
    assert shown(palette) == before
    next_time = Palette()
    qtbot.addWidget(next_time)
    assert shown(next_time) == before


def test_down_from_the_search_goes_to_a_heading_if_all_are_folded(palette):
    palette.entries.collapseAll()
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.entries.currentItem() is heading(palette, "Layers")


def test_every_entry_tells_what_it_is(palette):
    for registry, group in ((layers, Group.LAYER), (templates, Group.TEMPLATE)):
        for key, row in rows(palette, group).items():
            assert row.text(0) == registry[key].info.label
            assert registry[key].info.summary in row.data(0, Qt.ItemDataRole.AccessibleDescriptionRole)
            assert row.toolTip(0)
    assert palette.entries.accessibleName()
    assert palette.search.accessibleName()


@pytest.mark.parametrize("kind", list(layers))
def test_a_double_click_on_a_layer_activates_it(unfolded, qtbot, kind):
    palette = unfolded
    spot = middle(palette, rows(palette, Group.LAYER)[kind])
    with qtbot.waitSignal(palette.layer_activated) as heard:
        QTest.mouseDClick(palette.entries.viewport(), LEFT, pos=spot)
    assert heard.args == [kind]


def test_a_single_click_on_a_layer_only_selects_it(palette, qtbot):
    spot = middle(palette, rows(palette, Group.LAYER)["dense"])
    with qtbot.assertNotEmitted(palette.layer_activated):
        QTest.mouseClick(palette.entries.viewport(), LEFT, pos=spot)
    assert palette.entries.currentItem().data(0, Role.KEY) == "dense"


@pytest.mark.parametrize("key", PLAIN)
def test_a_click_on_a_template_activates_it(palette, qtbot, key):
    row = rows(palette, Group.TEMPLATE)[key]
    with qtbot.waitSignal(palette.template_activated) as heard:
        QTest.mouseClick(palette.entries.viewport(), LEFT, pos=middle(palette, row))
    assert heard.args == [key]


def test_a_double_click_on_a_template_activates_it_once(palette):
    heard = []
    palette.template_activated.connect(heard.append)
    spot = middle(palette, next(iter(rows(palette, Group.TEMPLATE).values())))
    QTest.mouseClick(palette.entries.viewport(), LEFT, pos=spot)
    QTest.mouseDClick(palette.entries.viewport(), LEFT, pos=spot)
    assert len(heard) == 1


def test_the_keyboard_reaches_everything(palette):
    heard = []
    palette.layer_activated.connect(heard.append)
    palette.activation_activated.connect(heard.append)
    palette.template_activated.connect(heard.append)
    palette.gallery_asked.connect(lambda: heard.append("all"))
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    passed = None
    while palette.entries.currentItem() is not passed:
        row = passed = palette.entries.currentItem()
        if row.data(0, Role.GROUP) != Group.HEADING:
            QTest.keyClick(palette.entries, Qt.Key.Key_Return)
        elif not row.isExpanded():
            QTest.keyClick(palette.entries, Qt.Key.Key_Right)
        QTest.keyClick(palette.entries, Qt.Key.Key_Down)
    assert list(dict.fromkeys(heard)) == [*layers, *ACTIVATIONS, *PLAIN, "all"]


@pytest.mark.parametrize("words", ["dens", "DENSE", "weighted sum"])
def test_the_search_filters_by_name_and_by_what_is_said(palette, words):
    before = shown(palette)
    palette.search.setText(words)
    assert layers["dense"].info.label in shown(palette)
    assert layers["input"].info.label not in shown(palette)
    palette.search.clear()
    assert shown(palette) == before


def test_most_templates_are_for_the_gallery_but_a_search_finds_every_one(palette):
    before = shown(palette)
    hidden = [template.info.label for template in templates.values() if template.info.more]
    assert hidden
    assert not set(hidden) & set(before)
    for label in hidden:
        palette.search.setText(label)
        assert label in shown(palette)
    palette.search.clear()
    assert shown(palette) == before


def test_behind_the_templates_a_row_leads_to_all_of_them(palette, qtbot):
    row = rows(palette, Group.GALLERY)["gallery"]
    assert shown(palette)[-1] == row.text(0)
    with qtbot.waitSignal(palette.gallery_asked):
        click(palette, row)


def test_the_search_finds_templates_and_hides_empty_headings(palette):
    palette.search.setText(templates["exam"].info.label)
    assert shown(palette)[-1] == templates["exam"].info.label
    assert layers["dense"].info.label not in shown(palette)
    assert "Layers" not in shown(palette)
    palette.search.setText("there is no such thing")
    assert shown(palette) == []


def test_enter_in_the_search_takes_the_first_hit(palette, qtbot):
    palette.search.setText("dense")
    with qtbot.waitSignal(palette.layer_activated) as heard:
        QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert heard.args == ["dense"]
    palette.search.clear()
    with qtbot.assertNotEmitted(palette.layer_activated):
        QTest.keyClick(palette.search, Qt.Key.Key_Return)


def drag(palette, row, monkeypatch):
    """Drag a row with the mouse; return the drags that were begun."""
    begun = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, action: begun.append((drag, action)))
    view, spot = palette.entries.viewport(), middle(palette, row)
    QTest.mousePress(view, LEFT, pos=spot)
    for step in (5, 15, 40):
        point = QPointF(spot.x() + step, spot.y() + step)
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            point,
            QPointF(view.mapToGlobal(point)),
            Qt.MouseButton.NoButton,
            LEFT,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(view, move)
    QTest.mouseRelease(view, LEFT, pos=spot)
    return begun


@pytest.mark.parametrize("kind", list(layers))
def test_a_layer_is_dragged_with_a_picture(unfolded, monkeypatch, kind):
    ((begun, action),) = drag(unfolded, rows(unfolded, Group.LAYER)[kind], monkeypatch)
    assert layer_of(begun.mimeData()) == kind
    assert action is Qt.DropAction.CopyAction
    assert begun.pixmap().width() > begun.pixmap().height() > 20


def test_a_template_is_not_dragged(palette, monkeypatch):
    row = next(iter(rows(palette, Group.TEMPLATE).values()))
    assert drag(palette, row, monkeypatch) == []


@pytest.fixture
def more(palette):
    """The palette with all activations in sight."""
    click(palette, heading(palette, "Activations"))
    (row,) = rows(palette, Group.MORE).values()
    click(palette, row)
    return palette


def test_activations_come_when_their_heading_is_opened_the_lectures_first(palette):
    assert not rows(palette, Group.ACTIVATION)
    click(palette, heading(palette, "Activations"))
    seen = [key for key, row in rows(palette, Group.ACTIVATION).items() if not row.isHidden()]
    assert seen == [key for key in activations if not activations[key].info.more]


def test_more_shows_the_other_activations_and_hides_them_again(more, qtbot):
    (row,) = rows(more, Group.MORE).values()
    assert [key for key, each in rows(more, Group.ACTIVATION).items() if not each.isHidden()] == ACTIVATIONS
    next_time = Palette()
    qtbot.addWidget(next_time)
    assert activations["mish"].info.label in shown(next_time)
    click(more, row)
    assert activations["mish"].info.label not in shown(more)


def test_a_search_finds_every_activation(palette, qtbot):
    palette.search.setText("mish")
    assert activations["mish"].info.label in shown(palette)
    assert "More" not in shown(palette)
    with qtbot.waitSignal(palette.activation_activated) as heard:
        QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert heard.args == ["mish"]
    palette.search.clear()
    assert activations["mish"].info.label not in shown(palette)


@pytest.mark.parametrize("key", ["logistic", "softmax", "mish", "formula"])
def test_an_activation_is_dragged_and_double_clicked(more, monkeypatch, qtbot, key):
    row = rows(more, Group.ACTIVATION)[key]
    more.entries.scrollToItem(row)
    ((begun, _),) = drag(more, row, monkeypatch)
    assert activation_of(begun.mimeData()) == key
    assert layer_of(begun.mimeData()) is None
    with qtbot.waitSignal(more.activation_activated) as heard:
        QTest.mouseDClick(more.entries.viewport(), LEFT, pos=middle(more, row))
    assert heard.args == [key]


@pytest.mark.parametrize(("choice", "theme"), [(Choice.LIGHT, LIGHT), (Choice.DARK, DARK)])
def test_it_is_painted_in_the_theme(palette, appearance, choice, theme):
    appearance.choose(choice)
    image = palette.entries.viewport().grab().toImage()
    row = rows(palette, Group.LAYER)["dense"]
    chip = palette.entries.visualItemRect(row).topLeft()
    assert image.pixelColor(chip.x() + 17, chip.y() + 8).name() == theme.accent_soft


def test_in_a_right_to_left_language_the_icons_are_on_the_right(palette, appearance):
    appearance.choose(Choice.LIGHT)
    palette.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    image = palette.entries.viewport().grab().toImage()
    row = palette.entries.visualItemRect(rows(palette, Group.LAYER)["dense"])
    assert image.pixelColor(row.right() - 17, row.top() + 8).name() == LIGHT.accent_soft
