"""The small field in which a weight is set by hand."""

from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annstudio.training.by_hand import WEIGHT
from annstudio.ui.inspector.fields import NumberField
from annstudio.ui.inspector.numbers import shown_number

_WIDTH, _HEIGHT = 132, 30
_STEP = 0.1
_ABOVE = 10


class WeightField(NumberField):
    """Opens at a weight; Enter sets it, the arrows and the wheel set it step by step, Escape leaves it."""

    closed = Signal()
    """Nothing more will be entered."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(WEIGHT, parent)
        self._over = parent
        self.resize(_WIDTH, _HEIGHT)
        self.hide()

    def open_at(self, value: "np.floating[Any]", name: str, pixel: QPoint) -> None:
        """Offer a weight for editing.

        Args:
            value: as it is now.
            name: of the weight, for a screen reader.
            pixel: of the parent, where it is.
        """
        self.setAccessibleName(name)
        room = self._over.rect()
        left = min(max(4, pixel.x() - _WIDTH // 2), room.width() - _WIDTH - 4)
        top = min(max(4, pixel.y() - _HEIGHT - _ABOVE), room.height() - _HEIGHT - 4)
        self.move(left, top)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.offer(value)

    def offer(self, value: "np.floating[Any]") -> None:
        """Show a number, ready to be typed over."""
        # The digits that its own precision holds, not those that double precision would show.
        self.show_value(float(str(value)))
        self.lineEdit().selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape, and on Enter where nothing was typed."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (enter and not self.pending):
            self.show_value(self._value)
            self.closed.emit()
        else:
            super().keyPressEvent(event)
        # A spin box passes Enter on, and the view behind would take it for the wish to set the weight once more.
        event.accept()

    def stepBy(self, steps: int) -> None:
        """Ask for the next tenth; any number is allowed, so the range says nothing about a good step."""
        self.entered.emit(shown_number(round((self._value + steps * _STEP) / _STEP) * _STEP))
        self.lineEdit().selectAll()
