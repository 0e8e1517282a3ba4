"""The gallery: every template with a picture and a reason, to open one of them."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annstudio.project.templates import templates
from annstudio.ui.gallery.kitchen import Kitchen
from annstudio.ui.gallery.picture import Preview
from annstudio.ui.gallery.shelves import Shelves
from annstudio.ui.icons import icon
from annstudio.ui.theme import theme_of
from annstudio.ui.translate import translate

_SIZE = QSize(1060, 690)
_SHARE = 0.94
"""Of the screen, at most."""


class GalleryDialog(QDialog):
    """Asks which template to start from.

    The pictures come after the window has appeared, one by one.

    Attributes:
        field: where words to search for are typed, whatever has the focus.
        shelves: the tiles.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New from template"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search examples"))
        self.field.setAccessibleName(self.tr("Search examples"))
        self.field.setClearButtonEnabled(True)
        self.field.setFixedWidth(260)
        self._lens = QAction(self)
        self._lens.setIcon(icon("search", theme_of(self.palette()).muted))
        self.field.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        self.shelves = Shelves()
        self._scroll = QScrollArea()
        self._flaw = QLabel()
        self._flaw.setProperty("role", "muted")
        self._flaw.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel)
        self._open.setProperty("accent", True)
        self._lay_out()
        self._kitchen = Kitchen(tuple(templates), self)
        self._kitchen.ready.connect(self._on_ready)
        self.shelves.chosen.connect(self._on_chosen)
        self.shelves.opened.connect(self.accept)
        self.field.textChanged.connect(self.shelves.search)
        self.field.installEventFilter(self)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._was_painted = False
        self._on_chosen()
        self.resize(self._fitting())

    @property
    def key(self) -> str | None:
        """Key of the chosen template."""
        tile = self.shelves.current
        return tile.key if tile is not None else None

    def done(self, result: int) -> None:
        """Stop what still goes on."""
        self._kitchen.close()
        super().done(result)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Begin with the pictures, once there is something to see."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self._kitchen.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on from the search field to the tiles by Down."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self.shelves.enter()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search for what is typed at a tile."""
        if event.text().strip() and event.text().isprintable():
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.field.insert(event.text())
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Start from an example"))
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.setContentsMargins(22, 18, 22, 12)
        head.addWidget(title, 1)
        head.addWidget(self.field)
        self._scroll.setWidget(self.shelves)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = QHBoxLayout()
        foot.setContentsMargins(22, 12, 22, 14)
        foot.setSpacing(16)
        foot.addWidget(self._flaw, 1)
        foot.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)
        layout.addLayout(foot)

    @property
    def _open(self) -> QPushButton:
        return self.buttons.button(QDialogButtonBox.StandardButton.Open)

    def _fitting(self) -> QSize:
        room = self.screen().availableSize() * _SHARE
        return _SIZE.boundedTo(room)

    def _on_ready(self, key: str, preview: Preview) -> None:
        tile = next(tile for tile in self.shelves.tiles if tile.key == key)
        tile.show_preview(preview)

    def _on_chosen(self) -> None:
        tile = self.shelves.current
        self._open.setEnabled(tile is not None)
        flaw = templates[tile.key].flaw if tile is not None else ""
        self._flaw.setText(translate(flaw))
        if tile is not None:
            self._scroll.ensureWidgetVisible(tile, 0, 40)
