"""What all items of the canvas are painted with, and how a card is drawn."""

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.training.answers import Scope
from annstudio.ui.canvas.face import GAP, Face
from annstudio.ui.canvas.geometry import CARD
from annstudio.ui.canvas.maps import Maps
from annstudio.ui.canvas.thumbnails import paint_activation, paint_units
from annstudio.ui.icons import paint_icon
from annstudio.ui.theme import CARD_RADIUS, FONT_PIXELS, RADIUS, Theme
from annstudio.ui.translate import translate

SHADOW = 14.0
"""How far a card's shadow and badge reach beyond its edges."""

_PAD = 10.0
_HEAD = QRectF(CARD.left() + _PAD, 8, CARD.width() - 2 * _PAD, 20)
_MIDDLE = QRectF(CARD.left() + _PAD, 35, CARD.width() - 2 * _PAD, 40)
MAPS = _MIDDLE.adjusted(-2, -2, 2, 2)
"""What maps may cover, in the card's coordinates."""

_DIVIDER = 84.0
_FOOT = QRectF(CARD.left() + _PAD, _DIVIDER + 2, CARD.width() - 2 * _PAD, CARD.height() - _DIVIDER - 4)
_CURVE_WIDTH = 46.0
_CHIP, _ICON = 30.0, 18.0
_SIGN = 14.0
"""Side of the icon before a title."""
_LINES_WIDTH = 76.0
"""Of the lines of an Input, beside its rows over samples."""
CHIP = QRectF(_MIDDLE.left(), _MIDDLE.center().y() - _CHIP / 2, _CHIP, _CHIP)
"""Where a card has its icon, if that stands large, in the card's coordinates."""
_READABLE = 40.0
"""A text that is cut off is worth reading from this width on."""
_BULLET = 18.0
"""Side of a map that stands before a line of text."""
_SPACE = 6.0
_SMALL = FONT_PIXELS - 1
_TINY = FONT_PIXELS - 2
_REST = FONT_PIXELS - 4
_BADGE = 8.5


@dataclass
class Look:
    """The theme and the font of a canvas; its scene changes them in place when the widget's palette changes.

    Args:
        theme: colors.
        font: the widget's; sizes are set where text is drawn.
    """

    theme: Theme
    font: QFont

    def sized(self, pixels: int, bold: bool = False) -> QFont:
        """Return the font in a size, in pixels at 100 %."""
        font = QFont(self.font)
        font.setPixelSize(pixels)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font


def wrapped_tip(*texts: str) -> str:
    """Return a tool tip that breaks its lines and shows every sign as it is; each text begins a new line."""
    return f"<qt>{'<br>'.join(map(escape, texts))}</qt>" if any(texts) else ""


def paint_frame(painter: QPainter, theme: Theme, edge: QColor, raised: bool) -> None:
    """Draw an empty card: its shadow, its ground and its edge.

    Args:
        painter: in the card's coordinates.
        theme: colors.
        edge: color of the border.
        raised: with an accent border of double width and a deeper shadow.
    """
    _paint_shadow(painter, theme, raised)
    painter.setPen(QPen(edge, 2.0 if raised else 1.0))
    painter.setBrush(theme.color("card"))
    painter.drawRoundedRect(CARD, CARD_RADIUS, CARD_RADIUS)


def paint_face(painter: QPainter, face: Face, look: Look, maps: Maps | None = None) -> None:
    """Draw what a card says, in the card's coordinates.

    Args:
        painter: to draw with.
        face: what it says.
        look: colors and font.
        maps: what the layer's units answer; they take the place of the unit dots or of the settings, and are painted
            for themselves by paint_maps.
    """
    # A single setting that gives way to the maps still fits beside the title.
    moved = face.lines if maps is not None and face.chip and len(face.lines) == 1 else ()
    _paint_head(painter, face, look, face.subtitles or moved)
    _paint_middle(painter, face, look, maps)
    _paint_foot(painter, face, look)


def paint_maps(painter: QPainter, face: Face, look: Look, maps: Maps) -> None:
    """Draw what the units of a card answer, in the card's coordinates."""
    maps.paint(painter, maps_area(face, maps), look.sized(_REST))


def maps_area(face: Face, maps: Maps) -> QRectF:
    """Return where a card shows what its units answer, in the card's coordinates."""
    if face.activation:
        return _MIDDLE.adjusted(_CURVE_WIDTH + 10, 0, 0, 0)
    if face.chip:
        return _MIDDLE.adjusted(_CHIP + _SPACE, 0, 0, 0)
    if _are_bullets(face, maps):
        return QRectF(_MIDDLE.left(), _MIDDLE.top(), _BULLET, _MIDDLE.height())
    return _MIDDLE if maps.answers.scope is Scope.PICTURE else _MIDDLE.adjusted(_LINES_WIDTH + _SPACE, 0, 0, 0)


