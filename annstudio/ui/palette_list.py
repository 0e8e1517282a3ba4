"""The list of the palette: how its rows are stored, painted and dragged."""

from collections.abc import Sequence
from enum import IntEnum, auto

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QFont, QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annstudio.ui.canvas.mime import layer_mime
from annstudio.ui.icons import icon
from annstudio.ui.theme import FONT_PIXELS, RADIUS, Theme, theme_of

Index = QModelIndex | QPersistentModelIndex

_ROW = 28
_HEADING = 30
_CHIP = 22
_ICON = 14
_LEFT = 14


class Group(IntEnum):
    """What a row is."""

    HEADING = auto()
    LAYER = auto()
    TEMPLATE = auto()


class Role(IntEnum):
    """Where a row keeps what it is, besides its text and tool tip."""

    GROUP = Qt.ItemDataRole.UserRole
    KEY = auto()
    ICON = auto()
    WORDS = auto()


class PaletteList(QListWidget):
    """Rows under headings. Layers can be dragged; a click on a template chooses it."""

    chosen = Signal(QListWidgetItem)
    """(row), by double-click or Enter for a layer, by click or Enter for a template."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_RowDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.itemClicked.connect(self._on_clicked)

    def add_row(self, group: Group, label: str, key: str = "", icon_name: str = "") -> QListWidgetItem:
        """Append a row; return it, so that its tool tip and search words can be set."""
        row = QListWidgetItem(label, self)
        row.setData(Role.GROUP, group)
        row.setData(Role.KEY, key)
        row.setData(Role.ICON, icon_name)
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        flags = {
            Group.HEADING: Qt.ItemFlag.NoItemFlags,
            Group.LAYER: enabled | Qt.ItemFlag.ItemIsDragEnabled,
            Group.TEMPLATE: enabled,
        }
        row.setFlags(flags[group])
        return row

    def rows(self) -> list[QListWidgetItem]:
        """Return all rows, shown or not."""
        return [self.item(index) for index in range(self.count())]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """Return what a drag of this row carries."""
        return layer_mime(items[0].data(Role.KEY))

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        """Drag the current layer as a small card, which leaves free what is under the pointer."""
        row = self.currentItem()
        drag = QDrag(self)
        drag.setMimeData(self.mimeData([row]))
        drag.setPixmap(self._picture(row))
        drag.exec(Qt.DropAction.CopyAction)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the current row by Enter."""
        row = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self.chosen.emit(row)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose a layer."""
        row = self.itemAt(event.position().toPoint())
        if row is not None and row.data(Role.GROUP) == Group.LAYER:
            self.chosen.emit(row)
        else:
            super().mouseDoubleClickEvent(event)

    def _on_clicked(self, row: QListWidgetItem) -> None:
        if row.data(Role.GROUP) == Group.TEMPLATE:
            self.chosen.emit(row)

    def _picture(self, row: QListWidgetItem) -> QPixmap:
        theme, scale = theme_of(self.palette()), self.devicePixelRatioF()
        label = row.text()
        size = QSize(_CHIP + 30 + self.fontMetrics().horizontalAdvance(label), _CHIP + 14)
        picture = QPixmap(size * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent"), 1.5))
        painter.setBrush(theme.color("card"))
        painter.drawRoundedRect(QRectF(QPointF(0, 0), size).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        _paint_chip(painter, QRect(8, 7, _CHIP, _CHIP), row.data(Role.ICON), theme)
        painter.setFont(self.font())
        painter.setPen(theme.color("ink"))
        painter.drawText(QRect(_CHIP + 16, 0, size.width(), size.height()), Qt.AlignmentFlag.AlignVCenter, label)
        painter.end()
        return picture


class _RowDelegate(QStyledItemDelegate):
    """Paints headings, and entries with their icon on a chip."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = index.data(Role.GROUP) == Group.HEADING
        return QSize(80, _HEADING if heading else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(Role.GROUP) == Group.HEADING:
            self._paint_heading(painter, option, index)
        else:
            self._paint_entry(painter, option, index)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        font = QFont(option.font)
        font.setPixelSize(FONT_PIXELS - 1)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme_of(option.palette).color("muted"))
        area = _mirrored(option, option.rect.adjusted(_LEFT, 8, -4, 0))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, index.data(Qt.ItemDataRole.DisplayRole))

    def _paint_entry(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = theme_of(option.palette), QRectF(option.rect.adjusted(6, 1, -6, -1))
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(theme.color("accent"), 1.5) if focused else Qt.PenStyle.NoPen)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setBrush(theme.color("accent", 0.08 if hovered else 0.0))
        painter.drawRoundedRect(row, 7, 7)
        top = option.rect.center().y() - _CHIP // 2
        chip = _mirrored(option, QRect(option.rect.left() + _LEFT, top, _CHIP, _CHIP))
        _paint_chip(painter, chip, index.data(Role.ICON), theme)
        painter.setPen(theme.color("ink"))
        area = _mirrored(option, option.rect.adjusted(_LEFT + _CHIP + 9, 0, -8, 0))
        label = index.data(Qt.ItemDataRole.DisplayRole)
        label = option.fontMetrics.elidedText(label, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, label)


def _paint_chip(painter: QPainter, chip: QRect, icon_name: str, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent_soft"))
    painter.drawRoundedRect(QRectF(chip), 5, 5)
    inset = (_CHIP - _ICON) // 2
    icon(icon_name, theme.accent).paint(painter, chip.adjusted(inset, inset, -inset, -inset))


def _mirrored(option: QStyleOptionViewItem, area: QRect) -> QRect:
    """Return an area of a row as the reading direction wants it."""
    return QStyle.visualRect(option.direction, option.rect, area)
