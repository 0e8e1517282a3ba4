import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annstudio.engine.layers import layers
from annstudio.project.templates import templates
from annstudio.ui.appearance import Choice
from annstudio.ui.canvas.mime import layer_of
from annstudio.ui.palette import Palette
from annstudio.ui.palette_list import Group, Role
from annstudio.ui.theme import DARK, LIGHT

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def palette(qtbot):
    palette = Palette()
    qtbot.addWidget(palette)
    palette.resize(195, 600)
    with qtbot.waitExposed(palette):
        palette.show()
    return palette


def rows(palette, group):
    return {row.data(Role.KEY): row for row in palette.entries.rows() if row.data(Role.GROUP) == group}


def middle(palette, row):
    return palette.entries.visualItemRect(row).center()


def shown(palette):
    return [row.text() for row in palette.entries.rows() if not row.isHidden()]


def test_it_lists_the_registries(palette):
    assert list(rows(palette, Group.LAYER)) == list(layers)
    assert list(rows(palette, Group.TEMPLATE)) == list(templates)


def test_layers_stand_under_the_heading_of_their_category(palette):
    heading, found = "", {}
    for row in palette.entries.rows():
        if row.data(Role.GROUP) == Group.HEADING:
            assert row.text() not in found
            heading = row.text()
            found[heading] = []
        else:
            found[heading].append(row.data(Role.KEY))
    assert next(iter(found)) == "Layers"
    assert list(found)[-1] == "Start from"
    for category, kinds in list(found.items())[:-1]:
        assert kinds == [key for key, layer in layers.items() if layer.info.category == category]


def test_every_entry_tells_what_it_is(palette):
    for registry, group in ((layers, Group.LAYER), (templates, Group.TEMPLATE)):
        for key, row in rows(palette, group).items():
            assert row.text() == registry[key].info.label
            assert registry[key].info.summary in row.data(Qt.ItemDataRole.AccessibleDescriptionRole)
            assert row.toolTip()
    assert palette.entries.accessibleName()
    assert palette.search.accessibleName()


@pytest.mark.parametrize("kind", list(layers))
def test_a_double_click_on_a_layer_activates_it(palette, qtbot, kind):
    spot = middle(palette, rows(palette, Group.LAYER)[kind])
    with qtbot.waitSignal(palette.layer_activated) as heard:
        QTest.mouseDClick(palette.entries.viewport(), LEFT, pos=spot)
    assert heard.args == [kind]


def test_a_single_click_on_a_layer_only_selects_it(palette, qtbot):
    spot = middle(palette, rows(palette, Group.LAYER)["dense"])
    with qtbot.assertNotEmitted(palette.layer_activated):
        QTest.mouseClick(palette.entries.viewport(), LEFT, pos=spot)
    assert palette.entries.currentItem().data(Role.KEY) == "dense"


@pytest.mark.parametrize("key", list(templates))
def test_a_click_on_a_template_activates_it(palette, qtbot, key):
    row = rows(palette, Group.TEMPLATE)[key]
    palette.entries.scrollToItem(row)
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
    palette.template_activated.connect(heard.append)
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    for _ in range(len(layers) + len(templates)):
        QTest.keyClick(palette.entries, Qt.Key.Key_Return)
        QTest.keyClick(palette.entries, Qt.Key.Key_Down)
    assert heard == [*layers, *templates]


@pytest.mark.parametrize("words", ["dens", "DENSE", "weighted sum"])
def test_the_search_filters_by_name_and_by_what_is_said(palette, words):
    palette.search.setText(words)
    assert layers["dense"].info.label in shown(palette)
    assert layers["input"].info.label not in shown(palette)
    palette.search.clear()
    assert len(shown(palette)) == palette.entries.count()


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
def test_a_layer_is_dragged_with_a_picture(palette, monkeypatch, kind):
    ((begun, action),) = drag(palette, rows(palette, Group.LAYER)[kind], monkeypatch)
    assert layer_of(begun.mimeData()) == kind
    assert action is Qt.DropAction.CopyAction
    assert begun.pixmap().width() > begun.pixmap().height() > 20


def test_a_template_is_not_dragged(palette, monkeypatch):
    row = next(iter(rows(palette, Group.TEMPLATE).values()))
    assert drag(palette, row, monkeypatch) == []


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