def value_areas(face: Face, look: Look) -> list[tuple[str, QRectF]]:
    """Return where a card tells values that can be edited in place: (key, area in the card's coordinates)."""
    if not face.activation or not face.keys:
        return []
    small = QFontMetricsF(look.sized(_TINY))
    _, rest = _head(face, look)
    setting = _first_fitting(face.subtitles, look.sized(_TINY), rest.width())
    left = rest.right() - min(small.horizontalAdvance(setting), rest.width())
    areas = []
    if face.count and setting == face.subtitles[0]:
        middle = left + small.horizontalAdvance(setting.partition("·")[0])
        areas.append((face.count, QRectF(left, rest.top(), middle - left, rest.height())))
        left = middle
    areas.append(("activation", QRectF(left, rest.top(), rest.right() - left, rest.height())))
    areas.append(("activation", QRectF(_MIDDLE.left(), _MIDDLE.top(), _CURVE_WIDTH, _MIDDLE.height())))
    shape = _first_fitting(face.feet, look.sized(_TINY), _FOOT.width()).partition(GAP)[0]
    if face.count and shape.startswith("→"):
        areas.append((face.count, QRectF(_FOOT.topLeft(), QSizeF(small.horizontalAdvance(shape), _FOOT.height()))))
    return areas


def paint_failure(painter: QPainter, look: Look) -> None:
    """Say, in place of what a card says, that it cannot be drawn."""
    painter.setFont(look.sized(_TINY))
    painter.setPen(look.theme.color("muted"))
    sentence = QT_TRANSLATE_NOOP("annstudio", "This layer cannot be drawn because of an error in the program.")
    centered = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
    painter.drawText(CARD.adjusted(_PAD, _PAD, -_PAD, -_PAD), centered, translate(sentence))


def paint_badge(painter: QPainter, look: Look, color: QColor) -> None:
    """Draw the round sign with which a card asks for attention, at its upper right corner."""
    middle = QPointF(CARD.right() - 3, CARD.top() + 3)
    painter.setPen(QPen(look.theme.color("background"), 2))
    painter.setBrush(color)
    painter.drawEllipse(middle, _BADGE, _BADGE)
    painter.setPen(look.theme.color("card"))
    painter.setFont(look.sized(_SMALL, bold=True))
    box = QRectF(middle.x() - _BADGE, middle.y() - _BADGE, 2 * _BADGE, 2 * _BADGE)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "!")


def _paint_shadow(painter: QPainter, theme: Theme, raised: bool) -> None:
    # A few transparent outlines cost far less than a blur, and stay sharp at every zoom.
    color = "accent" if raised else "ink"
    strength = 0.05 if raised else 0.012
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(color, strength) if not theme.dark or raised else QColor(0, 0, 0, 18))
    for spread in (2.0, 4.0, 6.5, 9.5):
        area = CARD.adjusted(-spread, -spread + 2, spread, spread + 2)
        painter.drawRoundedRect(area, CARD_RADIUS + spread, CARD_RADIUS + spread)


def _paint_head(painter: QPainter, face: Face, look: Look, settings: tuple[str, ...]) -> None:
    head, rest = _head(face, look)
    if face.icon and not face.chip:
        box = QRectF(_HEAD.left(), _HEAD.center().y() - _SIGN / 2, _SIGN, _SIGN)
        paint_icon(painter, box.toRect(), face.icon, look.theme.accent)
    title_font = _largest_fitting(face.title, look, head.width())
    _paint_line(painter, head, face.title, title_font, look.theme.color("ink"))
    small = look.sized(_TINY)
    setting = _first_fitting(settings, small, rest.width())
    if min(QFontMetricsF(small).horizontalAdvance(setting), _READABLE) <= rest.width():
        _paint_line(painter, rest, setting, small, look.theme.color("muted"), end=True)


def _head(face: Face, look: Look) -> tuple[QRectF, QRectF]:
    """Return the room for the title, and what the title leaves of it."""
    signed = face.icon and not face.chip
    head = _HEAD.adjusted(_SIGN + _SPACE - 1, 0, 0, 0) if signed else _HEAD
    font = _largest_fitting(face.title, look, head.width())
    width = min(QFontMetricsF(font).horizontalAdvance(face.title), head.width())
    return head, head.adjusted(width + _SPACE, 0, 0, 0)


