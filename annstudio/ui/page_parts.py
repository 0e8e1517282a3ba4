"""What the pages of labs are put together from."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from annstudio.ui.racing.colors import racer_color


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


def heading(text: str) -> QLabel:
    """Return the name of a part; it may be cut off in a narrow window, but does not widen it."""
    made = QLabel(text)
    made.setProperty("role", "heading")
    made.setMinimumWidth(1)
    return made


def scrolled(*parts: QWidget | QLayout, below: Sequence[QWidget] = ()) -> QScrollArea:
    """Return parts below each other; where they do not fit, they scroll.

    Args:
        parts: from above on.
        below: at the lower edge, as wide as they need.
    """
    inner = QWidget()
    panel = QVBoxLayout(inner)
    panel.setContentsMargins(16, 12, 16, 12)
    panel.setSpacing(8)
    for part in parts:
        if isinstance(part, QLayout):
            panel.addLayout(part)
        else:
            panel.addWidget(part)
    panel.addStretch(1)
    for button in below:
        panel.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(inner)
    scroll.setMinimumWidth(200)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return scroll


def picture_beside(panel: QWidget, *parts: QWidget) -> QSplitter:
    """Return a picture, with what stands below it, on the left, and a panel on the right of it."""
    left = QWidget()
    column = QVBoxLayout(left)
    column.setContentsMargins(14, 10, 10, 12)
    column.setSpacing(6)
    for number, part in enumerate(parts):
        column.addWidget(part, int(not number))
    columns = QSplitter(Qt.Orientation.Horizontal)
    columns.addWidget(left)
    columns.addWidget(panel)
    columns.setSizes([910, 456])
    for place, share in enumerate((2, 1)):
        columns.setStretchFactor(place, share)
    columns.setHandleWidth(1)
    columns.setChildrenCollapsible(False)
    return columns


def stack_in(room: QWidget, *parts: QWidget) -> None:
    """Fill a widget with parts below each other; the last one takes the room."""
    whole = QVBoxLayout(room)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    for part in parts:
        whole.addWidget(part, int(part is parts[-1]))


def page_layout(page: QWidget, picture: QWidget, *parts: QWidget) -> None:
    """Put a picture on the left of a page, and parts below each other on its right."""
    stack_in(page, picture_beside(scrolled(*parts), picture))


def swatch(number: int | None) -> QIcon:
    """Return a stroke in the color of one of several that are compared; nothing for None."""
    picture = QPixmap(24, 24)
    picture.fill(Qt.GlobalColor.transparent)
    if number is not None:
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(racer_color(number))
        painter.drawRoundedRect(3, 8, 18, 8, 4, 4)
        painter.end()
    icon = QIcon(picture)
    # Otherwise, the look tints it where the row is selected, and the curve has another color.
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
