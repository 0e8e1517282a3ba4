"""The panel with the outline."""

from collections.abc import Collection

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annstudio.project.model import Project
from annstudio.ui.canvas.keyboard_view import KINDS
from annstudio.ui.document import Document
from annstudio.ui.icons import icon
from annstudio.ui.outline.entries import entries_of
from annstudio.ui.outline.model import OutlineModel, Role
from annstudio.ui.outline.row import OutlineRow
from annstudio.ui.theme import theme_of

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class OutlineList(QListView):
    """Says what its keys mean; somebody else carries it out."""

    settings_asked = Signal()
    """Enter, or a double-click: to the settings of the current layer."""
    delete_asked = Signal()
    """The selected layers are to go."""
    layer_asked = Signal(str)
    """(kind), a layer's letter: add one behind the selected layer."""
    wire_asked = Signal()
    """W: lead a wire out of the selected layer."""
    menu_asked = Signal(QPoint)
    """(place on the screen): open the menu of what is selected."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for what a key means; the arrows are the list's own, letters do not search it."""
        if event.key() in _ENTER:
            self.settings_asked.emit()
        elif event.key() in _DELETE:
            self.delete_asked.emit()
        elif event.key() == Qt.Key.Key_W and not event.modifiers():
            self.wire_asked.emit()
        elif not event.modifiers() and event.key() in KINDS:
            self.layer_asked.emit(KINDS[event.key()])
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Find nothing by typing: letters add layers."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu at the current row."""
        if self.currentIndex().isValid():
            corner = self.visualRect(self.currentIndex()).bottomLeft() + QPoint(20, 0)
            keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
            self.menu_asked.emit(self.viewport().mapToGlobal(corner if keyboard else event.pos()))


class Outline(QWidget):
    """The layers in the order of the flow, in step with the document; it looks at them only while it is shown.

    Args:
        document: whose network.

    Attributes:
        list: has the keyboard focus.
    """

    selected = Signal(list)
    """(node ids): the user has selected these."""
    closed = Signal()
    """The user does not want to see it any more."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._chosen: list[str] = []
        self._model = OutlineModel(self)
        self.list = OutlineList()
        self._close = QToolButton()
        self._lay_out()
        self.list.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.list.doubleClicked.connect(self._on_double_clicked)
        self._close.clicked.connect(self.closed)
        document.changed.connect(self._on_document_changed)

    def show_selected(self, node_ids: Collection[str]) -> None:
        """Select these layers and no others, without saying so."""
        if set(node_ids) == set(self._chosen):
            return
        self._chosen = list(node_ids)
        self._show_selection()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the document."""
        super().showEvent(event)
        self._show()

    def _lay_out(self) -> None:
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        heading = QLabel(self.tr("Outline"))
        heading.setProperty("role", "heading")
        self._close.setProperty("role", "quiet")
        self._close.setToolTip(self.tr("Hide the outline"))
        self._close.setAccessibleName(self.tr("Hide the outline"))
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 8, 2)
        head.addWidget(heading, 1)
        head.addWidget(self._close)
        self._dress_list()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def _dress_list(self) -> None:
        self.list.setModel(self._model)
        self.list.setItemDelegate(OutlineRow(self.list))
        self.list.setAccessibleName(self.tr("Outline of the network"))
        self.list.setAccessibleDescription(
            self.tr("The layers in order. A letter adds one, Delete removes, Enter goes to the settings, W wires.")
        )
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setTabKeyNavigation(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def _show(self) -> None:
        """Show the document's layers; the keyboard stays about where it was."""
        self._close.setIcon(icon("x", theme_of(self.palette()).muted))
        row = self.list.currentIndex().row()
        self._model.show_entries(entries_of(self._document.project))
        self._show_selection()
        if not self.list.currentIndex().isValid() and self._model.rowCount():
            place = self._model.index(min(max(row, 0), self._model.rowCount() - 1))
            self.list.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _show_selection(self) -> None:
        flags = QItemSelectionModel.SelectionFlag
        rows = [row for node_id in self._chosen if (row := self._model.row_of(node_id)) >= 0]
        wanted = QItemSelection()
        for row in rows:
            wanted.select(self._model.index(row), self._model.index(row))
        model = self.list.selectionModel()
        model.blockSignals(True)
        model.select(wanted, flags.ClearAndSelect)
        model.blockSignals(False)
        if rows and self.list.currentIndex().row() not in rows:
            model.setCurrentIndex(self._model.index(rows[-1]), flags.NoUpdate)
        self.list.viewport().update()

    def _on_selection_changed(self) -> None:
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        self._chosen = [self._model.index(row).data(Role.ENTRY).node_id for row in rows]
        self.selected.emit(self._chosen)

    def _on_double_clicked(self) -> None:
        self.list.settings_asked.emit()

    def _on_document_changed(self, before: Project, after: Project) -> None:
        if self.isVisible():
            self._show()
