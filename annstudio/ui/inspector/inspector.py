"""The panel on the right: the selected layer, the data, the training."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from annstudio.project.model import Project
from annstudio.training.snapshot import Snapshot
from annstudio.ui.document import Document
from annstudio.ui.inspector.data_page import DataPage
from annstudio.ui.inspector.layer_page import LayerPage
from annstudio.ui.inspector.page import Page
from annstudio.ui.inspector.training_page import TrainingPage
from annstudio.ui.run_controller import still_shown


class Inspector(QTabWidget):
    """Three pages, so that the learning rate is one click away whatever is selected."""

    left = Signal()
    """The keyboard wants to go back to the network."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._node_id: str | None = None
        self._snapshot: Snapshot | None = None
        self.setDocumentMode(True)
        self.setUsesScrollButtons(False)
        self.setAccessibleName(self.tr("Inspector"))
        self.layer, self.data, self.training = LayerPage(document), DataPage(document), TrainingPage(document)
        self._add(self.layer, self.tr("Layer"))
        self._add(self.data, self.tr("Data"))
        self._add(self.training, self.tr("Training"))
        self.setCurrentWidget(self.data)
        document.changed.connect(self._on_document_changed)
        self.currentChanged.connect(self._show_snapshot)

    def show_node(self, node_id: str | None) -> None:
        """Show this layer; None: leave the layer's page, if it was open."""
        self._node_id = node_id
        self.layer.show_node(node_id)
        if node_id is not None:
            self.setCurrentWidget(self.layer)
        elif self.currentWidget() is self.layer:
            self.setCurrentWidget(self.data)

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Hand a snapshot to the page in view; None when there is none."""
        self._snapshot = snapshot
        self._show_snapshot()

    def commit(self) -> None:
        """Take what was typed but not confirmed yet, before it is run or saved."""
        self._page().commit()

    def take_focus(self, key: str = "") -> None:
        """Move the keyboard focus to a setting's field on the page in view, or to its first field."""
        page = self._page()
        if page.form is not None:
            page.form.take_focus(key)

    def show_setting(self, owner: str, key: str) -> None:
        """Move the keyboard focus to the field of a setting.

        Args:
            owner: "data", "training" or the id of a node.
            key: of the setting.
        """
        pages = {"data": self.data, "training": self.training}
        if owner in pages:
            self.setCurrentWidget(pages[owner])
        else:
            self.show_node(owner)
        self.take_focus(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Escape; a field that has typing to take back keeps the key."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _add(self, page: Page, name: str) -> None:
        page.setAccessibleName(name)
        self.addTab(page, name)

    def _show_snapshot(self) -> None:
        if self._page().form is not None:
            self._page().show_snapshot(still_shown(self._snapshot, self._document.project))

    def _page(self) -> Page:
        page = self.currentWidget()
        assert isinstance(page, Page)
        return page

    def _on_document_changed(self, before: Project, after: Project) -> None:
        if before.data != after.data:
            self._show_snapshot()
        if self._node_id is not None and all(node.id != self._node_id for node in after.design.nodes):
            self.show_node(None)
