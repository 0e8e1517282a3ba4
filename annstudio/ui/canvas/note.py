"""The sentence beneath a card that cannot work as it is."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from annstudio.project.layout import GAP
from annstudio.ui.canvas.geometry import CARD
from annstudio.ui.canvas.look import Look
from annstudio.ui.theme import FONT_PIXELS, RADIUS

_PIXELS = FONT_PIXELS - 2
_PAD = 7.0
_DISTANCE = 10.0
# As wide as neighboring cards leave room for.
_WIDTH = CARD.width() + GAP - 8
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class Note(QGraphicsItem):
    """A small rounded note; it belongs to its card and moves along.

    Attributes:
        folded: there is no room for it; it is shown only while someone is at its card.
    """

    def __init__(self, text: str, look: Look, card: QGraphicsItem) -> None:
        super().__init__(card)
        self._text = text
        self._look = look
        self.folded = False
        self._box = self._measured()
        self.setPos(self.below.topLeft())

    @property
    def below(self) -> QRectF:
        """Its usual place, in the card's coordinates."""
        return self._box.translated(CARD.center().x() - _WIDTH / 2, CARD.bottom() + _DISTANCE)

    def settle(self, seen: QRectF, taken: Iterable[QRectF]) -> None:
        """Hang below the card, or stand above it where only there all of it can be read.

        Where it would cover another card or note on both sides, it is folded.

        Args:
            seen: what the view shows, in the card's coordinates.
            taken: what must not be covered, likewise.
        """
        below = self.below
        above = below.translated(0, -(CARD.height() + self._box.height() + 2 * _DISTANCE))
        others = list(taken)
        free = [place for place in (below, above) if not any(place.intersects(other) for other in others)]
        self.folded = not free
        places = free or [below, above]
        inside = (place for place in places if seen.top() <= place.top() and place.bottom() <= seen.bottom())
        self.setPos(next(inside, places[0]).topLeft())

    def boundingRect(self) -> QRectF:
        """Return the note with its line's width."""
        return self._box.adjusted(-1, -1, 1, 1)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the note and its sentence."""
        theme = self._look.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("card"))
        painter.drawRoundedRect(self._box, RADIUS, RADIUS)
        painter.setPen(QPen(theme.color("error", 0.55), 1))
        painter.setBrush(theme.color("error", 0.08))
        painter.drawRoundedRect(self._box, RADIUS, RADIUS)
        painter.setFont(self._look.sized(_PIXELS))
        painter.setPen(theme.color("ink"))
        painter.drawText(self._box.adjusted(_PAD, _PAD - 2, -_PAD, 0), _WRAPPED, self._text)

    def _measured(self) -> QRectF:
        metrics = QFontMetricsF(self._look.sized(_PIXELS))
        room = QRectF(0, 0, _WIDTH - 2 * _PAD, 10_000)
        text = metrics.boundingRect(room, _WRAPPED, self._text)
        return QRectF(0, 0, _WIDTH, text.height() + 2 * _PAD - 3)
