"""The gallery: every template with a picture and a reason, to open one of them."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPaintEvent
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
from annstudio.ui.gallery.picture import preview
from annstudio.ui.gallery.shelves import Shelves
from annstudio.ui.icons import icon
from annstudio.ui.theme import theme_of
from annstudio.ui.translate import translate

_SIZE = QSize(1060, 690)
_SHARE = 0.94
"""Of the screen, at most."""
_FIELD = 260
_SIDE = 22


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
        self.field = self._make_field()
        self.shelves = Shelves()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel)
        self._open.setProperty("accent", True)
        self._scroll = QScrollArea()
        self._flaw = QLabel()
        self._without_picture = iter(self.shelves.tiles)
        self._timer = QTimer(self)
        self._was_painted = False
        self._lay_out()
        self._connect_parts()
        self._on_chosen()
        self.resize(_SIZE.boundedTo(self.screen().availableSize() * _SHARE))

    @property
    def key(self) -> str | None:
        """Key of the chosen template."""
        tile = self.shelves.current
        return tile.key if tile is not None else None

    def done(self, result: int) -> None:
        """Make no more pictures."""
        self._timer.stop()
        super().done(result)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Begin with the pictures, once there is something to see."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self._timer.start()

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

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(self.tr("Search examples"))
        field.setAccessibleName(self.tr("Search examples"))
        field.setClearButtonEnabled(True)
        field.setFixedWidth(_FIELD)
        lens = icon("search", theme_of(self.palette()).muted)
        field.addAction(lens, QLineEdit.ActionPosition.LeadingPosition)
        return field

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Start from an example"))
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.setContentsMargins(_SIDE, 18, _SIDE, 12)
        head.addWidget(title, 1)
        head.addWidget(self.field)
        self._flaw.setProperty("role", "muted")
        self._flaw.setWordWrap(True)
        self._scroll.setWidget(self.shelves)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = QHBoxLayout()
        foot.setContentsMargins(_SIDE, 12, _SIDE, 14)
        foot.setSpacing(16)
        foot.addWidget(self._flaw, 1)
        foot.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)
        layout.addLayout(foot)

    def _connect_parts(self) -> None:
        self._timer.timeout.connect(self._on_time)
        self.shelves.chosen.connect(self._on_chosen)
        self.shelves.opened.connect(self.accept)
        self.field.textChanged.connect(self.shelves.search)
        self.field.installEventFilter(self)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    @property
    def _open(self) -> QPushButton:
        return self.buttons.button(QDialogButtonBox.StandardButton.Open)

    def _on_time(self) -> None:
        """Give one more tile its picture; in between, the window stays alive."""
        tile = next(self._without_picture, None)
        if tile is None:
            self._timer.stop()
        else:
            tile.show_preview(preview(tile.key))

    def _on_chosen(self) -> None:
        tile = self.shelves.current
        self._open.setEnabled(tile is not None)
        flaw = templates[tile.key].flaw if tile is not None else ""
        self._flaw.setText(translate(flaw))
        if tile is not None:
            self._scroll.ensureWidgetVisible(tile, 0, 40)
