"""How a command looks in the list."""

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annstudio.ui.commands.hits import Hit, Index, Role
from annstudio.ui.icons import paint_icon
from annstudio.ui.theme import FONT_PIXELS, RADIUS, Theme, theme_of

HEIGHT = 34
_SIDE = 6
_PAD = 12
_ICON = 16
_GAP = 10
_CAP_HEIGHT = 20
_CENTER = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class CommandRow(QStyledItemDelegate):
    """Icon, name with the letters that were meant, and at the end the place and the key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the same height for all."""
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row from both ends; the name has what room is left, and the place gives way first."""
        hit: Hit = index.data(Role.HIT)
        theme, command = theme_of(option.palette), hit.command
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(QRectF(option.rect.adjusted(_SIDE, 1, -_SIDE, -1)), RADIUS, RADIUS)
        room = option.rect.adjusted(_SIDE + _PAD, 0, -_SIDE - _PAD, 0)
        line = _Line(painter, option, room)
        name = "check" if command.chosen else "history" if index.data(Role.RECENT) else command.icon
        line.icon(name, theme.accent if command.chosen else theme.muted)
        if command.shortcut:
            line.caps(command.shortcut, theme)
        line.place(command.place, command.label, theme)
        line.label(command.label, hit.places, theme)
        painter.restore()


class _Line:
    """Paints the parts of a row into what room is left, in the reading direction."""

    def __init__(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect) -> None:
        self._painter, self._option, self._room = painter, option, room
        self._small = QFont(option.font)
        self._small.setPixelSize(FONT_PIXELS - 1)
        self._bold = QFont(option.font)
        self._bold.setWeight(QFont.Weight.Bold)

    def icon(self, name: str, color: str) -> None:
        """Paint a picture at the start, or leave its room free."""
        box = self._taken_at_start(_ICON, _ICON)
        if name:
            paint_icon(self._painter, box, name, color)

    def caps(self, shortcut: str, theme: Theme) -> None:
        """Paint a key at the end, as on the keyboard."""
        self._painter.setFont(self._small)
        width = QFontMetrics(self._small).horizontalAdvance(shortcut) + 12
        box = QRectF(self._taken_at_end(max(width, _CAP_HEIGHT), _CAP_HEIGHT)).adjusted(0.5, 0.5, -0.5, -0.5)
        self._painter.setPen(QPen(theme.color("muted", 0.45)))
        self._painter.setBrush(theme.color("card"))
        self._painter.drawRoundedRect(box, 5, 5)
        self._painter.setPen(theme.color("muted"))
        # Keys are named from left to right in every language.
        self._painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shortcut)
        self._painter.setLayoutDirection(self._option.direction)

    def place(self, place: str, label: str, theme: Theme) -> None:
        """Paint where else a command is found, at the end, where the label leaves room."""
        metrics = QFontMetrics(self._small)
        left = self._room.width() - QFontMetrics(self._bold).horizontalAdvance(label) - 2 * _GAP
        shown = metrics.elidedText(place, Qt.TextElideMode.ElideRight, left) if left > 40 else ""
        if shown:
            self._painter.setFont(self._small)
            self._painter.setPen(theme.color("muted"))
            width = metrics.horizontalAdvance(shown) + 2
            self._painter.drawText(self._taken_at_end(width, self._room.height()), _CENTER, shown)

    def label(self, label: str, places: Collection[int], theme: Theme) -> None:
        """Paint the name, the letters that were meant in the accent color and bold."""
        # Laid out as a whole, so that letters stay joined and in order in every script.
        layout = QTextLayout(label, self._option.font)
        option = QTextOption(self._start)
        option.setTextDirection(self._option.direction)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats([_format(place, theme) for place in places])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(self._room.width())
        layout.endLayout()
        self._painter.setPen(theme.color("ink"))
        self._painter.setClipRect(self._room)
        top = self._room.top() + (self._room.height() - line.height()) / 2
        layout.draw(self._painter, QPointF(self._room.left(), top))

    @property
    def _start(self) -> Qt.AlignmentFlag:
        right = self._option.direction is Qt.LayoutDirection.RightToLeft
        return Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft

    def _taken_at_start(self, width: int, height: int) -> QRect:
        return self._taken(width, height, self._option.direction is Qt.LayoutDirection.LeftToRight)

    def _taken_at_end(self, width: int, height: int) -> QRect:
        return self._taken(width, height, self._option.direction is Qt.LayoutDirection.RightToLeft)

    def _taken(self, width: int, height: int, left: bool) -> QRect:
        """Return a box at one side of the room, which gets narrower by it."""
        top = self._room.center().y() - (height - 1) // 2
        if left:
            box = QRect(self._room.left(), top, width, height)
            self._room = self._room.adjusted(width + _GAP, 0, 0, 0)
        else:
            box = QRect(self._room.right() - width + 1, top, width, height)
            self._room = self._room.adjusted(0, 0, -width - _GAP, 0)
        return box


def _format(place: int, theme: Theme) -> QTextLayout.FormatRange:
    """Return how a letter looks that was meant."""
    meant = QTextLayout.FormatRange()
    meant.start, meant.length = place, 1
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.Bold)
    look.setForeground(theme.color("accent"))
    meant.format = look
    return meant
