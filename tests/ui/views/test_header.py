import pytest
from PySide6.QtCore import Qt

from annstudio.ui.theme import LIGHT
from annstudio.ui.views.header import Caption, Header, Key


def test_switches_switch(shown, qtbot):
    header = Header("Cost")
    told = []
    switch = header.add_switch("log", "tip", told.append)
    shown(header, 300, 26)
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    switch.setFocus()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert told == [True, False]


def test_of_a_choice_one_is_on(shown, qtbot):
    header = Header("")
    told = []
    switches = header.add_choice(["Cost", "Accuracy"], told.append)
    shown(header, 300, 26)
    qtbot.mouseClick(switches[1], Qt.MouseButton.LeftButton)
    assert told == [1]
    assert [switch.isChecked() for switch in switches] == [False, True]


def colors(caption):
    image = caption.grab().toImage()
    return [
        x for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).name() == LIGHT.accent
    ]


def test_a_legend_starts_where_reading_does(shown):
    header = Header("Cost")
    header.set_caption(Key("train", LIGHT.color("accent")))
    shown(header, 400, 26)
    caption = header.findChild(Caption)
    assert max(colors(caption)) < caption.width() / 2
    header.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert min(colors(caption)) > caption.width() / 2


FAIL, PASS = Key("Fail", LIGHT.color("accent"), mark=0), Key("Pass", LIGHT.color("accent"), mark=1)
TRAIN = Key("train", LIGHT.color("accent"))
VALIDATION = Key("validation", LIGHT.color("negative"), short="val.")


def texts(shown, width, *keys):
    caption = Caption()
    caption.set_keys(keys)
    shown(caption, width, 26)
    assert caption.toolTip() == " · ".join(key.text for key in keys)
    assert bool(colors(caption)) is any(key.color is not None for key, _ in caption.shown())
    return [text for _, text in caption.shown()]


@pytest.mark.parametrize("width", range(10, 200, 10))
def test_a_legend_is_whole_or_not_there(shown, width):
    assert len(texts(shown, width, FAIL, PASS)) in (0, 2)


def test_short_names_come_before_cut_ones(shown):
    assert texts(shown, 200, TRAIN, VALIDATION) == ["train", "validation"]
    assert texts(shown, 110, TRAIN, VALIDATION) == ["train", "val."]
    assert texts(shown, 60, TRAIN, VALIDATION) == []


def test_long_names_are_cut_alike(shown):
    names = ("Iris versicolor", "Iris virginica")
    cut = texts(shown, 140, *(Key(name, LIGHT.color("accent"), mark=0) for name in names))
    assert len(cut) == 2
    assert all(text.endswith("…") for text in cut)


def test_a_switch_gives_its_place_to_the_legend(shown):
    header = Header("Cost")
    switch = header.add_switch("log", "tip", lambda on: None)
    header.yield_to_legend(switch)
    header.set_caption(TRAIN, VALIDATION)
    shown(header, 160, 26)
    caption = header.findChild(Caption)
    for width, visible in ((160, False), (400, True), (160, False)):
        header.resize(width, 26)
        assert switch.isVisible() is visible
        header.layout().activate()
        assert len(caption.shown()) == 2
    header.resize(110, 26)
    assert switch.isVisible()
    assert caption.shown() == []


def test_plain_words_are_left_out_before_the_legend(shown):
    r2 = Key("R² = 0.97 (training)")
    assert texts(shown, 300, TRAIN, r2) == ["train", r2.text]
    assert texts(shown, 100, TRAIN, r2) == ["train"]