def _paint_middle(painter: QPainter, face: Face, look: Look, maps: Maps | None) -> None:
    if face.activation:
        curve = QRectF(_MIDDLE.left(), _MIDDLE.top(), _CURVE_WIDTH, _MIDDLE.height())
        paint_activation(painter, curve, face.activation, face.params, look.theme)
    if face.chip:
        _paint_chip(painter, face.icon, look.theme)
    if maps is None and face.activation:
        paint_units(painter, _MIDDLE.adjusted(_CURVE_WIDTH + 10, 0, 0, 0), face.units, look.theme)
    if maps is None or not (face.activation or face.chip or maps.answers.scope is Scope.PICTURE):
        _paint_lines(painter, face, look, maps)


def _paint_lines(painter: QPainter, face: Face, look: Look, maps: Maps | None) -> None:
    """Write what stands in the middle; where no chip stands before it, each line has a dot, or its own map."""
    area, height = _MIDDLE, _MIDDLE.height() / 3
    if face.chip:
        area = _MIDDLE.adjusted(_CHIP + _SPACE, 0, 0, 0)
    elif maps is not None and _are_bullets(face, maps):
        area, height = _MIDDLE.adjusted(_BULLET + _SPACE, 0, 0, 0), _BULLET + 2
    elif maps is not None:
        area = QRectF(_MIDDLE.left(), _MIDDLE.top(), _LINES_WIDTH, _MIDDLE.height())
    dotted = not face.chip and maps is None
    top = area.center().y() - height * len(face.lines) / 2
    for index, line in enumerate(face.lines):
        row = QRectF(area.left(), top + index * height, area.width(), height)
        if dotted:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.theme.color("accent", 0.55))
            painter.drawEllipse(QPointF(row.left() + 3, row.center().y()), 3, 3)
            row.adjust(12, 0, 0, 0)
        _paint_line(painter, row, line, look.sized(_TINY), look.theme.color("muted"))


def _are_bullets(face: Face, maps: Maps) -> bool:
    """Return whether there is a line of text for every map, as for the features of a plane."""
    return maps.answers.scope in (Scope.PLANE, Scope.LINE) and len(maps.images) == len(face.lines)


def _paint_chip(painter: QPainter, icon_name: str, theme: Theme) -> None:
    """Draw a layer's icon as the palette shows it, larger."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent_soft"))
    painter.drawRoundedRect(CHIP, RADIUS, RADIUS)
    inset = (_CHIP - _ICON) / 2
    paint_icon(painter, CHIP.adjusted(inset, inset, -inset, -inset).toRect(), icon_name, theme.accent)


def _paint_foot(painter: QPainter, face: Face, look: Look) -> None:
    painter.setPen(QPen(look.theme.color("line"), 1))
    painter.drawLine(QPointF(_FOOT.left(), _DIVIDER), QPointF(_FOOT.right(), _DIVIDER))
    tiny = look.sized(_TINY)
    foot = _first_fitting(face.feet, tiny, _FOOT.width())
    _paint_line(painter, _FOOT, foot, tiny, look.theme.color("muted"))


def _paint_line(painter: QPainter, area: QRectF, text: str, font: QFont, color: QColor, end: bool = False) -> None:
    if not text or area.width() <= 0:
        return
    font = _tightened(font, text, area.width())
    painter.setFont(font)
    painter.setPen(color)
    # The graph reads from left to right in every language; letters still run as theirs does.
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    side = Qt.AlignmentFlag.AlignRight if end else Qt.AlignmentFlag.AlignLeft
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width() + 0.5)
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def _first_fitting(texts: tuple[str, ...], font: QFont, width: float) -> str:
    """Return the first of these texts that fits, or else the last."""
    metrics = QFontMetricsF(font)
    return next((text for text in texts if metrics.horizontalAdvance(text) <= width), texts[-1] if texts else "")


def _largest_fitting(title: str, look: Look, width: float) -> QFont:
    """Return the bold font in the largest size in which a title fits, or else the smallest."""
    fonts = [look.sized(pixels, bold=True) for pixels in (FONT_PIXELS, _SMALL, _TINY)]
    return next((font for font in fonts if QFontMetricsF(font).horizontalAdvance(title) <= width), fonts[-1])


def _tightened(font: QFont, text: str, width: float) -> QFont:
    """Return the font with its letters a little closer where that spares a text from being cut off."""
    if QFontMetricsF(font).horizontalAdvance(text) <= width:
        return font
    tight = QFont(font)
    tight.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.35)
    return tight
