"""A setting of a layer, edited right at its card."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from annstudio.project.model import Project
from annstudio.ui.document import Document
from annstudio.ui.edit_names import change_name
from annstudio.ui.inspector.fields import NumberField
from annstudio.ui.inspector.form import settings_of
from annstudio.ui.inspector.row import Row
from annstudio.ui.setting_edits import set_setting, toggle_pin

_WIDTH = 250
_PAD = 10
_gestures = itertools.count()


class ValueEditor(QFrame):
    """One row of the inspector's form, over a card: Enter and Tab take the value, Escape gives it up.

    What happens between opening and closing is one undoable edit. Another edit, an undo or another project takes the
    field away, so nothing that is not its own ever comes between what it found and what it gives back.
    """

    moved_on = Signal(str, str, bool)
    """(node id, key, forward): Tab, or Shift+Tab, has left this setting."""
    closed = Signal()
    """It has been left by key, or what it showed is gone: the focus goes back to the canvas."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._document, self._over = document, parent
        self._node_id, self._key, self._gesture = "", "", ""
        self._before = document.project
        self._editing = False
        self._row: Row | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_PAD, _PAD, _PAD, _PAD)
        self.setProperty("role", "floating")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        self.hide()
        document.changed.connect(self._on_document_changed)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]

    @property
    def node_id(self) -> str:
        """The layer whose setting is edited; empty while it is closed."""
        return self._node_id if self._row is not None else ""

    @property
    def row(self) -> Row | None:
        """The field with its label; None while it is closed."""
        return self._row

    def open(self, node_id: str, key: str) -> None:
        """Edit this setting of a layer; does nothing if there is none."""
        self._take_away()
        found = settings_of(self._document.project, node_id)
        if found is None or key not in found[0]:
            return
        params, _, follows = found
        self._node_id, self._key, self._gesture = node_id, key, f"in place {next(_gestures)}"
        self._before = self._document.project
        self._row = row = Row(key, params[key], key in follows)
        row.entered.connect(self._on_entered)
        row.pin_clicked.connect(self._on_pin_clicked)
        row.field.installEventFilter(self)
        self._column.addWidget(row)
        self._show_value()
        self.adjustSize()
        self.show()
        self.raise_()
        row.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(row.field, NumberField):
            row.field.selectAll()

    def place(self, corner: QPoint) -> None:
        """Stand with the top left corner at this pixel of the parent, but within the parent."""
        room = self._over.rect()
        left = max(0, min(corner.x(), room.right() - self.width()))
        self.move(left, max(0, min(corner.y(), room.bottom() - self.height())))

    def finish(self) -> bool:
        """Take what was typed and close; return whether it will do: if not, the field says why and stays."""
        row = self._row
        if row is None:
            return True
        row.field.commit()
        if row.refused:
            return False
        self._take_away()
        return True

    def cancel(self) -> None:
        """Go back to how everything was when the field was opened, and close."""
        if self._row is not None:
            name = change_name(self._before, self._node_id, self._row.param)
            with self._own_edit():
                self._document.apply(name, self._before, self._gesture)
        self._leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter and Escape before the field does."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.finish():
                self.closed.emit()
            return True
        return False

    def focusNextPrevChild(self, next: bool) -> bool:
        """Go on to another setting, unless this one will not do."""
        if self._row is None:
            # A field that is being hidden asks where its focus should go.
            return False
        node_id, key = self._node_id, self._key
        if self.finish():
            self.moved_on.emit(node_id, key, next)
        return True

    def _show_value(self) -> None:
        found = settings_of(self._document.project, self._node_id)
        if self._row is None:
            return
        if found is None or found[0].get(self._key) != self._row.param:
            self._leave()
            return
        _, settings, _ = found
        self._row.show_value(settings[self._key], self._key in settings.pinned)

    def _take_away(self) -> None:
        row, self._row = self._row, None
        if row is not None:
            # Hiding takes the focus from the field, which would send what was typed once more.
            row.blockSignals(True)
            self.hide()
            self._column.removeWidget(row)
            row.deleteLater()

    def _leave(self) -> None:
        self._take_away()
        self.closed.emit()

    @contextmanager
    def _own_edit(self) -> Iterator[None]:
        """Know the edit that comes for one of its own, which leaves the field where it is."""
        self._editing = True
        try:
            yield
        finally:
            self._editing = False

    def _on_entered(self, key: str, entry: object) -> None:
        row = self._row
        if row is None:
            return
        with self._own_edit():
            refusal = set_setting(self._document, self._node_id, key, row.param, entry, self._gesture)
        if refusal:
            row.show_refusal(refusal)
            self.adjustSize()
        else:
            self._show_value()

    def _on_pin_clicked(self, key: str) -> None:
        found = settings_of(self._document.project, self._node_id)
        if self._row is not None and found is not None:
            with self._own_edit():
                toggle_pin(self._document, self._node_id, key, self._row.param, found[1], self._gesture)
            self._show_value()

    def _on_document_changed(self, before: Project, after: Project) -> None:
        if self._row is not None and not self._editing:
            self._leave()

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        """Close when the focus goes elsewhere in the window; a list that drops down is part of the field."""
        if self._row is None or now is None or QApplication.activePopupWidget() is not None:
            return
        if now is not self and not self.isAncestorOf(now) and not self.finish():
            self._take_away()
