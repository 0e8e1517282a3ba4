"""The gallery as people use it: real tiles, real keys and clicks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel

from annstudio.project.templates import templates
from annstudio.ui.appearance import Choice
from annstudio.ui.gallery.dialog import GalleryDialog
from annstudio.ui.theme import DARK, LIGHT

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
KEYS = list(templates)


@pytest.fixture
def closed_gallery(qtbot, dressed):
    gallery = GalleryDialog()
    qtbot.addWidget(gallery)
    gallery.resize(1060, 690)
    yield gallery
    gallery.reject()


@pytest.fixture
def gallery(qtbot, closed_gallery):
    with qtbot.waitExposed(closed_gallery):
        closed_gallery.show()
    return closed_gallery


def tile(gallery, key):
    return next(tile for tile in gallery.shelves.tiles if tile.key == key)


def shown(gallery):
    return [tile.key for row in gallery.shelves.rows for tile in row]


def press(gallery, *keys):
    """Press keys where the focus is."""
    for key in keys:
        QTest.keyClick(gallery.focusWidget(), key)


def open_button(gallery):
    return gallery.buttons.button(QDialogButtonBox.StandardButton.Open)


def test_every_template_has_a_tile_under_the_heading_of_its_group(gallery):
    assert shown(gallery) == KEYS
    headings = [label for label in gallery.shelves.findChildren(QLabel) if label.property("role") == "heading"]
    assert [label.text() for label in headings] == list(dict.fromkeys(t.info.category for t in templates.values()))
    for label in headings:
        group = [key for key in KEYS if templates[key].info.category == label.text()]
        tops = [tile(gallery, key).y() for key in group]
        assert label.y() < min(tops)
        assert all(other.y() < label.y() or other.y() > max(tops) for other in headings if other is not label)


def test_tiles_do_not_cover_each_other_and_show_their_whole_reason(gallery):
    tiles = gallery.shelves.tiles
    for number, one in enumerate(tiles):
        assert one.height() >= one.heightForWidth(one.width())
        assert gallery.shelves.rect().contains(one.geometry())
        assert not any(one.geometry().intersects(other.geometry()) for other in tiles[:number])


@pytest.mark.parametrize(("width", "columns"), [(1060, 4), (640, 2), (360, 1)])
def test_there_are_as_many_columns_as_there_is_room_for(gallery, width, columns):
    gallery.resize(width, 400)
    assert len(gallery.shelves.rows[0]) == columns
    assert shown(gallery) == KEYS


def test_a_tile_tells_a_screen_reader_what_it_is(gallery):
    for key in KEYS:
        each = tile(gallery, key)
        assert each.accessibleName() == templates[key].info.label
        assert templates[key].info.summary in each.accessibleDescription()
        assert ("Flawed on purpose" in each.accessibleDescription()) is bool(templates[key].flaw)
    assert gallery.field.accessibleName()


def test_nothing_is_built_before_the_window_has_appeared(closed_gallery, qtbot, monkeypatch):
    built = []
    monkeypatch.setattr("annstudio.ui.gallery.dialog.preview", built.append)
    qtbot.wait(50)
    assert built == []
    closed_gallery.show()
    qtbot.waitUntil(lambda: built == KEYS)


def test_the_pictures_come_by_themselves_and_differ(gallery, qtbot):
    qtbot.waitUntil(lambda: all(each.has_preview for each in gallery.shelves.tiles), timeout=10_000)
    pictures = [tile(gallery, key).grab().toImage() for key in ("exam", "spiral", "digits", "deep_he")]
    assert all(one != other for number, one in enumerate(pictures) for other in pictures[:number])


def test_closing_stops_the_work_on_pictures(gallery, qtbot):
    gallery.reject()
    done = sum(each.has_preview for each in gallery.shelves.tiles)
    qtbot.wait(50)
    assert sum(each.has_preview for each in gallery.shelves.tiles) == done


def test_a_picture_that_cannot_be_made_is_reported_and_the_others_come(gallery, qtbot, monkeypatch):
    monkeypatch.setattr(templates["exam"], "build", lambda template: 1 / 0)
    with qtbot.captureExceptions() as exceptions:
        another = GalleryDialog()
        qtbot.addWidget(another)
        another.show()
        qtbot.waitUntil(lambda: tile(another, KEYS[-1]).has_preview, timeout=10_000)
        another.reject()
    assert [kind for kind, _, _ in exceptions] == [ZeroDivisionError]
    assert not tile(another, "exam").has_preview


def test_nothing_is_chosen_at_first(gallery):
    assert gallery.key is None
    assert not open_button(gallery).isEnabled()
    assert gallery.field.hasFocus()


def test_a_click_chooses_and_open_opens(gallery):
    QTest.mouseClick(tile(gallery, "circle"), LEFT)
    assert gallery.key == "circle"
    assert gallery.isVisible()
    QTest.mouseClick(open_button(gallery), LEFT)
    assert (gallery.result(), gallery.key) == (QDialog.DialogCode.Accepted, "circle")


def test_a_double_click_opens(gallery):
    QTest.mouseClick(tile(gallery, "line"), LEFT)
    QTest.mouseDClick(tile(gallery, "line"), LEFT)
    assert (gallery.result(), gallery.key) == (QDialog.DialogCode.Accepted, "line")


def test_escape_opens_nothing(gallery):
    QTest.mouseClick(tile(gallery, "line"), LEFT)
    press(gallery, KEY.Key_Escape)
    assert gallery.result() == QDialog.DialogCode.Rejected
    assert not gallery.isVisible()


def test_arrows_go_through_the_tiles_as_they_are_seen(gallery):
    rows = [[each.key for each in row] for row in gallery.shelves.rows]
    press(gallery, KEY.Key_Down)
    assert gallery.key == rows[0][0]
    for pressed, key in (
        (KEY.Key_Right, rows[0][1]),
        (KEY.Key_Down, rows[1][1]),
        (KEY.Key_Left, rows[1][0]),
        (KEY.Key_Left, rows[0][-1]),
        (KEY.Key_Up, rows[0][-1]),
        (KEY.Key_End, rows[-1][-1]),
        (KEY.Key_Right, rows[-1][-1]),
        (KEY.Key_Down, rows[-1][-1]),
        (KEY.Key_Home, rows[0][0]),
    ):
        press(gallery, pressed)
        assert gallery.key == key
        assert tile(gallery, key).hasFocus()


def test_a_short_row_takes_what_comes_from_a_longer_one(gallery):
    lengths = [len(row) for row in gallery.shelves.rows]
    number = next(number for number in range(1, len(lengths)) if lengths[number] < lengths[number - 1])
    gallery.shelves.rows[number - 1][-1].setFocus()
    press(gallery, KEY.Key_Down)
    assert gallery.key == gallery.shelves.rows[number][-1].key


def test_the_chosen_tile_is_in_sight(gallery, qtbot):
    press(gallery, KEY.Key_Down, KEY.Key_End)
    last = tile(gallery, KEYS[-1])
    assert last.visibleRegion().boundingRect().height() == last.height()


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Enter])
def test_enter_opens(gallery, key):
    press(gallery, KEY.Key_Down, KEY.Key_Right, key)
    assert (gallery.result(), gallery.key) == (QDialog.DialogCode.Accepted, KEYS[1])


def test_in_a_right_to_left_language_left_leads_on(gallery):
    gallery.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    gallery.resize(800, 600)
    press(gallery, KEY.Key_Down)
    first = tile(gallery, KEYS[0])
    press(gallery, KEY.Key_Left)
    assert gallery.key == KEYS[1]
    assert tile(gallery, KEYS[1]).x() < first.x()


def test_the_search_chooses_its_first_hit_and_enter_opens_it(gallery):
    QTest.keyClicks(gallery.field, "vanish")
    assert gallery.key == shown(gallery)[0]
    assert "deep_logistic" in shown(gallery)
    assert "circle" not in shown(gallery)
    press(gallery, KEY.Key_Return)
    assert gallery.result() == QDialog.DialogCode.Accepted


def test_typing_at_a_tile_searches(gallery):
    tile(gallery, "exam").setFocus()
    QTest.keyClicks(gallery.focusWidget(), "d")
    QTest.keyClicks(gallery.focusWidget(), "igits")
    assert gallery.field.text() == "digits"
    assert shown(gallery) == ["digits", "digits_filters"]


def test_headings_without_a_hit_go_and_come_back(gallery):
    def headings():
        return [
            label.text()
            for label in gallery.shelves.findChildren(QLabel)
            if label.isVisible() and label.property("role") == "heading"
        ]

    before = headings()
    gallery.field.setText("flawed")
    assert headings() == ["Broken on purpose"]
    gallery.field.clear()
    assert headings() == before
    assert shown(gallery) == KEYS
    assert gallery.key is None


def test_a_search_in_vain_says_so_and_opens_nothing(gallery):
    gallery.field.setText("there is no such thing")
    assert shown(gallery) == []
    assert any(label.text() == "No example speaks of that." and label.isVisible() for label in labels(gallery))
    press(gallery, KEY.Key_Down, KEY.Key_Return)
    assert gallery.isVisible()
    assert gallery.key is None


def labels(gallery):
    return gallery.findChildren(QLabel)


def test_what_is_wrong_is_told_of_the_chosen_one_only(gallery):
    tile(gallery, "zero_weights").setFocus()
    assert any(label.text() == templates["zero_weights"].flaw for label in labels(gallery))
    tile(gallery, "exam").setFocus()
    assert not any("mend" in label.text() for label in labels(gallery))


@pytest.mark.parametrize(("choice", "theme"), [(Choice.LIGHT, LIGHT), (Choice.DARK, DARK)])
def test_it_is_painted_in_the_theme(gallery, appearance, choice, theme, qtbot):
    qtbot.waitUntil(lambda: tile(gallery, "exam").has_preview, timeout=10_000)
    appearance.choose(choice)
    image = tile(gallery, "exam").grab().toImage()
    colors = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert {theme.background, theme.card, theme.accent} <= colors


def test_words_of_a_heading_are_found(gallery):
    """Not every example that is broken on purpose says so itself."""
    QTest.keyClicks(gallery.field, "broken")
    category = next(t.info.category for t in templates.values() if "roken" in t.info.category)
    assert {key for key in KEYS if templates[key].info.category == category} <= set(shown(gallery))


def test_a_word_in_the_name_wins_over_one_in_the_reason(gallery):
    QTest.keyClicks(gallery.field, "vanish")
    assert len(shown(gallery)) > 1
    assert templates[gallery.key].info.label.startswith("Vanishing gradient")
    assert shown(gallery)[0] == gallery.key
