"""The view of a network as neurons and links: reads it, and sets weights by hand."""

from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from annstudio.core.errors import UserError
from annstudio.project.model import Project
from annstudio.project.unroll import origins
from annstudio.training.by_hand import WEIGHT
from annstudio.ui.canvas.bubble import Bubble
from annstudio.ui.canvas.gestures import PanGesture
from annstudio.ui.document import Document
from annstudio.ui.neurons.reading_view import REACH, ReadingView
from annstudio.ui.neurons.things import Bias, Link, Thing, Weight
from annstudio.ui.neurons.weight_field import WeightField
from annstudio.ui.neurons.words import value_of
from annstudio.ui.translate import translate

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NeuronView(ReadingView):
    """A click, or Enter, sets a weight, and selects any other thing's layer; dragging the ground moves the view."""

    node_clicked = Signal(object)
    """(node id: str | None): a layer was clicked, or the ground."""
    activated = Signal(str)
    """(node id): the user wants a layer's settings."""
    weight_touched = Signal()
    """A weight is about to be set: training should not carry it away meanwhile."""
    weight_entered = Signal(str, str, object, float, str)
    """(name, name of the layer, place: WeightPlace, value, gesture): a weight is to be set."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        self._edited: Weight | None = None
        self._openings = 0
        self._pan: PanGesture | None = None
        self._pressed: tuple[QPoint, Thing | None] | None = None
        super().__init__(document, parent)
        self._bubble, self._field = Bubble(self), WeightField(self)
        self._field.installEventFilter(self._bubble)
        self._field.entered.connect(self._on_entered)
        self._field.closed.connect(self._close_field)
        self._field.left.connect(self._on_field_left)

    def edit(self, weight: Weight) -> None:
        """Open the field for a weight; nothing happens where it is not known or belongs to another network."""
        place = self.scene_of_neurons.drawn.picker.place(weight)
        if place is None or not self._is_current():
            return
        self.weight_touched.emit()
        value = self._value_of(weight)
        if value is None:
            return
        self.point_out(weight)
        self._edited, self._openings = weight, self._openings + 1
        self._field.open_at(value, self._popup.reading.sentence, self._pixel(place))
        self._popup.hide()

    def commit(self) -> None:
        """Let what stands in the field count, if it is open."""
        if self._edited is not None:
            self._field.commit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the view, or read what the pointer is on."""
        if self._pan is not None:
            pixel = event.position().toPoint()
            self._pan.move(self.mapToScene(pixel), pixel)
        elif self._pressed is None and self._edited is None:
            super().mouseMoveEvent(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the ground, or of a thing."""
        pixel = event.position().toPoint()
        thing = self._thing_at(pixel)
        left = event.button() is Qt.MouseButton.LeftButton
        if event.button() is Qt.MouseButton.MiddleButton or (left and thing is None):
            self._popup.hide()
            self._pan = PanGesture(self, pixel)
        if left:
            self._pressed = pixel, thing
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the ground, or do what a click means."""
        pan, self._pan = self._pan, None
        pressed, self._pressed = self._pressed, None
        pixel = event.position().toPoint()
        moved = pressed is not None and (pixel - pressed[0]).manhattanLength() > REACH
        if pan is not None:
            pan.finish(self.mapToScene(pixel))
            if moved or pressed is None:
                self.leave_fit()
        if pressed is not None and not moved:
            self._click(pressed[1])
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for a layer's settings."""
        thing = self._thing_at(event.position().toPoint())
        if thing is not None and not isinstance(thing, Link | Bias):
            self.activated.emit(self._original(thing.node_id))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Set the weight that is pointed out, or ask for a layer's settings, on Enter; walk otherwise."""
        thing = self.marked
        if event.key() not in _ENTER or thing is None:
            super().keyPressEvent(event)
        elif isinstance(thing, Link | Bias):
            self.edit(thing)
        else:
            self.activated.emit(self._original(thing.node_id))

    def _click(self, thing: Thing | None) -> None:
        if isinstance(thing, Link | Bias):
            self.edit(thing)
        else:
            self.node_clicked.emit(self._original(thing.node_id) if thing is not None else None)

    def _may_read(self) -> bool:
        return self._edited is None and self._pan is None

    def _catch_up(self) -> None:
        super()._catch_up()
        value = self._value_of(self._edited) if self._edited is not None else None
        # The number at which training has come to rest, as long as no other is being typed.
        if value is not None and not self._field.pending:
            self._field.offer(value)

    def _value_of(self, weight: Weight) -> "np.floating[Any] | None":
        return value_of(weight, self._snapshot.weights) if self._snapshot is not None else None

    def _original(self, node_id: str) -> str:
        """Return the layer of the design that a drawn layer is, or is a copy of."""
        return origins(self._document.project.design)[node_id]

    def _close_field(self) -> None:
        edited, self._edited = self._edited, None
        if edited is not None:
            self._field.hide()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.point_out(edited)

    def _let_go(self) -> None:
        """Forget what the pointer holds: a thing that is pressed may not be there any more."""
        if self._pan is not None:
            self._pan.cancel()
        self._pan = self._pressed = None

    def _on_entered(self, typed: str) -> None:
        edited = self._edited
        if edited is None:
            return
        try:
            value = WEIGHT.check(typed)
        except UserError as error:
            self._field.show_refusal()
            self._bubble.say(translate(error.message), self._field.geometry().bottomLeft())
            return
        words = self.scene_of_neurons.drawn.words
        stepped = not self._field.pending
        gesture = f"set {self._openings}" if stepped else ""
        self.weight_entered.emit(words.symbol(edited), words.title(edited.node_id), edited.place, value, gesture)
        if stepped:
            self._field.show_value(value)
        else:
            self._close_field()

    def _on_field_left(self) -> None:
        """Close the field when the focus goes elsewhere; what was typed has been entered by then."""
        self._edited = None
        self._field.hide()

    def _on_document_changed(self, before: Project, after: Project) -> None:
        self._let_go()
        self._on_field_left()
        super()._on_document_changed(before, after)
