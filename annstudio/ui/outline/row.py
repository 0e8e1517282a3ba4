"""How a layer looks in the outline."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annstudio.ui.icons import paint_icon
from annstudio.ui.outline.entries import Entry
from annstudio.ui.outline.model import Index, Role
from annstudio.ui.theme import FONT_PIXELS, Theme, theme_of

_HEIGHT = 42
_LINE = 17
_LEFT, _RIGHT = 14, 14
_CHIP, _ICON = 22, 14
_TEXT = Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignVCenter


class OutlineRow(QStyledItemDelegate):
    """Icon, name and shape; beneath in small what is wrong, or else the settings."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the same height for all."""
        return QSize(80, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row as the reading direction wants it."""
        entry: Entry = index.data(Role.ENTRY)
        theme = theme_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option, theme)
        _paint_chip(painter, option, entry, theme)
        top = option.rect.top() + (_HEIGHT - 2 * _LINE) // 2
        first = option.rect.adjusted(_LEFT + _CHIP + 9, 0, -_RIGHT, 0)
        first = QRect(first.left(), top, first.width(), _LINE)
        _paint_names(painter, option, entry, first, theme)
        _paint_beneath(painter, option, entry, first.translated(0, _LINE), theme)
        painter.restore()


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    state = QStyle.StateFlag
    painter.setPen(QPen(theme.color("accent"), 1.5) if option.state & state.State_HasFocus else Qt.PenStyle.NoPen)
    selected, hovered = option.state & state.State_Selected, option.state & state.State_MouseOver
    painter.setBrush(theme.color("accent_soft") if selected else theme.color("accent", 0.08 if hovered else 0.0))
    painter.drawRoundedRect(QRectF(option.rect.adjusted(6, 1, -6, -1)), 7, 7)


def _paint_chip(painter: QPainter, option: QStyleOptionViewItem, entry: Entry, theme: Theme) -> None:
    top = option.rect.center().y() - _CHIP // 2
    chip = _mirrored(option, QRect(option.rect.left() + _LEFT, top, _CHIP, _CHIP))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("card" if option.state & QStyle.StateFlag.State_Selected else "accent_soft"))
    painter.drawRoundedRect(QRectF(chip), 5, 5)
    inset = (_CHIP - _ICON) // 2
    paint_icon(painter, chip.adjusted(inset, inset, -inset, -inset), entry.icon, theme.accent)


def _paint_names(painter: QPainter, option: QStyleOptionViewItem, entry: Entry, line: QRect, theme: Theme) -> None:
    bold, small = QFont(option.font), _small(option.font)
    bold.setWeight(QFont.Weight.DemiBold)
    width = QFontMetrics(small).horizontalAdvance(entry.shape) + 2
    _draw(painter, option, line.adjusted(0, 0, -width - 6, 0), entry.name, bold, theme.ink)
    _draw(painter, option, QRect(line.right() - width, line.top(), width, _LINE), entry.shape, small, theme.muted)


def _paint_beneath(painter: QPainter, option: QStyleOptionViewItem, entry: Entry, line: QRect, theme: Theme) -> None:
    small = _small(option.font)
    for sentences, name, color in (
        (entry.problems.errors, "circle-alert", theme.error),
        (entry.problems.warnings, "triangle-alert", theme.warning),
    ):
        if sentences:
            box = _mirrored(option, QRect(line.left(), line.top() + 2, _ICON - 1, _ICON - 1))
            paint_icon(painter, box, name, color)
            ink = theme.error if name == "circle-alert" else theme.muted
            _draw(painter, option, line.adjusted(_ICON + 4, 0, 0, 0), sentences[0], small, ink)
            return
    _draw(painter, option, line, entry.details, small, theme.muted)


def _draw(painter: QPainter, option: QStyleOptionViewItem, area: QRect, words: str, font: QFont, color: str) -> None:
    """Write as much as fits into an area that is given for reading from left to right."""
    painter.setFont(font)
    painter.setPen(color)
    right = option.direction is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(_mirrored(option, area), _TEXT | side | Qt.AlignmentFlag.AlignAbsolute, shown)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(FONT_PIXELS - 2)
    return small


def _mirrored(option: QStyleOptionViewItem, area: QRect) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, area)
