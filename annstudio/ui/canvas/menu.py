"""The canvas' context menu."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from annstudio.engine.layers import layers
from annstudio.ui.translate import translate


class ContextMenu(QMenu):
    """What can be done at the place that was clicked.

    Attributes:
        delete, tidy, fit: its actions; delete is None where there is nothing to delete.
    """

    layer_chosen = Signal(str)
    """(kind), a layer is to be added at this place."""

    target_chosen = Signal(str)
    """(node id), a wire is to lead there."""

    def __init__(self, parent: QWidget, deletable: bool, addable: bool) -> None:
        super().__init__(parent)
        self.delete: QAction | None = None
        if deletable:
            self.delete = self.addAction(self.tr("Delete"))
        if addable:
            self._add_layers()
        self.addSeparator()
        self.tidy = self.addAction(self.tr("Tidy"))
        self.fit = self.addAction(self.tr("Fit"))
        self.triggered.connect(self._on_triggered)

    def offer_targets(self, targets: Sequence[tuple[str, str]]) -> None:
        """Offer layers that a wire may lead to, by node id and name; none are no choice."""
        menu = QMenu(self.tr("Wire to"), self)
        menu.setEnabled(bool(targets))
        for node_id, name in targets:
            menu.addAction(name).triggered.connect(partial(self.target_chosen.emit, node_id))
        self.insertMenu(self.actions()[0], menu)

    def _add_layers(self) -> None:
        for kind, layer in layers.items():
            if layer.takes_input and layer.gives_output:
                label = self.tr("Add {layer} here").format(layer=translate(layer.info.label))
                self.addAction(label).setData(kind)

    def _on_triggered(self, action: QAction) -> None:
        if action.data() is not None:
            self.layer_chosen.emit(action.data())
