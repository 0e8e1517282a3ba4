from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from annstudio.core.texts import Text
from annstudio.training.report import Paragraph
from annstudio.ui.report_window import ReportWindow

REPORT = [Paragraph("How", (Text("It ran."), Text("It went well."))), Paragraph("", (Text("More."),))]


def test_it_is_shown_and_copied(qtbot, dressed):
    window = ReportWindow(REPORT, None)
    qtbot.addWidget(window)
    window.show()
    assert [label.text() for label in window.findChildren(QLabel)] == ["How", "It ran. It went well.", "More."]
    qtbot.mouseClick(window.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "How\nIt ran. It went well.\n\nMore."
    assert window.copy_button.text() == "Copied"


def test_without_a_run_it_says_what_to_do(qtbot, dressed):
    window = ReportWindow([], None)
    qtbot.addWidget(window)
    assert "press Run" in window.findChildren(QLabel)[0].text()
    assert not window.copy_button.isEnabled()
