"""The tiles of the gallery under the headings of their groups, and how the arrow keys go through them."""

from itertools import groupby

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QLabel, QStyle, QWidget

from annstudio.project.templates import templates
from annstudio.ui.gallery.tile import Tile
from annstudio.ui.translate import translate

_NARROWEST = 216
"""Width of a tile at which another column is added."""
_GAP = 14
_HEADING = 22
_SIDE, _TOP = 22, 4
"""Room around the tiles."""

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Shelves(QWidget):
    """One shelf per group of templates; as many columns as there is room for.

    Attributes:
        tiles: all of them, in the order of the registry.
    """

    chosen = Signal()
    """Another tile is chosen, or none."""
    opened = Signal()
    """The chosen tile is to be opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._rows: list[list[Tile]] = []
        self._shelves: list[tuple[QLabel, list[Tile]]] = []
        self._group = QButtonGroup(self)
        for category, group in groupby(templates.values(), key=lambda template: template.info.category):
            self._shelves.append((self._heading(translate(category)), [Tile(template, self) for template in group]))
        self.tiles = [tile for _, tiles in self._shelves for tile in tiles]
        for tile in self.tiles:
            self._group.addButton(tile)
            tile.opened.connect(self.opened)
        self._nothing = QLabel(self.tr("No example speaks of that."), self)
        self._nothing.setProperty("role", "muted")
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def current(self) -> Tile | None:
        """The chosen tile."""
        return next((tile for tile in self.tiles if tile.isChecked()), None)

    @property
    def rows(self) -> list[list[Tile]]:
        """The tiles as they are seen, row by row."""
        return self._rows

    def search(self, words: str) -> None:
        """Show the tiles that speak of all words, and choose the best of them; without words, all and none.

        The best is the first of those with the most of the words in their names.
        """
        self._words = words.casefold().split()
        self._arrange()
        found = [tile for row in self._rows for tile in row] if self._words else []
        self._choose(max(found, key=lambda tile: tile.in_title(self._words), default=None))

    def enter(self) -> None:
        """Give the focus to the chosen tile, or to the first."""
        tile = self.current or (self._rows[0][0] if self._rows else None)
        if tile is not None:
            tile.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the tiles; open one by Enter."""
        key = event.key()
        if key in _ENTER and self.current is not None:
            self.opened.emit()
        elif (tile := self._neighbor(key)) is not None:
            tile.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            event.ignore()

    def _neighbor(self, key: int) -> Tile | None:
        """Return the tile that a key leads to, the same at an end; None if it is no key that leads anywhere."""
        flat = [tile for row in self._rows for tile in row]
        if self.current not in flat:
            return None
        place = flat.index(self.current)
        forward = 1 if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else -1
        steps = {Qt.Key.Key_Right: forward, Qt.Key.Key_Left: -forward}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(flat) - 1}
        rows = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if key in rows:
            return self._above_or_below(flat[place], rows[Qt.Key(key)])
        if key in steps:
            place = max(0, min(place + steps[Qt.Key(key)], len(flat) - 1))
        elif key in ends:
            place = ends[Qt.Key(key)]
        else:
            return None
        return flat[place]

    def _above_or_below(self, tile: Tile, by: int) -> Tile:
        number = next(number for number, row in enumerate(self._rows) if tile in row)
        other = number + by
        if not 0 <= other < len(self._rows):
            return tile
        row = self._rows[other]
        return row[min(self._rows[number].index(tile), len(row) - 1)]

    def _arrange(self) -> None:
        """Put everything in its place."""
        columns, size = self._fitting()
        self._rows, top = [], _TOP
        # The shelf with the best tile comes first, while something is sought.
        for heading, tiles in sorted(self._shelves, key=lambda shelf: min(map(self._rank, shelf[1]), default=0)):
            shown = sorted((tile for tile in tiles if tile.matches(self._words)), key=self._rank)
            heading.setVisible(bool(shown))
            for tile in tiles:
                tile.setVisible(tile in shown)
            if shown:
                self._put(heading, QRect(_SIDE, top, self._room, _HEADING))
                top = self._arrange_tiles(shown, top + _HEADING + _GAP // 2, columns, size) + _GAP // 2
        self._nothing.setVisible(not self._rows)
        self._put(self._nothing, QRect(_SIDE, _TOP, self._room, _HEADING))
        self.setMinimumHeight(top)

    def _rank(self, tile: Tile) -> int:
        """Return what puts the best of a shelf first."""
        return -tile.in_title(self._words) if tile.matches(self._words) else 0

    def _fitting(self) -> tuple[int, QSize]:
        """Return how many columns there is room for, and how large a tile gets: all alike, so pictures are level."""
        columns = max(1, (self._room + _GAP) // (_NARROWEST + _GAP))
        width = (self._room - (columns - 1) * _GAP) // columns
        return columns, QSize(width, max(tile.heightForWidth(width) for tile in self.tiles))

    def _arrange_tiles(self, tiles: list[Tile], top: int, columns: int, size: QSize) -> int:
        """Put these tiles into rows; return where the next part begins."""
        for start in range(0, len(tiles), columns):
            row = tiles[start : start + columns]
            for column, tile in enumerate(row):
                self._put(tile, QRect(QPoint(_SIDE + column * (size.width() + _GAP), top), size))
            self._rows.append(row)
            top += size.height() + _GAP
        return top

    @property
    def _room(self) -> int:
        """Width that the tiles share."""
        return self.width() - 2 * _SIDE

    def _put(self, part: QWidget, box: QRect) -> None:
        part.setGeometry(QStyle.visualRect(self.layoutDirection(), QRect(0, 0, self.width(), 0), box))

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "heading")
        return label

    def _choose(self, tile: Tile | None) -> None:
        """Choose a tile, or none, which an exclusive group does not allow by itself."""
        if tile is not None:
            tile.setChecked(True)
        elif (current := self.current) is not None:
            self._group.setExclusive(False)
            current.setChecked(False)
            self._group.setExclusive(True)

    def _on_toggled(self) -> None:
        self.chosen.emit()
