"""A folded block on the canvas: one card for all of its layers."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from annstudio.project.folding import ends
from annstudio.project.model import Group, Project
from annstudio.project.shapes import Flow
from annstudio.project.unroll import copies
from annstudio.ui.canvas.block import COPY, MOST_COPIES
from annstudio.ui.canvas.block_face import block_face
from annstudio.ui.canvas.card import Card, Problems
from annstudio.ui.canvas.geometry import CARD
from annstudio.ui.canvas.look import CHIP, Look
from annstudio.ui.theme import CARD_RADIUS


class BlockCard(Card):
    """Stands for the layers of a block, with the port of the one that values enter and that of the one they leave.

    Attributes:
        node_id: the layer that is meant where one is: the one asked for by name, else the one that values leave.
        block: what it shows.
        answering: that layer in the last pass, whose answers are those of the block.
    """

    def __init__(self, block: Group, kind: str, look: Look) -> None:
        self.block = block
        self.answering = self._exit = block.members[-1]
        super().__init__(self._exit, kind, look)

    def show_block(self, project: Project, block: Group, flows: Mapping[str, Flow]) -> None:
        """Show this block of a project; repaints only if something that is told has changed."""
        if block != self.block:
            self.block = block
            self.update()
        entry, self._exit = ends(project.design, block)
        self.answering = copies(project.design, self._exit)[-1]
        if self.node_id not in block.members or not self.isSelected():
            self.node_id = self._exit
        for port in self.ports:
            port.node_id = self._exit if port.gives else entry
        self.show_face(block_face(project, block, flows))

    def mean(self, node_id: str) -> None:
        """Stand for this one of its layers as long as it is selected."""
        self.node_id = node_id

    def handle_at(self, point: QPointF) -> bool:
        """Return whether the sign that opens the block is at a point of the scene."""
        return CHIP.contains(self.mapFromScene(point))

    def itemChange(self, change: QGraphicsItem.GraphicsItemChange, value: Any) -> Any:
        """Stand for the usual layer again when no longer selected."""
        if change is QGraphicsItem.GraphicsItemChange.ItemSelectedHasChanged and not self.isSelected():
            self.node_id = self._exit
        return super().itemChange(change, value)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the card upon those of further passes."""
        theme = self._look.theme
        painter.setBrush(theme.color("card"))
        for copy in range(min(self.block.times - 1, MOST_COPIES), 0, -1):
            painter.setPen(QPen(theme.color("accent", 0.5), 1))
            painter.drawRoundedRect(CARD.translated(COPY * copy, COPY * copy), CARD_RADIUS, CARD_RADIUS)
        super().paint(painter, option, widget)

    def _edge(self) -> QColor:
        plain = not (self.isSelected() or self._lit or self._hovered or self.problems.errors)
        return self._look.theme.color("accent", 0.45) if plain else super()._edge()


def joined(block: Group, problems: Mapping[str, Problems]) -> Problems:
    """Return what is wrong with any layer of a block, each sentence once."""
    found = [problems[node_id] for node_id in block.members if node_id in problems]
    return Problems(
        tuple(dict.fromkeys(sentence for each in found for sentence in each.errors)),
        tuple(dict.fromkeys(sentence for each in found for sentence in each.warnings)),
    )
