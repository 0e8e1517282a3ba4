"""A view whose selection can be copied, pasted and arranged."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from annstudio.project.arranging import Axis, Line
from annstudio.ui.canvas.clipboard import Clipboard
from annstudio.ui.canvas.edit_actions import EditActions
from annstudio.ui.canvas.editor import Editor
from annstudio.ui.canvas.scene import CanvasScene
from annstudio.ui.canvas.wiring_view import WiringView


class EditingView(WiringView):
    """Carries out the editing commands on what is selected.

    Attributes:
        commands: what can be done; their keys work while it has the focus.
        clipboard: where layers are copied to and pasted from.
    """

    def __init__(
        self, scene: CanvasScene, editor: Editor, commands: EditActions | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(scene, editor, parent)
        self.commands = commands or EditActions(self)
        self.clipboard = Clipboard(editor)
        self._pointer: QPoint | None = None
        """Where the mouse is, in the view's pixels, while it is on the canvas."""
        self.addActions(self.commands.all())
        for action, slot in (
            (self.commands.cut, self.cut),
            (self.commands.copy, self.copy),
            (self.commands.paste, self.paste),
            (self.commands.duplicate, self.duplicate),
            (self.commands.delete, self.delete_selection),
            (self.commands.select_all, self.select_all),
        ):
            action.triggered.connect(slot)
        self.commands.aligned.connect(self._on_aligned)
        self.commands.spread.connect(self._on_spread)
        scene.selectionChanged.connect(self._on_anything_selected)

    def copy(self) -> None:
        """Put the selected layers on the clipboard."""
        self.clipboard.copy(self.canvas.selected_nodes())

    def cut(self) -> None:
        """Put the selected layers on the clipboard and take them away."""
        self.clipboard.cut(self.canvas.selected_nodes())

    def paste(self) -> None:
        """Add the clipboard's layers where the mouse is; beside where they were copied while it is elsewhere."""
        self.paste_at(self.mapToScene(self._pointer) if self._pointer is not None else None)

    def paste_at(self, middle: QPointF | None) -> None:
        """Add the clipboard's layers around this point of the scene; None puts them beside where they were copied."""
        self._select_copies(self.clipboard.paste(middle))

    def duplicate(self) -> None:
        """Add copies of the selected layers beside them."""
        self._select_copies(self.clipboard.duplicate(self.canvas.selected_nodes()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Note where the mouse is."""
        self._pointer = event.position().toPoint()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Note that the mouse has gone."""
        self._pointer = None
        super().leaveEvent(event)

    def _select_copies(self, ids: tuple[str, ...]) -> None:
        if not ids:
            return
        cards = [self.canvas.shown(node_id) for node_id in ids]
        self.refit()
        self.canvas.select_only(cards)
        covered = QRectF()
        for card in cards:
            covered = covered.united(card.extent())
        self.reveal(covered)

    def _on_aligned(self, line: Line) -> None:
        self.editor.align(self.canvas.selected_nodes(), line)
        self.refit()

    def _on_spread(self, axis: Axis) -> None:
        self.editor.distribute(self.canvas.selected_nodes(), axis)
        self.refit()

    def _on_anything_selected(self) -> None:
        self.commands.show_selection(len(self.canvas.selected_cards()), len(self.canvas.selected_wires()))
