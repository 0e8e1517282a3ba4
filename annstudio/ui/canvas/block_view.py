"""A view on which layers are put together into blocks."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QInputDialog, QWidget

from annstudio.project.groups import name_of
from annstudio.project.limits import MAXIMUM_TIMES
from annstudio.project.model import Group
from annstudio.ui.canvas.block import BlockFrame
from annstudio.ui.canvas.card import Card
from annstudio.ui.canvas.edit_actions import EditActions
from annstudio.ui.canvas.editor import Editor
from annstudio.ui.canvas.gestures import Gesture, MoveGesture
from annstudio.ui.canvas.menu import ContextMenu
from annstudio.ui.canvas.scene import CanvasScene, Thing
from annstudio.ui.canvas.value_view import ValueView
from annstudio.ui.document import Document
from annstudio.ui.translate import translate


class BlockView(ValueView):
    """Puts selected layers together, repeats their block and takes it apart; a block is carried by its tab."""

    def __init__(
        self,
        scene: CanvasScene,
        editor: Editor,
        document: Document,
        commands: EditActions | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(scene, editor, document, commands, parent)
        document.changed.connect(self._show_block)
        self.commands.group.triggered.connect(self.group_selection)
        self.commands.ungroup.triggered.connect(self.ungroup_selection)
        self.commands.repeat.triggered.connect(self.ask_times)
        scene.selectionChanged.connect(self._show_block)

    def group_selection(self) -> None:
        """Put the selected layers together into a block."""
        self.editor.group(self.canvas.selected_nodes())

    def ungroup_selection(self) -> None:
        """Take apart the block that a selected layer is in."""
        block = self.selected_block()
        if block is not None:
            self.editor.ungroup(block)

    def ask_times(self) -> None:
        """Ask how often the network goes through the block of the selected layers."""
        block = self.selected_block()
        if block is None:
            return
        title = self.tr("Repeat {block}").format(block=translate(name_of(block)))
        label = self.tr(
            "How often does the network go through it, one pass after another?\nEach pass has weights of its own."
        )
        times, given = QInputDialog.getInt(self, title, label, block.times, 1, MAXIMUM_TIMES)
        if given:
            self.editor.repeat(block, times)

    def selected_block(self) -> Group | None:
        """Return the block of the first selected layer that is in one."""
        design = self.editor.project.design
        blocks = (design.group_of(node_id) for node_id in self.canvas.selected_nodes())
        return next((block for block in blocks if block is not None), None)

    def _begun(self, event: QMouseEvent) -> Gesture | None:
        pixel = event.position().toPoint()
        frame = self._thing_at(pixel)
        if event.button() is not Qt.MouseButton.LeftButton or not isinstance(frame, BlockFrame):
            return super()._begun(event)
        cards = self._cards_of(frame)
        self.canvas.select_only(cards)
        return _CarryGesture(self.canvas, self.editor, cards[0], self.mapToScene(pixel), pixel)

    def _select_clicked(self, thing: Thing | None) -> None:
        if isinstance(thing, BlockFrame):
            self.canvas.select_only(self._cards_of(thing))
        else:
            super()._select_clicked(thing)

    def _offer_edits(self, menu: ContextMenu) -> None:
        super()._offer_edits(menu)
        menu.addSeparator()
        commands = self.commands
        menu.addActions([each for each in (commands.group, commands.repeat, commands.ungroup) if each.isEnabled()])

    def _cards_of(self, frame: BlockFrame) -> list[Card]:
        return [self.canvas.cards[node_id] for node_id in frame.block.members]

    def _show_block(self) -> None:
        """Offer what can be done with the selection."""
        design, nodes = self.editor.project.design, self.canvas.selected_nodes()
        cards = [self.canvas.cards[node_id] for node_id in nodes]
        inner = all(card.input is not None and card.output is not None for card in cards)
        free = bool(cards) and inner and all(design.group_of(node_id) is None for node_id in nodes)
        self.commands.show_block(free=free, block=self.selected_block() is not None)


class _CarryGesture(MoveGesture):
    """Carries the cards of a block; a click leaves all of them selected."""

    def finish(self, point: QPointF) -> None:
        """Leave the cards here; see Gesture.finish."""
        if self._carrying:
            super().finish(point)
