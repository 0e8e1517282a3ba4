"""The dotted ground that networks are drawn on."""

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsScene

from annstudio.project.limits import MAXIMUM_COORDINATE
from annstudio.ui.canvas.look import Look

_FAR = MAXIMUM_COORDINATE + 10_000
WORLD = QRectF(-_FAR, -_FAR, 2 * _FAR, 2 * _FAR)
"""So large that one can scroll past everything, and the view never moves by itself when something is added."""
_INDEX_DEPTH = 16
"""Halvings of the world, across and down in turn, until the index of items tells neighbors apart: chosen by their
number alone, it would look through all items of a network to find those beneath the pointer."""
_DOTS = 20.0
_NEAREST = 12.0
"""Pixels on the screen that dots are at least apart."""


class Ground(QGraphicsScene):
    """A scene that a ZoomView can show whole.

    Attributes:
        look: what the items are painted with.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(WORLD)
        self.setBspTreeDepth(_INDEX_DEPTH)
        self.look = look

    def content(self) -> QRectF:
        """Return what its items cover, in scene units."""
        raise NotImplementedError

    def keep_notes_in(self, seen: QRectF) -> None:
        """Put notes where they can be read; a scene without any need not care.

        Args:
            seen: what the view shows from now on, in scene units.
        """

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the dotted ground."""
        theme = self.look.theme
        painter.fillRect(rect, theme.color("background"))
        scale = painter.worldTransform().m11()
        # Twice as far apart, again and again, when seen from ever farther, so that the ground stays calm.
        gap = _DOTS * 2 ** max(0, math.ceil(math.log2(_NEAREST / (_DOTS * scale))))
        pen = QPen(theme.color("muted", 0.3), 1.6)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        # A view that keeps its ground in a cache paints it without its own render hints.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns, rows = (
            _multiples(rect.left(), rect.right(), gap),
            _multiples(rect.top(), rect.bottom(), gap),
        )
        painter.drawPoints([QPointF(x * gap, y * gap) for x in columns for y in rows])


def _multiples(low: float, high: float, gap: float) -> range:
    return range(int(low // gap), int(high // gap) + 2)
