"""The frame around the layers of a block."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from annstudio.project.model import Group
from annstudio.ui.canvas.block_face import block_title
from annstudio.ui.canvas.look import Look
from annstudio.ui.icons import paint_icon
from annstudio.ui.theme import CARD_RADIUS, FONT_PIXELS

MARGIN = 14.0
"""From the cards to the frame."""
_TAB = 22.0
"""Height of the tab with the name, on top of the frame."""
_PAD = 9.0
_SIGN, _GAP = 13.0, 5.0
"""Side of the sign that folds the block, and its distance from the name."""
COPY = 5.0
"""How far the outline of one more copy is set off."""
MOST_COPIES = 2


class BlockFrame(QGraphicsItem):
    """Surrounds the cards of a block and says how often it is gone through; only its tab can be met by the pointer.

    Attributes:
        block: what it shows.
    """

    def __init__(self, block: Group, look: Look) -> None:
        super().__init__()
        self.block = block
        self._look = look
        self._hovered = False
        self._inside = QRectF()
        self.setZValue(-2)

    @property
    def node_id(self) -> str:
        """The first layer of the block: it stands for all where one is asked for."""
        return self.block.members[0]

    @property
    def title(self) -> str:
        """The block's name, and how often it is gone through if more than once."""
        return block_title(self.block)

    def show_block(self, block: Group) -> None:
        """Show this from now on; repaints only if it differs."""
        if block != self.block:
            self.prepareGeometryChange()
            self.block = block
            self.update()

    def surround(self, cards: QRectF) -> None:
        """Stand around these cards, in scene units."""
        inside = cards.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        if inside != self._inside:
            self.prepareGeometryChange()
            self._inside = inside

    def show_hovered(self, hovered: bool) -> None:
        """Show that the pointer is on its tab."""
        self._hovered = hovered
        self.update()

    def extent(self) -> QRectF:
        """Return what frame and tab cover, in scene units."""
        return self._inside.united(self.tab()).adjusted(0, 0, COPY * MOST_COPIES, COPY * MOST_COPIES)

    def tab(self) -> QRectF:
        """Return where the name stands, in scene units."""
        width = QFontMetricsF(self._look.sized(FONT_PIXELS - 1, bold=True)).horizontalAdvance(self.title) + 2 * _PAD
        return QRectF(self._inside.left(), self._inside.top() - _TAB, width + _SIGN + _GAP, _TAB)

    def handle(self) -> QRectF:
        """Return where the sign that folds the block stands, in scene units."""
        tab = self.tab()
        return QRectF(tab.left() + _PAD, tab.center().y() - _SIGN / 2, _SIGN, _SIGN)

    def handle_at(self, point: QPointF) -> bool:
        """Return whether that sign is at a point of the scene."""
        return self.handle().adjusted(-_GAP, -_GAP, _GAP, _GAP).contains(point)

    def boundingRect(self) -> QRectF:
        """Return frame and tab with their pens."""
        return self.extent().adjusted(-2, -2, 2, 2)

    def shape(self) -> QPainterPath:
        """Return the tab: between the cards of a block, the pointer means the canvas."""
        path = QPainterPath()
        path.addRect(self.tab())
        return path

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the frame, outlines of further copies behind it, and the tab."""
        theme = self._look.theme
        strength = 0.75 if self._hovered else 0.45
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for copy in range(min(self.block.times - 1, MOST_COPIES), 0, -1):
            painter.setPen(QPen(theme.color("accent", 0.5 * strength), 1))
            painter.drawRoundedRect(self._inside.translated(COPY * copy, COPY * copy), CARD_RADIUS, CARD_RADIUS)
        painter.setPen(QPen(theme.color("accent", strength), 1.5))
        painter.setBrush(theme.color("accent", 0.05))
        painter.drawRoundedRect(self._inside, CARD_RADIUS, CARD_RADIUS)
        painter.setFont(self._look.sized(FONT_PIXELS - 1, bold=True))
        painter.setPen(theme.color("accent"))
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        paint_icon(painter, self.handle().toRect(), "fold-horizontal", theme.accent)
        painter.drawText(self.tab().adjusted(_PAD + _SIGN + _GAP, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.title)
