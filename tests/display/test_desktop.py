"""The hands and eyes of the other tests, tried on a window whose answers are known."""

import sys
from pathlib import Path

import pytest

from tests.display.desktop import Desktop, Window

BLUE, RED, GREEN = (40, 120, 181), (200, 30, 30), (30, 160, 60)

PROGRAM = f"""
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QDrag, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

app = QApplication([])


class Field(QWidget):
    def __init__(self, text):
        super().__init__()
        self.text = text
        self.setAcceptDrops(text == "target")
        self.setAutoFillBackground(True)
        self.paint({BLUE})

    def paint(self, color):
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(*color))
        self.setPalette(palette)

    def mouseMoveEvent(self, event):
        drag = QDrag(self)
        data = QMimeData()
        data.setText(self.text)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)

    def mousePressEvent(self, event):
        pass

    def mouseDoubleClickEvent(self, event):
        self.paint({RED})

    def dragEnterEvent(self, event):
        event.acceptProposedAction()

    def dropEvent(self, event):
        event.acceptProposedAction()
        self.paint({GREEN})


window = QWidget()
window.setWindowTitle("The tried window")
layout = QVBoxLayout(window)
source, target, line = Field("source"), Field("target"), QLineEdit()
layout.addWidget(source, 1)
layout.addWidget(target, 1)
layout.addWidget(line)
line.returnPressed.connect(lambda: window.setWindowTitle(line.text()))
line.setFocus()
window.resize(300, 300)
window.show()
raise SystemExit(app.exec())
"""

SOURCE, TARGET = (150, 60), (150, 190)


@pytest.fixture
def window(desktop: Desktop, tmp_path: Path) -> Window:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    desktop.start([sys.executable, program])
    return desktop.wait_window("^The tried window$")


def _wait_color(desktop: Desktop, place: tuple[int, int], color: tuple[int, int, int]) -> None:
    desktop.wait_until(lambda: desktop.pixel(*place) == color, f"{place} is {color}")


def test_sees_colors_and_takes_pictures(desktop: Desktop, window: Window, tmp_path: Path) -> None:
    _wait_color(desktop, window.at(*SOURCE), BLUE)
    assert set(desktop.pixels(*window.at(*SOURCE), 4, 3)) == {BLUE}
    assert desktop.screenshot(tmp_path / "all.png").stat().st_size > 0


def test_drags_and_drops(desktop: Desktop, window: Window) -> None:
    _wait_color(desktop, window.at(*TARGET), BLUE)
    desktop.drag(*window.at(*SOURCE), *window.at(*TARGET))
    _wait_color(desktop, window.at(*TARGET), GREEN)
    assert desktop.pixel(*window.at(*SOURCE)) == BLUE


def test_double_clicks(desktop: Desktop, window: Window) -> None:
    desktop.click(*window.at(*SOURCE), repeat=2)
    _wait_color(desktop, window.at(*SOURCE), RED)


def test_types(desktop: Desktop, window: Window) -> None:
    desktop.click(*window.at(150, -25))
    desktop.type("Neurons (2)")
    desktop.key("Return")
    assert desktop.wait_window(r"^Neurons \(2\)$").id == window.id


def test_closes_a_window(desktop: Desktop, window: Window) -> None:
    desktop.close_window(window)
    desktop.wait_until(lambda: not desktop.windows("^The tried window$"), "the window is closed")


def test_says_what_an_app_printed_when_a_window_does_not_come(desktop: Desktop) -> None:
    desktop.start([sys.executable, "-c", "print('no window today')"]).wait()
    with pytest.raises(TimeoutError, match=r"(?s)nowhere.*no window today"):
        desktop.wait_window("^nowhere$", seconds=0.2)
