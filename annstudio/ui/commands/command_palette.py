"""The command palette: a field over the window, and below it what fits."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSignalBlocker, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAction, QColor, QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from annstudio.ui.commands.command import Command, Provider
from annstudio.ui.commands.hits import Hits, Index, Role, ranked
from annstudio.ui.commands.recent import note_command, recent_commands
from annstudio.ui.commands.row import HEIGHT, CommandRow
from annstudio.ui.icons import icon
from annstudio.ui.theme import CARD_RADIUS, theme_of

_WIDTH = 580
_TOP = 54
_ROWS = 10
_AROUND = 110
"""What field, foot and edges of the card need above and below the list, with a little room to spare."""
_SHADOW, _DROP = 28, 6
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_PAGES = {Qt.Key.Key_PageDown: _ROWS - 1, Qt.Key.Key_PageUp: 1 - _ROWS}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CommandPalette(QWidget):
    """A card that lies over the upper middle of the window; Escape closes it, and a click beside it.

    It is a part of the window, not a window of its own: what is typed right after its key arrives in the field.

    Args:
        providers: where commands come from, in the order in which they are listed while nothing is typed.
        window: what it lies on.

    Attributes:
        field: what is typed.
        list: what fits.
    """

    def __init__(self, providers: Sequence[Provider], window: QWidget) -> None:
        super().__init__(window)
        self._window, self._providers = window, providers
        application = QApplication.instance()
        assert application is not None
        self._application = application
        self._commands: list[Command] = []
        self._recent: list[str] = []
        self._before: QWidget | None = None
        self._hits = Hits(self)
        self.field, self.list = QLineEdit(), QListView()
        self._nothing, self._keys = QLabel(), QLabel()
        self._card = self._make_card()
        self._lens = QAction(self)
        self._dress_field()
        self._dress_list()
        self._lay_out()
        self.hide()
        self.field.textChanged.connect(self._on_typed)
        self.list.clicked.connect(self._on_clicked)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)

    def prepare(self) -> None:
        """Load what commands are made of, so that it opens at once."""
        self._collect()

    def toggle(self) -> None:
        """Open it, or close it again."""
        if self.isVisible():
            self.dismiss()
        else:
            self.open()

    def open(self) -> None:
        """Ask for all commands anew, and wait for what is typed."""
        before = QApplication.focusWidget()
        self._color()
        self.show()
        self.raise_()
        # What is still being typed elsewhere counts from here on, since its field loses the focus.
        self.field.setFocus()
        self._before = _nearest_shown(before)
        self._collect()
        self._recent = recent_commands()
        with QSignalBlocker(self.field):
            self.field.clear()
        self._show_hits()
        self._application.installEventFilter(self)

    def dismiss(self) -> None:
        """Close it; the keyboard goes back to where it was."""
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the list from the field; while open, see what happens elsewhere in the program."""
        kind = event.type()
        if watched is self.field and isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            return self._steer(event)
        if watched is self.field and kind == QEvent.Type.FocusOut and self._window.isActiveWindow():
            self.hide()
        elif watched is self._window and kind == QEvent.Type.Resize:
            self._place()
        elif kind == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget) and not self._holds(watched):
            self.dismiss()
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no further at what happens elsewhere."""
        super().hideEvent(event)
        self._application.removeEventFilter(self)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._color()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card's shadow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        # A few transparent outlines cost far less than a blur, which each typed letter would ask for anew.
        painter.setBrush(QColor(0, 0, 0, 14 if theme_of(self.palette()).dark else 4))
        for spread in range(1, _SHADOW - _DROP, 2):
            area = QRectF(self._card.geometry()).adjusted(-spread, _DROP - spread, spread, _DROP + spread)
            painter.drawRoundedRect(area, CARD_RADIUS + spread, CARD_RADIUS + spread)

    def _collect(self) -> None:
        self._commands = [command for provider in self._providers for command in provider()]

    def _make_card(self) -> QFrame:
        card = QFrame(self)
        card.setProperty("role", "floating")
        card.setAccessibleName(self.tr("Commands"))
        # The style sheet's background ends at the rounded corners.
        around = QVBoxLayout(self)
        around.setContentsMargins(_SHADOW, _SHADOW, _SHADOW, _SHADOW)
        around.addWidget(card)
        return card

    def _dress_field(self) -> None:
        self.field.setProperty("role", "plain")
        self.field.setPlaceholderText(self.tr("Search commands, layers, settings and examples"))
        self.field.setAccessibleName(self.tr("Command"))
        self.field.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)

    def _dress_list(self) -> None:
        self.list.setModel(self._hits)
        self.list.setItemDelegate(CommandRow(self.list))
        self.list.setAccessibleName(self.tr("What fits"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def _lay_out(self) -> None:
        self._nothing.setProperty("role", "muted")
        self._nothing.setContentsMargins(24, 8, 24, 8)
        self._nothing.setText(self.tr("Nothing fits. Try fewer letters."))
        self._keys.setProperty("role", "muted")
        self._keys.setContentsMargins(18, 6, 18, 8)
        self._keys.setText(self.tr("↑ ↓ choose   ·   Enter does it   ·   Esc closes"))
        column = self._column = QVBoxLayout(self._card)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for widget in (self.field, _rule(), self.list, self._nothing, _rule(), self._keys):
            column.addWidget(widget)
        column.insertSpacing(2, 5)
        column.insertSpacing(5, 5)

    def _place(self) -> None:
        """Lie in the upper middle of the window, as high as the list needs and the window allows."""
        room = self._window.width()
        self._card.setFixedWidth(min(_WIDTH, room - 40))
        rows = max((self._window.height() - _TOP - _AROUND) // HEIGHT, 1)
        self.list.setFixedHeight(HEIGHT * min(self._hits.rowCount(), rows, _ROWS))
        # At once, not when the next event comes: else the height would be the one of the earlier list.
        self._column.activate()
        self.adjustSize()
        self.move((room - self.width()) // 2, _TOP - _SHADOW)

    def _holds(self, widget: QWidget) -> bool:
        return widget is self or self.isAncestorOf(widget)

    def _color(self) -> None:
        self._lens.setIcon(icon("search", theme_of(self.palette()).muted))

    def _show_hits(self) -> None:
        self._hits.show_hits(ranked(self._commands, self.field.text(), self._recent), self._recent)
        found = self._hits.rowCount() > 0
        self.list.setVisible(found)
        self._nothing.setVisible(not found)
        self.list.setCurrentIndex(self._hits.index(0))
        self._tell()
        self._place()

    def _steer(self, event: QKeyEvent) -> bool:
        """Do what a key means beside typing; return whether it means anything."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in _ENTER:
            self._run(self.list.currentIndex())
        elif key in _STEPS:
            self._go((self.list.currentIndex().row() + _STEPS[key]) % max(self._hits.rowCount(), 1))
        elif key in _PAGES:
            self._go(min(max(self.list.currentIndex().row() + _PAGES[key], 0), self._hits.rowCount() - 1))
        else:
            return False
        return True

    def _go(self, row: int) -> None:
        self.list.setCurrentIndex(self._hits.index(row))

    def _run(self, index: Index) -> None:
        if index.isValid():
            command: Command = index.data(Role.HIT).command
            self.dismiss()
            note_command(command.key)
            command.run()

    def _tell(self) -> None:
        """Tell a screen reader, which listens to the field, what Enter would do."""
        index = self.list.currentIndex()
        if not index.isValid():
            self.field.setAccessibleDescription(self._nothing.text())
            return
        parts = (index.data(), index.data(Qt.ItemDataRole.AccessibleDescriptionRole))
        place = self.tr("{number} of {count}").format(number=index.row() + 1, count=self._hits.rowCount())
        self.field.setAccessibleDescription(", ".join((*filter(None, parts), place)))
        QAccessible.updateAccessibility(QAccessibleEvent(self.field, QAccessible.Event.DescriptionChanged))

    def _on_typed(self) -> None:
        self._show_hits()

    def _on_clicked(self, index: Index) -> None:
        self._run(index)

    def _on_current_changed(self) -> None:
        self._tell()


def _nearest_shown(widget: QWidget | None) -> QWidget | None:
    """Return the widget, or what it was in: an editor that goes when it loses the focus does not come back."""
    while widget is not None and not widget.isVisible():
        widget = widget.parentWidget()
    return widget


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    return rule
