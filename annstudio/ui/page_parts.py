"""What the pages of labs are put together from."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QSplitter, QVBoxLayout, QWidget

from annstudio.ui.optimizer_lab.colors import racer_color


def label(role: str, text: str = "") -> QLabel:
    """Return a label whose text may take several lines."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(True)
    return made


def caption_label(rows: QFormLayout, field: QWidget) -> QLabel:
    """Return the label beside a field of a form."""
    found = rows.labelForField(field)
    assert isinstance(found, QLabel)
    return found


def page_layout(page: QWidget, picture: QWidget, *parts: QWidget) -> None:
    """Put a picture on the left of a page, and parts below each other on its right."""
    left = QWidget()
    column = QVBoxLayout(left)
    column.setContentsMargins(14, 10, 10, 12)
    column.addWidget(picture)
    inner = QWidget()
    panel = QVBoxLayout(inner)
    panel.setContentsMargins(16, 12, 16, 12)
    panel.setSpacing(8)
    for part in parts:
        panel.addWidget(part)
    panel.addStretch(1)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(inner)
    scroll.setMinimumWidth(200)
    columns = QSplitter(Qt.Orientation.Horizontal)
    columns.addWidget(left)
    columns.addWidget(scroll)
    columns.setSizes([910, 456])
    for place, share in enumerate((2, 1)):
        columns.setStretchFactor(place, share)
    columns.setHandleWidth(1)
    columns.setChildrenCollapsible(False)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(columns)


def color_of(number: int) -> QColor:
    """Return the color of one of several that are compared."""
    return racer_color(number)


def swatch(number: int | None) -> QIcon:
    """Return a stroke in the color of one of several that are compared; nothing for None."""
    picture = QPixmap(24, 24)
    picture.fill(Qt.GlobalColor.transparent)
    if number is not None:
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color_of(number))
        painter.drawRoundedRect(3, 8, 18, 8, 4, 4)
        painter.end()
    icon = QIcon(picture)
    # Otherwise, the look tints it where the row is selected, and the curve has another color.
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
