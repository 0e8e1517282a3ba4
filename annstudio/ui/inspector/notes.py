"""What the program knows about an entry, as running text: formula, advice, origin."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from annstudio.ui.fonts import formula_font
from annstudio.ui.translate import translate


def label(role: str = "", parent: QWidget | None = None) -> QLabel:
    """Return an empty label for plain text of any length that wraps and can be copied.

    Args:
        role: "title", "heading" or "muted" of the style sheet, or nothing for running text.
    """
    made = QLabel(parent)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return _wrapping(made)


def formula_label() -> QLabel:
    """Return an empty label for a formula."""
    made = label()
    made.setFont(formula_font())
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


class Notes(QLabel):
    """Short paragraphs, each after a bold word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        _wrapping(self)

    def show_notes(self, notes: Sequence[tuple[str, str]]) -> None:
        """Show the paragraphs that say something.

        Args:
            notes: (translated bold word, marked text) each.
        """
        said = [(word, translate(text)) for word, text in notes if text]
        self.setText("".join(_paragraph(word, text) for word, text in said))
        self.setVisible(bool(said))


def _paragraph(word: str, text: str) -> str:
    return f"<p style='margin: 0 0 6px 0'><b>{escape(word)}</b> {escape(text)}</p>"


def _wrapping(made: QLabel) -> QLabel:
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made
