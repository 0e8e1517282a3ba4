"""A view on which layers are put together into blocks."""

from functools import partial

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QInputDialog, QWidget

from annstudio.project.groups import name_of
from annstudio.project.limits import MAXIMUM_TIMES
from annstudio.project.model import Group
from annstudio.ui.canvas.block import BlockFrame
from annstudio.ui.canvas.block_card import BlockCard
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
        self._folded_by_click = False
        document.changed.connect(self._show_block)
        self.commands.group.triggered.connect(self.group_selection)
        self.commands.ungroup.triggered.connect(self.ungroup_selection)
        self.commands.repeat.triggered.connect(self.ask_times)
        self.commands.fold.triggered.connect(self.fold_selection)
        scene.selectionChanged.connect(self._show_block)

    def group_selection(self) -> None:
        """Put the selected layers together into a block; the ends of the network stay out of it."""
        self.editor.group(self._selected_inner())

    def _selected_inner(self) -> list[str]:
        """Return the ids of the selected layers that have something before and behind them."""
        cards = self.canvas.cards
        selected = self.canvas.selected_nodes()
        return [each for each in selected if cards[each].input is not None and cards[each].output is not None]

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

    def fold_selection(self) -> None:
        """Fold the block that a selected layer is in, or open it."""
        block = self.selected_block()
        if block is not None:
            self.fold(block)

    def fold(self, block: Group) -> None:
        """Show a block as one card, or open it again; the cards glide to their places."""
        self._glide.finish()
        before = {node_id: self.canvas.shown(node_id).pos() for node_id in self.canvas.cards}
        self.editor.fold(block, not block.folded)
        self.canvas.select_only(self._cards_of(block))
        self.refit()
        self._glide.begin(before)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a new click."""
        self._folded_by_click = False
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fold a block by its tab, open it by its card."""
        thing = self._thing_at(event.position().toPoint())
        if self._folded_by_click:
            # The second click means the sign that is no longer there.
            event.accept()
        elif isinstance(thing, BlockCard | BlockFrame) and event.button() is Qt.MouseButton.LeftButton:
            self.fold(thing.block)
            event.accept()
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer where a click folds or opens a block."""
        super().mouseMoveEvent(event)
        if not event.buttons() and self._handle_at(event.position().toPoint()) is not None:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def selected_block(self) -> Group | None:
        """Return the block of the first selected layer that is in one."""
        design = self.editor.project.design
        blocks = (design.group_of(node_id) for node_id in self.canvas.selected_nodes())
        return next((block for block in blocks if block is not None), None)

    def _begun(self, event: QMouseEvent) -> Gesture | None:
        pixel = event.position().toPoint()
        thing, handle = self._thing_at(pixel), self._handle_at(pixel)
        block = thing.block if isinstance(thing, BlockFrame) else handle
        if event.button() is not Qt.MouseButton.LeftButton or block is None:
            return super()._begun(event)
        cards = self._cards_of(block)
        self.canvas.select_only(cards)
        on_click = partial(self._on_handle_clicked, block) if handle is not None else None
        return _CarryGesture(self.canvas, self.editor, cards[0], self.mapToScene(pixel), pixel, on_click)

    def _handle_at(self, pixel: QPoint) -> Group | None:
        """Return the block whose sign that folds or opens it is at a pixel of the view."""
        thing = self._thing_at(pixel)
        if isinstance(thing, BlockCard | BlockFrame) and thing.handle_at(self.mapToScene(pixel)):
            return thing.block
        return None

    def _select_clicked(self, thing: Thing | None) -> None:
        if isinstance(thing, BlockFrame):
            self.canvas.select_only(self._cards_of(thing.block))
        else:
            super()._select_clicked(thing)

    def _offer_edits(self, menu: ContextMenu) -> None:
        super()._offer_edits(menu)
        menu.addSeparator()
        commands, block = self.commands, self.selected_block()
        if block is not None:
            label = self.tr("Unfold block") if block.folded else self.tr("Fold block")
            icon_name = "unfold-horizontal" if block.folded else "fold-horizontal"
            menu.add(label, lambda: self.fold(block), icon_name).setShortcut(commands.fold.shortcut())
        menu.addActions([each for each in (commands.group, commands.repeat, commands.ungroup) if each.isEnabled()])

    def _offer_card(self, menu: ContextMenu, node_id: str) -> None:
        card = self.canvas.shown(node_id)
        if not isinstance(card, BlockCard):
            super()._offer_card(menu, node_id)
            return
        for member in card.block.members:
            self._offer_fixes(menu, member)
        self._offer_behind(menu, card)
        menu.addSeparator()
        self._offer_edits(menu)

    def _cards_of(self, block: Group) -> list[Card]:
        return list(dict.fromkeys(self.canvas.shown(node_id) for node_id in block.members))

    def _on_handle_clicked(self, block: Group, node_id: str) -> None:
        self._folded_by_click = True
        self.fold(block)

    def _show_block(self) -> None:
        """Offer what can be done with the selection."""
        design, inner = self.editor.project.design, self._selected_inner()
        free = bool(inner) and all(design.group_of(node_id) is None for node_id in inner)
        self.commands.show_block(free=free, block=self.selected_block() is not None)


class _CarryGesture(MoveGesture):
    """Carries the cards of a block; a click leaves all of them selected."""

    def finish(self, point: QPointF) -> None:
        """Leave the cards here; see Gesture.finish."""
        if self._carrying:
            super().finish(point)
        elif self._on_click is not None:
            self._on_click(self._card.node_id)
