"""The list of the palette: how its rows are stored, painted, folded and dragged."""

from collections.abc import Sequence
from enum import IntEnum, auto

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QFont, QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from annstudio.ui.canvas.mime import activation_mime, layer_mime
from annstudio.ui.canvas.thumbnails import default_params, paint_activation
from annstudio.ui.icons import paint_icon
from annstudio.ui.theme import FONT_PIXELS, RADIUS, Theme, theme_of

Index = QModelIndex | QPersistentModelIndex

_ROW = 28
_HEADING = 26
_CHIP = 22
_ICON = 14
_LEFT = 14
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Group(IntEnum):
    """What a row is."""

    HEADING = auto()
    LAYER = auto()
    TEMPLATE = auto()
    GALLERY = auto()
    ACTIVATION = auto()
    MORE = auto()


_DRAGGED = (Group.LAYER, Group.ACTIVATION)


class Role(IntEnum):
    """Where a row keeps what it is, besides its text and tool tip."""

    GROUP = Qt.ItemDataRole.UserRole
    KEY = auto()
    ICON = auto()
    WORDS = auto()
    MORE = auto()


class PaletteList(QTreeWidget):
    """Entries under headings, which fold by click, Enter, Space, Left and Right.

    Layers and activations can be dragged; a click on a template, or on what leads to all of them, chooses it.
    """

    chosen = Signal(QTreeWidgetItem)
    """(row), by double-click or Enter for what can be dragged, by click or Enter for the rest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_RowDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.itemClicked.connect(self._on_clicked)

    def add_heading(self, label: str, key: str) -> QTreeWidgetItem:
        """Append a heading, folded; return it for its entries."""
        heading = QTreeWidgetItem(self, [label])
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        _describe(heading, Group.HEADING, key)
        return heading

    def add_entry(
        self, heading: QTreeWidgetItem, group: Group, label: str, key: str, icon_name: str
    ) -> QTreeWidgetItem:
        """Append an entry to a heading; return it, so that its tool tip and search words can be set."""
        row = QTreeWidgetItem(heading, [label])
        drag = Qt.ItemFlag.ItemIsDragEnabled if group in _DRAGGED else Qt.ItemFlag.NoItemFlags
        row.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | drag)
        _describe(row, group, key)
        row.setData(0, Role.ICON, icon_name)
        return row

    def headings(self) -> list[QTreeWidgetItem]:
        """Return all headings, shown or not."""
        return self.entries_of(self.invisibleRootItem())

    def entries_of(self, heading: QTreeWidgetItem) -> list[QTreeWidgetItem]:
        """Return the entries of a heading, shown or not."""
        rows = (heading.child(index) for index in range(heading.childCount()))
        return [row for row in rows if row is not None]

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        """Return what a drag of this row carries."""
        key = items[0].data(0, Role.KEY)
        return activation_mime(key) if items[0].data(0, Role.GROUP) == Group.ACTIVATION else layer_mime(key)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        """Drag the current row as a small card, which leaves free what is under the pointer."""
        row = self.currentItem()
        if row is None:
            return
        drag = QDrag(self)
        drag.setMimeData(self.mimeData([row]))
        drag.setPixmap(self._picture(row))
        drag.exec(Qt.DropAction.CopyAction)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the current entry by Enter; fold the current heading by Enter or Space."""
        row = self.currentItem()
        heading = row is not None and row.data(0, Role.GROUP) == Group.HEADING
        if row is None or event.key() not in (_ENTER | {Qt.Key.Key_Space} if heading else _ENTER):
            super().keyPressEvent(event)
        elif heading:
            row.setExpanded(not row.isExpanded())
        else:
            self.chosen.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose a layer or an activation."""
        row = self.itemAt(event.position().toPoint())
        if row is not None and row.data(0, Role.GROUP) in _DRAGGED:
            self.chosen.emit(row)
        else:
            super().mouseDoubleClickEvent(event)

    def _on_clicked(self, row: QTreeWidgetItem) -> None:
        if row.data(0, Role.GROUP) == Group.HEADING:
            row.setExpanded(not row.isExpanded())
        elif row.data(0, Role.GROUP) not in _DRAGGED:
            self.chosen.emit(row)

    def _picture(self, row: QTreeWidgetItem) -> QPixmap:
        theme, scale = theme_of(self.palette()), self.devicePixelRatioF()
        label = row.text(0)
        size = QSize(_CHIP + 30 + self.fontMetrics().horizontalAdvance(label), _CHIP + 14)
        picture = QPixmap(size * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent"), 1.5))
        painter.setBrush(theme.color("card"))
        painter.drawRoundedRect(QRectF(QPointF(0, 0), size).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        _paint_chip(painter, QRect(8, 7, _CHIP, _CHIP), row.data(0, Role.GROUP), row.data(0, Role.ICON), theme)
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
        theme = theme_of(option.palette)
        _paint_ground(painter, option, theme)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        color = theme.ink if hovered else theme.muted
        font = QFont(option.font)
        font.setPixelSize(FONT_PIXELS - 1)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(color))
        area = _mirrored(option, option.rect.adjusted(_LEFT, 0, -_LEFT - _ICON, 0))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, index.data(Qt.ItemDataRole.DisplayRole))
        top = option.rect.center().y() - _ICON // 2
        box = _mirrored(option, QRect(option.rect.right() - _LEFT - _ICON, top, _ICON, _ICON))
        is_open = bool(option.state & QStyle.StateFlag.State_Open)
        paint_icon(painter, box, "chevron-up" if is_open else "chevron-down", color)

    def _paint_entry(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = theme_of(option.palette)
        _paint_ground(painter, option, theme)
        top = option.rect.center().y() - _CHIP // 2
        chip = _mirrored(option, QRect(option.rect.left() + _LEFT, top, _CHIP, _CHIP))
        _paint_chip(painter, chip, index.data(Role.GROUP), index.data(Role.ICON), theme)
        painter.setPen(theme.color("ink"))
        area = _mirrored(option, option.rect.adjusted(_LEFT + _CHIP + 9, 0, -8, 0))
        label = index.data(Qt.ItemDataRole.DisplayRole)
        label = option.fontMetrics.elidedText(label, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, label)


def _describe(row: QTreeWidgetItem, group: Group, key: str) -> None:
    row.setData(0, Role.GROUP, group)
    row.setData(0, Role.KEY, key)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    """Paint what a row shows under the pointer and with the focus."""
    focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
    painter.setPen(QPen(theme.color("accent"), 1.5) if focused else Qt.PenStyle.NoPen)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    painter.setBrush(theme.color("accent", 0.08 if hovered else 0.0))
    painter.drawRoundedRect(QRectF(option.rect.adjusted(6, 1, -6, -1)), 7, 7)


def _paint_chip(painter: QPainter, chip: QRect, group: Group, picture: str, theme: Theme) -> None:
    """Paint a row's picture: the curve of an activation, by its key, or an icon."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent_soft"))
    painter.drawRoundedRect(QRectF(chip), 5, 5)
    inset = (_CHIP - _ICON) // 2
    box = chip.adjusted(inset, inset, -inset, -inset)
    if group == Group.ACTIVATION:
        paint_activation(painter, QRectF(box), picture, default_params(picture), theme)
    else:
        paint_icon(painter, box, picture, theme.accent)


def _mirrored(option: QStyleOptionViewItem, area: QRect) -> QRect:
    """Return an area of a row as the reading direction wants it."""
    return QStyle.visualRect(option.direction, option.rect, area)
