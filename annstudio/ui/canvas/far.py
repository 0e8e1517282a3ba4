"""A card seen from far away: where its small print could not be read, it says what it is, in large letters."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annstudio.ui.canvas.face import Face
from annstudio.ui.canvas.geometry import CARD
from annstudio.ui.canvas.look import Look
from annstudio.ui.icons import paint_icon
from annstudio.ui.theme import CARD_RADIUS

FAR = 0.48
"""Below this scale the letters of a face are smaller than an eye can read."""

_PAD = 10.0
_ICON = 40
_SIZES = (34, 30, 26, 22)
_BADGE = QRectF(CARD.right() - 24, CARD.top() - 8, 32, 32)
_EDGE = 4.0
_WRAPPED = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_TITLE = CARD.adjusted(_PAD, _ICON + 1.5 * _PAD, -_PAD, -_PAD / 2)


def is_far(painter: QPainter) -> bool:
    """Return whether what is painted is seen from far away."""
    return painter.worldTransform().m11() < FAR


def paint_far(painter: QPainter, face: Face, look: Look, edge: QColor, problem: QColor | None) -> None:
    """Draw a card as it is seen from far, in its own coordinates.

    Args:
        painter: to draw with.
        face: whose icon and title are shown.
        look: colors and font.
        edge: color of the border.
        problem: color of the sign that something is wrong, None where nothing is.
    """
    theme = look.theme
    painter.setPen(QPen(edge, _EDGE))
    painter.setBrush(theme.color("card"))
    painter.drawRoundedRect(CARD, CARD_RADIUS, CARD_RADIUS)
    if face.icon:
        box = QRectF(CARD.center().x() - _ICON / 2, CARD.top() + _PAD, _ICON, _ICON)
        paint_icon(painter, box.toRect(), face.icon, theme.accent)
    painter.setPen(theme.color("ink"))
    painter.setFont(_largest(face.title, look))
    painter.drawText(_TITLE, _WRAPPED, face.title)
    if problem is not None:
        painter.setPen(QPen(theme.color("background"), _EDGE))
        painter.setBrush(problem)
        painter.drawEllipse(_BADGE)
        painter.setPen(theme.color("card"))
        painter.setFont(look.sized(_SIZES[-1], bold=True))
        painter.drawText(_BADGE, Qt.AlignmentFlag.AlignCenter, "!")


def _largest(title: str, look: Look) -> QFont:
    """Return the bold font in the largest size in which a title fits, or else the smallest."""
    fonts = [look.sized(pixels, bold=True) for pixels in _SIZES]
    return next((font for font in fonts if _fits(title, font)), fonts[-1])


def _fits(title: str, font: QFont) -> bool:
    metrics = QFontMetricsF(font)
    within = metrics.boundingRect(_TITLE, _WRAPPED, title).height() <= _TITLE.height() + 2
    return within and all(metrics.horizontalAdvance(word) <= _TITLE.width() for word in title.split())
