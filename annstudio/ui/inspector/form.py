"""A form made from declared parameters: nothing in here knows a particular setting."""

import time
from collections.abc import Collection
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annstudio.core.params import Param
from annstudio.engine.layers import layers
from annstudio.project.following import FOLLOWING
from annstudio.project.model import Project, Settings
from annstudio.project.settings import DATA, TRAINING, declared
from annstudio.ui.document import Document
from annstudio.ui.inspector.expander import Expander
from annstudio.ui.inspector.row import Row
from annstudio.ui.setting_edits import set_setting, toggle_pin

_GESTURE_PAUSE = 1.5
"""Seconds of quiet after which another edit of the same setting is an undo step of its own."""

_SIDE, _WIDE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag(0)


class Form(QWidget):
    """The settings of one owner: a layer, the data or the training.

    Those that few need stand behind “More”. It stays open or closed as the student left it, also for other owners;
    where one of them is not at its default, it opens by itself.

    Args:
        document: where edits go.
        owner: "data", "training" or the id of a node; see show_owner.
    """

    def __init__(self, document: Document, owner: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._owner = owner
        self._gesture, self._edited_at = 0, 0.0
        self.rows: dict[str, Row] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._more = Expander()
        self._more.clicked.connect(self._on_more_clicked)
        self._layout.addWidget(self._more, 0, _SIDE)
        self._wants_more = False
        self._changed: frozenset[str] = frozenset()
        self._idle: set[str] = set()
        document.changed.connect(self._on_document_changed)
        self._show_values()

    def show_owner(self, owner: str) -> None:
        """Show the settings of this owner from now on."""
        if owner != self._owner:
            self._owner = owner
            self._changed = frozenset()
            self._more.setChecked(self._wants_more)
            self._show_values()

    def commit(self) -> None:
        """Take what was typed but not confirmed yet."""
        for row in list(self.rows.values()):
            row.field.commit()

    def take_focus(self, key: str = "") -> None:
        """Move the keyboard focus to a setting's field, or to the first one; what is typed replaces its value."""
        if key in self._hidden():
            self._more.setChecked(True)
            self._show_rows()
        row = self.rows.get(key) or next(iter(self.rows.values()), None)
        if row is not None:
            row.field.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_document_changed(self, before: Project, after: Project) -> None:
        if not after.computes_as(before):
            self._show_values()

    def _show_values(self) -> None:
        found = settings_of(self._document.project, self._owner)
        if found is None:
            self._hide_all()
            return
        params, settings, follows = found
        self._arrange(params, follows)
        for key, row in self.rows.items():
            row.show_value(settings[key], key in settings.pinned)
        self._idle = {key for key, param in params.items() if param.needs and not settings[param.needs]}
        self._open_for({key for key in self._hidden() if settings[key] != params[key].default})

    def _hide_all(self) -> None:
        """Show nothing; the rows wait for the next owner, since to make them takes longer than to show it in them."""
        self._more.hide()
        for row in self.rows.values():
            _hide(row)

    def _open_for(self, changed: Collection[str]) -> None:
        """Open when these hidden settings, which are not at their defaults, are more than were so before."""
        if not self._changed.issuperset(changed):
            self._more.setChecked(True)
        self._changed = frozenset(changed)
        self._show_rows()

    def _show_rows(self) -> None:
        hidden = self._hidden()
        self._more.setVisible(bool(hidden))
        for key, row in self.rows.items():
            row.setVisible(key not in self._idle and (key not in hidden or self._more.isChecked()))

    def _hidden(self) -> list[str]:
        """Return the keys of what stands behind “More”; what a choice brings along stands where the choice does."""
        return [key for key in self.rows if self.rows[key.partition(".")[0]].param.more or self.rows[key].param.more]

    def _arrange(self, params: dict[str, Param], follows: tuple[str, ...]) -> None:
        """Have one row per parameter, in order, those behind “More” last; rows that stay keep their focus."""
        self._remove([key for key, row in self.rows.items() if not row.fits(params.get(key), key in follows)])
        fresh = [key for key in params if key not in self.rows]
        for key in fresh:
            self.rows[key] = row = Row(key, params[key], key in follows)
            row.entered.connect(self._on_entered)
            row.pin_clicked.connect(self._on_pin_clicked)
        self.rows = {key: self.rows[key] for key in params}
        if not fresh:
            return
        hidden = self._hidden()
        plain = [row for key, row in self.rows.items() if key not in hidden]
        column = [*plain, self._more, *(self.rows[key] for key in hidden)]
        for place, widget in enumerate(column):
            if self._layout.indexOf(widget) != place:
                self._layout.insertWidget(place, widget, 0, _SIDE if widget is self._more else _WIDE)
        # Tab goes through the rows as they stand, not as they were made.
        stops = [stop for widget in column for stop in (widget.stops if isinstance(widget, Row) else (widget,))]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _remove(self, keys: list[str]) -> None:
        for key in keys:
            row = self.rows.pop(key)
            self._layout.removeWidget(row)
            _hide(row)
            row.deleteLater()

    def _on_more_clicked(self, opened: bool) -> None:
        self._wants_more = opened
        self._show_rows()

    def _on_entered(self, key: str, entry: object) -> None:
        row = self.rows[key]
        refusal = set_setting(self._document, self._owner, key, row.param, entry, self._gesture_of(key))
        if refusal:
            row.show_refusal(refusal)
        else:
            self._show_values()

    def _on_pin_clicked(self, key: str) -> None:
        found = settings_of(self._document.project, self._owner)
        if found is not None:
            toggle_pin(self._document, self._owner, key, self.rows[key].param, found[1])

    def _gesture_of(self, key: str) -> str:
        """Return the gesture that an edit belongs to: edits of one setting in quick succession are one."""
        now = time.monotonic()
        if now - self._edited_at > _GESTURE_PAUSE:
            self._gesture += 1
        self._edited_at = now
        return f"{self._owner} {key} {self._gesture}"


def _hide(row: Row) -> None:
    # This takes the focus from its field, which then sends what was typed for what is no longer shown.
    row.blockSignals(True)
    row.hide()
    row.blockSignals(False)


def settings_of(project: Project, owner: str) -> tuple[dict[str, Param], Settings, tuple[str, ...]] | None:
    """Return parameters by full key, settings and following keys of an owner; None if there is no such owner."""
    if owner == "data":
        return declared(DATA, project.data.values), project.data, ()
    if owner == "training":
        training = project.training
        return declared(TRAINING, training.values), training, FOLLOWING.get("training", ())
    node = next((node for node in project.design.nodes if node.id == owner), None)
    if node is None:
        return None
    params = declared(layers[node.kind].info.params, node.settings.values)
    return params, node.settings, FOLLOWING.get(node.kind, ())
