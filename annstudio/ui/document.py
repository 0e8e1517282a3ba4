"""The open document: the project value, its undo history, its file."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from annstudio.project.model import Project


class Document(QObject):
    """Holds the current Project; views read it here and follow `changed`.

    Every edit is a pure function Project -> Project from project.edits; `apply` puts its result on the undo stack.
    """

    changed = Signal(object, object)
    """(before: Project, after: Project), after every edit, undo, redo and opening of a file."""
    replaced = Signal()
    """Another project has taken the place of the last one."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self.undo_stack = QUndoStack(self)

    @property
    def project(self) -> Project:
        """The current value."""
        return self._project

    def apply(self, text: str, project: Project, gesture: str = "") -> None:
        """Make this project the current one, as one undoable edit.

        Args:
            text: the edit's name in the Edit menu, translated ("Add Dense").
            project: the new value; nothing happens if it equals the current one.
            gesture: edits in a row with the same non-empty gesture become one ("units of dense-1").
        """
        if project != self._project:
            self.undo_stack.push(_Edit(self, self._project, project, text, gesture))

    def replace(self, project: Project) -> None:
        """Start over with another project: an opened file or example; forgets the undo history."""
        self.undo_stack.clear()
        self._set(project)
        self.replaced.emit()

    def _set(self, project: Project) -> None:
        before, self._project = self._project, project
        self.changed.emit(before, project)


class _Edit(QUndoCommand):
    """Going from one value to another, and back."""

    def __init__(self, document: Document, before: Project, after: Project, text: str, gesture: str) -> None:
        super().__init__(text)
        self._document, self._before, self._after, self._gesture = document, before, after, gesture

    def undo(self) -> None:
        self._document._set(self._before)

    def redo(self) -> None:
        self._document._set(self._after)

    def id(self) -> int:
        return hash(self._gesture) & 0x7FFFFFFF if self._gesture else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or other._gesture != self._gesture:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True
