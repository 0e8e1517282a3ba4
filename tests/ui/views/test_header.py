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


def test_what_does_not_fit_is_left_out(shown):
    header = Header("A rather long title")
    header.set_caption(Key("first"), Key("second", LIGHT.color("accent")))
    shown(header, 200, 26)
    caption = header.findChild(Caption)
    assert colors(caption) == []
    assert caption.toolTip() == "first · second"
