"""Line of a line: the layers with their bends, the picture of both maps, and the product with its numbers."""

from concurrent.futures import Future

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from annstudio.core.errors import UserError
from annstudio.labs.linear.comparison import SIDE, Comparison, View, compare, plane
from annstudio.labs.linear.stack import Link, Stack, example, stack_of
from annstudio.training.snapshot import Snapshot
from annstudio.training.surface import lattice
from annstudio.ui.background import Background
from annstudio.ui.choice_box import choice_box
from annstudio.ui.formula.digits import written
from annstudio.ui.formula.view import FormulaView
from annstudio.ui.linear_lab.bar import OWN, LinearBar
from annstudio.ui.linear_lab.picture import LinearPicture
from annstudio.ui.page_parts import heading, label, picture_beside, scrolled, stack_in
from annstudio.ui.room import Room
from annstudio.ui.translate import translate
from annstudio.ui.views.numerals import figure

_EXTENT = 3.0
_EXPLAINED = 440
"""Pixels of height from which on there is room for explanations."""
_ROUNDING = 1e-9
"""Of the largest answer: smaller differences are rounding."""


class LinearRoom(Room):
    """Layers that bend nothing multiply to one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack: Stack | None = None
        self._view: View | None = None
        self._seed = 0
        self._beside = Background(self)
        self.found: Comparison | None = None
        self.bar = LinearBar(self)
        self.picture = LinearPicture(self.tr("Answers of all layers, and of the one they multiply to"))
        self.formulas = FormulaView(lambda value: written(value, 3), 15.0)
        self.outputs = choice_box([], self.tr("Which output is shown"), self)
        self.boxes: list[QCheckBox] = []
        self._said, self._legend = label("title"), label("muted")
        self._counted = label("muted")
        self._layers = QVBoxLayout()
        self._arrange()
        self._connect()
        self.setFocusProxy(self.bar.straight)

    def look(self) -> None:
        """Take up the network's weights, where they are looked at."""
        if self.bar.source == OWN or self._stack is None:
            self._take_source()

    def shut_down(self) -> None:
        """Call off what is being computed."""
        self._beside.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what only explains give way where there is little room."""
        super().resizeEvent(event)
        self._legend.setVisible(event.size().height() >= _EXPLAINED)

    def _arrange(self) -> None:
        self._layers.setSpacing(6)
        choice = QHBoxLayout()
        choice.addWidget(self.outputs)
        choice.addStretch(1)
        bends = heading(self.tr("Layers that bend what they pass on"))
        panel = scrolled(self._said, self._counted, bends, self._layers, choice, self.formulas)
        stack_in(self, self.bar, picture_beside(panel, self.picture, self._legend))

    def _connect(self) -> None:
        bar = self.bar
        bar.source_chosen.connect(self._on_source)
        bar.shape_chosen.connect(self._on_source)
        bar.other_weights_clicked.connect(self._on_other_weights)
        bar.all_clicked.connect(self._on_all)
        bar.picture_chosen.connect(self._show)
        self.outputs.activated.connect(self._show)

    def _on_source(self) -> None:
        self.bar.show_parts()
        self._take_source()

    def _on_other_weights(self) -> None:
        self._seed += 1
        self._take_source()

    def _on_all(self, bent: bool) -> None:
        for box in self.boxes:
            blocked = box.blockSignals(True)
            box.setChecked(bent)
            box.blockSignals(blocked)
        self._compare()

    def _take_source(self) -> None:
        try:
            if self.bar.source == OWN:
                self._stack, self._view = self._own()
            else:
                self._stack = example(self.bar.source, *self.bar.shape, self._seed)
                self._view = plane(_EXTENT, self.bar.source)
        except UserError as error:
            self._refuse(translate(error.message))
            return
        if self._stack is None:
            self._refuse(self.tr("As soon as the network can run, its layers can be looked at here."))
            return
        self._list_layers(self._stack)
        self._compare()

    def _own(self) -> tuple[Stack | None, View | None]:
        snapshot = self.snapshot
        if snapshot is None or snapshot.compiled is None or snapshot.flat is None or snapshot.prepared is None:
            return None, None
        return stack_of(snapshot.compiled.network, snapshot.flat), _view_of(snapshot)

    def _refuse(self, sentence: str) -> None:
        self._beside.forget()
        self._stack = self.found = None
        self._list_layers(None)
        self.picture.show_sentence(sentence)
        self.formulas.show_equations(())
        self._said.setText("")
        self._counted.setText("")
        self._legend.setText(self.tr("The examples of the first box work without a network."))
        for part in (self.bar.difference, self.bar.pieces):
            part.show_figure("–")
        self.outputs.hide()

    def _list_layers(self, stack: Stack | None) -> None:
        """Show a box for each hidden layer that has something to bend with."""
        hidden = () if stack is None else stack.links[:-1]
        names = [self._name(link) for link in hidden]
        if [box.text() for box in self.boxes] == names:
            return
        for box in self.boxes:
            self._layers.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = []
        for link, name in zip(hidden, names, strict=True):
            box = QCheckBox(name, self)
            box.setChecked(link.activation is not None)
            box.setEnabled(link.activation is not None)
            box.toggled.connect(self._compare)
            self._layers.addWidget(box)
            self.boxes.append(box)

    def _name(self, link: Link) -> str:
        layer = link.name if isinstance(link.name, str) else translate(link.name)
        units = link.kernel.shape[1]
        if link.activation is None:
            return self.tr("{layer}, {units} units: straight").format(layer=layer, units=units)
        activation = translate(link.activation.info.label)
        return self.tr("{layer}, {units} units: {activation}").format(layer=layer, units=units, activation=activation)

    def _compare(self) -> None:
        """Work out both maps beside the window."""
        stack, view = self._stack, self._view
        if stack is None or view is None:
            return
        bent = stack.with_bends([*(box.isChecked() for box in self.boxes), False])
        self._beside.do_latest(lambda: compare(bent, view), self._on_compared)

    def _on_compared(self, future: Future[Comparison]) -> None:
        self.found = future.result()
        self._show()

    def _show(self) -> None:
        """Show what was worked out."""
        found = self.found
        if found is None:
            return
        self._offer_outputs(found)
        if found.view.shape[0]:
            self.picture.show_comparison(found, max(0, self.outputs.currentIndex()), self.bar.shows_pieces)
        else:
            said = self.tr("A network of {count} inputs has no picture here; both maps are compared at its samples.")
            self.picture.show_sentence(said.format(count=found.stack.inputs))
        self.formulas.show_equations(found.equations())
        self.bar.difference.show_figure(figure(found.difference))
        self.bar.pieces.show_figure("–" if found.pieces is None else f"{found.pieces:,}")
        self._said.setText(self._verdict(found))
        self._counted.setText(self._count(found))
        self._legend.setText(self._legend_text(found))

    def _offer_outputs(self, found: Comparison) -> None:
        count = found.stack.outputs
        if self.outputs.count() != count:
            self.outputs.clear()
            self.outputs.addItems([self.tr("output {number}").format(number=number + 1) for number in range(count)])
        self.outputs.setVisible(count > 1 and bool(found.view.shape[0]))

    def _verdict(self, found: Comparison) -> str:
        largest = max(float(np.abs(found.values).max()), 1e-300)
        if found.stack.straight:
            said = self.tr("One layer does the same: the largest difference is {difference}, which is rounding.")
            return said.format(difference=figure(found.difference))
        if found.difference <= _ROUNDING * largest:
            return self.tr("Something bends, but not where you look: one layer does the same here.")
        said = self.tr("No single layer does this: the best straight map is off by up to {difference}.")
        return said.format(difference=figure(found.difference))

    def _count(self, found: Comparison) -> str:
        if found.stack.straight:
            return self.tr("It is a single straight piece.")
        if not found.view.shape[0]:
            return ""
        if found.kinks is not None:
            said = self.tr("In this picture the curve has exactly {count} straight pieces.")
            return said.format(count=len(found.kinks) + 1)
        if found.regions is not None:
            said = self.tr("At least {count} straight pieces: so many were met at {points} points of the picture.")
            return said.format(count=f"{found.regions.count:,}", points=f"{len(found.values):,}")
        return self.tr("Its activations are curved: it has no straight pieces to count.")

    def _legend_text(self, found: Comparison) -> str:
        said = self._lines_text(found)
        if self.bar.source == OWN:
            # The axes have the data's own units.
            said += " " + self.tr("W and b work on the inputs as the network gets them, scaled if that is chosen.")
        return said.strip()

    def _lines_text(self, found: Comparison) -> str:
        if found.view.shape[0] > 1:
            return self.tr("Thick line: where z of all layers is 0. Dashes: where z of the one layer is 0.")
        if found.view.shape[0] == 1:
            return self.tr("Line: z of all layers, with dots at its kinks. Dashed: z of the one layer.")
        return ""


def _view_of(snapshot: Snapshot) -> View:
    """Return where the network at hand is looked at: all over its data, or at its samples."""
    prepared = snapshot.prepared
    assert prepared is not None
    features = prepared.data.schema.inputs
    if features > 2:
        return View(((0.0, 1.0), (0.0, 1.0)), prepared.train.inputs.astype(np.float64), (0, 0))
    side = SIDE if features == 2 else 3 * SIDE
    extent, points = lattice(prepared, side)
    names = tuple(feature.name for feature in prepared.data.schema.features)
    return View(extent, points.astype(np.float64), (len(points) // side, side), (*names, "")[:2])
