"""The lines of the outline as a model."""

from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annstudio.ui.canvas.look import wrapped_tip
from annstudio.ui.outline.entries import Entry

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """Where the model keeps what the delegate paints."""

    ENTRY = Qt.ItemDataRole.UserRole


class OutlineModel(QAbstractListModel):
    """One layer a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show these from now on; the rows stay as long as their layers do."""
        if [entry.node_id for entry in entries] == [entry.node_id for entry in self._entries]:
            for row, (before, after) in enumerate(zip(self._entries, entries, strict=True)):
                if before != after:
                    self._entries = (*self._entries[:row], after, *self._entries[row + 1 :])
                    self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def row_of(self, node_id: str) -> int:
        """Return the row of a layer, −1 if it has none."""
        return next((row for row, entry in enumerate(self._entries) if entry.node_id == node_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many layers there are."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, the sentences for a screen reader, what is wrong as a tool tip, or the whole entry."""
        entry = self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.name
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return entry.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return wrapped_tip(" ".join((*entry.problems.errors, *entry.problems.warnings)))
            case Role.ENTRY:
                return entry
        return None
