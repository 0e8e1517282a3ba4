"""Copying layers to the system's clipboard, as text, and pasting them from there."""

from collections.abc import Collection

from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QGuiApplication

from annstudio.core.errors import UserError
from annstudio.project import edits, fragment
from annstudio.project.fragment import Fragment
from annstudio.project.layout import block
from annstudio.ui.canvas.editor import Editor
from annstudio.ui.canvas.geometry import snap
from annstudio.ui.edit_names import name_of


class Clipboard(QObject):
    """What is refused is said by the editor.

    Args:
        editor: makes the edits.
    """

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self._editor = editor

    def holds_layers(self) -> bool:
        """Return whether there is something to paste."""
        return fragment.is_fragment(_text())

    def copy(self, nodes: Collection[str]) -> None:
        """Put layers on the clipboard."""
        piece = self._copied(nodes)
        if piece is not None:
            _keep(piece)

    def cut(self, nodes: Collection[str]) -> None:
        """Put layers on the clipboard and take them away."""
        piece = self._copied(nodes)
        if piece is None:
            return
        gone = [node.id for node in piece.design.nodes]
        name = self.tr("Cut {layers}").format(layers=name_of(piece.design.nodes))
        self._editor.apply(name, lambda: edits.remove(self._editor.project, gone))
        _keep(piece)

    def paste(self, middle: QPointF | None) -> tuple[str, ...]:
        """Add the clipboard's layers; return their ids, none if refused.

        Args:
            middle: of the block of new cards, in scene units; None puts them beside where they were copied.
        """
        try:
            piece = fragment.read(_text())
        except UserError as error:
            self._editor.refuse(error.message)
            return ()
        return self._put(self.tr("Paste {layers}"), piece, middle)

    def duplicate(self, nodes: Collection[str]) -> tuple[str, ...]:
        """Add copies of layers beside them; return their ids, none if refused. The clipboard stays as it is."""
        piece = self._copied(nodes)
        if piece is None:
            return ()
        return self._put(self.tr("Duplicate {layers}").format(layers=name_of(piece.design.nodes)), piece, None)

    def _copied(self, nodes: Collection[str]) -> Fragment | None:
        try:
            return fragment.copied(self._editor.project, nodes)
        except UserError as error:
            self._editor.refuse(error.message)
            return None

    def _put(self, name: str, piece: Fragment, middle: QPointF | None) -> tuple[str, ...]:
        """Add copies under this name, which may ask for {layers}: what the copies are called."""
        corner = None
        if middle is not None:
            _, size = block(piece.positions.values())
            corner = snap(middle - QPointF(*size) / 2).toTuple()
        try:
            project, ids = fragment.pasted(self._editor.project, piece, corner)
        except UserError as error:
            self._editor.refuse(error.message)
            return ()
        copies = [node for node in project.design.nodes if node.id in ids]
        self._editor.apply(name.format(layers=name_of(copies)), lambda: project)
        return ids


def _keep(piece: Fragment) -> None:
    QGuiApplication.clipboard().setText(fragment.written(piece))


def _text() -> str:
    return QGuiApplication.clipboard().text()
