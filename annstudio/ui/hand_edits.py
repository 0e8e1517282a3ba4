"""Weights set by hand, on the same undo stack as the edits of the project."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand

from annstudio.training.by_hand import WeightPlace
from annstudio.ui.document import Document
from annstudio.ui.inspector.numbers import shown_number
from annstudio.ui.run_controller import RunController


class HandEdits(QObject):
    """Sets single weights of the network that is shown; training in between is no step of the undo history.

    Args:
        document: whose undo stack takes the edits.
        controller: has the weights.
    """

    def __init__(self, document: Document, controller: RunController) -> None:
        super().__init__(controller)
        self._document, self._controller = document, controller

    def set_weight(self, name: str, layer: str, place: WeightPlace, value: float, gesture: str = "") -> None:
        """Set a weight; undoing it brings back this one weight, whatever training has made of the others since.

        Args:
            name: of the weight, "w₂₁".
            layer: name of its layer, translated.
            place: where it is; in the network of the last snapshot.
            value: see by_hand.WEIGHT.
            gesture: edits in a row with the same non-empty gesture become one.
        """
        before = self._controller.weight(place)
        if before is None or type(before)(value) == before:
            return
        text = self.tr("Set {weight} of {layer} to {value}").format(
            weight=name, layer=layer, value=shown_number(value).replace("-", "−")
        )
        way = float(before), float(type(before)(value))
        self._document.undo_stack.push(_SetWeight(self._controller, place, way, text, gesture))


class _SetWeight(QUndoCommand):
    """Going from one number to another, and back, until Reset: a fresh network never had either of them."""

    def __init__(
        self, controller: RunController, place: WeightPlace, way: tuple[float, float], text: str, gesture: str
    ) -> None:
        super().__init__(text)
        self._controller, self._place, self._gesture = controller, place, gesture
        self._before, self._after = way
        self._resets = controller.resets

    def undo(self) -> None:
        self._set(self._before)

    def redo(self) -> None:
        self._set(self._after)

    def id(self) -> int:
        return hash(self._gesture) & 0x7FFFFFFF if self._gesture else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _SetWeight) or other._what != self._what:
            return False
        self._after = other._after
        self.setText(other.text())
        self.setObsolete(self._after == self._before)
        return True

    @property
    def _what(self) -> tuple[str, WeightPlace, int]:
        return self._gesture, self._place, self._resets

    def _set(self, value: float) -> None:
        if self._resets == self._controller.resets:
            self._controller.set_weight(self._place, value)
        else:
            self.setObsolete(True)
