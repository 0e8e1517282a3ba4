"""The button that mends what the critic has found."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from annstudio.ui.icons import icon
from annstudio.ui.theme import theme_of

_ICON = 14
_AROUND = 44
"""Pixels that the icon and the edges take."""
_SPARE = 4
"""Without it, rounding would shorten a label that just fits."""


class FixButton(QToolButton):
    """Says what it would do, shortened where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = ""
        self.setProperty("role", "fix")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._renew_icon()

    def show_label(self, label: str) -> None:
        """Say that it does this; an empty label means that there is nothing it could do."""
        self._label = label
        spoken = self.tr("Fix: {label}").format(label=label)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.setVisible(bool(label))
        self._shorten()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Have room for the whole label."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._label) + _AROUND + _SPARE, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Make do with little room."""
        return QSize(2 * _AROUND, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the label to the room."""
        super().resizeEvent(event)
        self._shorten()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._renew_icon()

    def _shorten(self) -> None:
        room = max(self.width(), 2 * _AROUND) - _AROUND
        shown = self.fontMetrics().elidedText(self._label, Qt.TextElideMode.ElideRight, room)
        # An ampersand would be taken for the mark of a key.
        self.setText(shown.replace("&", "&&"))

    def _renew_icon(self) -> None:
        self.setIcon(icon("wrench", theme_of(self.palette()).accent))
