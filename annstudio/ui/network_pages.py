"""The network in the middle of the window: as cards, to be edited, or as neurons, to be looked into."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QWidget

from annstudio.training.snapshot import Snapshot
from annstudio.ui.canvas.chip import Chip
from annstudio.ui.canvas.view import CanvasView
from annstudio.ui.document import Document

if TYPE_CHECKING:
    from annstudio.ui.neurons.view import NeuronView


class ViewSwitch(QWidget):
    """Cards | Neurons.

    Args:
        action: is on while neurons are shown.
    """

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._action = action
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.cards = Chip(self.tr("Cards"), self.tr("Cards"), self.tr("Show the layers as cards"), self)
        self.neurons = Chip(self.tr("Neurons"), self.tr("Neurons"), self.tr("Show neurons, weights and biases"), self)
        group = QButtonGroup(self)
        for chip in (self.cards, self.neurons):
            chip.setCheckable(True)
            group.addButton(chip)
            row.addWidget(chip)
        self.cards.clicked.connect(self._on_clicked)
        self.neurons.clicked.connect(self._on_clicked)
        action.toggled.connect(self._show)
        self._show(action.isChecked())

    def _show(self, neurons: bool) -> None:
        (self.neurons if neurons else self.cards).setChecked(True)

    def _on_clicked(self) -> None:
        self._action.setChecked(self.neurons.isChecked())


class NetworkPages(QStackedWidget):
    """Shows one of the two; the neurons are made when they are first wanted.

    Args:
        document: whose network they show.
        canvas: the cards.
        action: is on while neurons are shown.
    """

    node_clicked = Signal(object)
    """(node id: str | None): a layer was clicked among the neurons, or the ground."""
    node_activated = Signal(str)
    """(node id): its settings are wanted."""
    weight_touched = Signal()
    """A weight is about to be set by hand."""
    weight_entered = Signal(str, str, object, float, str)
    """See NeuronView."""

    def __init__(self, document: Document, canvas: CanvasView, action: QAction) -> None:
        super().__init__()
        self._document, self._canvas, self._action = document, canvas, action
        self._neurons: NeuronView | None = None
        self._snapshot: Snapshot | None = None
        self._node_id: str | None = None
        self.addWidget(canvas)
        canvas.tools.lead(ViewSwitch(action))
        action.toggled.connect(self._on_toggled)

    @property
    def neurons(self) -> "NeuronView":
        """The network as neurons."""
        if self._neurons is None:
            self._neurons = self._made()
        return self._neurons

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Follow the run; None when there is none."""
        self._snapshot = snapshot
        if self._neurons is not None:
            self._neurons.show_snapshot(snapshot)

    def select_node(self, node_id: str | None) -> None:
        """Point out the selected layer."""
        self._node_id = node_id
        if self._neurons is not None:
            self._neurons.select_node(node_id)

    def commit(self) -> None:
        """Let a setting or a weight count that was typed in the network but not confirmed yet."""
        self._canvas.commit()
        if self._neurons is not None:
            self._neurons.commit()

    def show_cards(self) -> None:
        """Show the cards, for what can be done with them only."""
        self._action.setChecked(False)

    def take_focus(self) -> None:
        """Move the keyboard to what is shown, the cards or the neurons."""
        self._shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def zoom_in(self) -> None:
        """See ZoomView.zoom_in; likewise the others."""
        self._shown.zoom_in()

    def zoom_out(self) -> None:
        """Zoom out of what is shown."""
        self._shown.zoom_out()

    def reset_zoom(self) -> None:
        """Show it at 100 %."""
        self._shown.reset_zoom()

    def fit(self) -> None:
        """Show all of it."""
        self._shown.fit()

    @property
    def _shown(self) -> "CanvasView | NeuronView":
        return self.neurons if self._action.isChecked() else self._canvas

    def _made(self) -> "NeuronView":
        from annstudio.ui.neurons.view import NeuronView

        view = NeuronView(self._document)
        view.tools.lead(ViewSwitch(self._action))
        view.node_clicked.connect(self.node_clicked)
        view.activated.connect(self.node_activated)
        view.weight_touched.connect(self.weight_touched)
        view.weight_entered.connect(self.weight_entered)
        view.show_snapshot(self._snapshot)
        view.select_node(self._node_id)
        self.addWidget(view)
        return view

    def _on_toggled(self) -> None:
        had_focus = self.isAncestorOf(self.focusWidget() or self)
        self.setCurrentWidget(self._shown)
        if had_focus:
            self._shown.setFocus()
