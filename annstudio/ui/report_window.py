"""Run > Report: a run in plain words."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annstudio.training.report import Paragraph
from annstudio.ui.inspector.notes import label
from annstudio.ui.scrolling import scrolling
from annstudio.ui.translate import translate

_SIZE = QSize(520, 460)
_SHARE = 0.9


class ReportWindow(QDialog):
    """Shows a report, and copies it.

    Args:
        paragraphs: of the report; where there are none, it says so.
        parent: the window.
    """

    def __init__(self, paragraphs: Sequence[Paragraph], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Report of the run"))
        self._paragraphs = [
            (translate(each.heading), " ".join(translate(part) for part in each.sentences)) for each in paragraphs
        ]
        self.copy_button, close = QPushButton(self.tr("&Copy")), QPushButton(self.tr("Close"))
        self.copy_button.clicked.connect(self._on_copy)
        self.copy_button.setEnabled(bool(paragraphs))
        close.clicked.connect(self.reject)
        close.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(14)
        column.addWidget(self._scrolling(), 1)
        column.addLayout(buttons)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() * _SHARE))

    @property
    def text(self) -> str:
        """The whole report as plain text."""
        return "\n\n".join(f"{heading}\n{told}" if heading else told for heading, told in self._paragraphs)

    def _scrolling(self) -> QScrollArea:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(6)
        for heading, told in self._paragraphs:
            if heading:
                column.addSpacing(6)
                column.addWidget(_label(heading, "heading"))
            column.addWidget(_label(told))
        if not self._paragraphs:
            column.addWidget(_label(self.tr("There is nothing to report yet: press Run first."), "muted"))
        column.addStretch(1)
        return scrolling(content)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self.copy_button.setText(self.tr("Copied"))


def _label(told: str, role: str = "") -> QLabel:
    made = label(role)
    made.setText(told)
    return made
