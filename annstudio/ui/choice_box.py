"""A list to choose from, without a label beside it: its tip says what it is about."""

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox, QWidget


def choice_box(items: Iterable[tuple[str, object]], tip: str, parent: QWidget) -> QComboBox:
    """Return a list of texts, each with what it stands for."""
    box = QComboBox(parent)
    for text, data in items:
        box.addItem(text, data)
    box.setToolTip(tip)
    box.setAccessibleName(tip)
    return box
