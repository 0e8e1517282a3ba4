"""The small windows of the Help menu, and the one that owns up to an error of the program."""

import sys
import time
import traceback
from collections.abc import Sequence
from html import escape
from types import TracebackType

import numpy
from PySide6.QtCore import QObject, QSize, Qt, QTimer, qVersion
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from annstudio import __version__
from annstudio.engine.layers import layers
from annstudio.ui.icons import app_icon
from annstudio.ui.scrolling import scrolling
from annstudio.ui.translate import translate

_QUIET = 60.0
"""Seconds for which an error that comes again is not told again."""
_SHARE = 0.94
"""Of the screen, at most; the rest is for the frame."""
_SIDE, _BETWEEN = 22, 52
"""Room beside the list of keys, and between its groups."""


class ShortcutsDialog(QDialog):
    """Which key does what; it scrolls where the screen is too small for all of it.

    Args:
        actions: those with a key; the ones that work in a part of the window only are the canvas's.
        parent: the window.
    """

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        room = self.screen().availableSize() * _SHARE
        groups = self._groups(actions, room.width())
        scroll = scrolling(groups)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(buttons)
        buttons.setContentsMargins(_SIDE, 12, _SIDE, 14)
        wanted = groups.sizeHint() + QSize(scroll.verticalScrollBar().sizeHint().width(), buttons.sizeHint().height())
        self.resize(wanted.boundedTo(room))
        # The keys that scroll work at once.
        scroll.setFocus()

    def _groups(self, actions: Sequence[QAction], room: int) -> QWidget:
        """Return all keys: three groups beside each other, or one below another where there is no room for that."""
        window = Qt.ShortcutContext.WindowShortcut
        everywhere = [_named(action) for action in actions if action.shortcutContext() is window]
        canvas = [_named(action) for action in actions if action.shortcutContext() is not window]
        groups = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, groups)
        row.setContentsMargins(_SIDE, 20, _SIDE, 16)
        row.setSpacing(_BETWEEN)
        for title, keys in (
            (self.tr("Everywhere"), everywhere),
            (self.tr("On the canvas"), [*self._canvas_keys(), *canvas]),
            (self.tr("Add a layer on the canvas"), _layer_keys()),
        ):
            row.addLayout(_group(title, keys))
        if groups.sizeHint().width() > room:
            row.setDirection(QBoxLayout.Direction.TopToBottom)
        return groups

    def _canvas_keys(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Previous or next layer"), "← →, Tab"),
            (self.tr("Layer above or below"), "↑ ↓"),
            (self.tr("Select more layers"), self.tr("Shift+arrows")),
            (self.tr("Select a wire of the layer"), "Alt+← →"),
            (self.tr("Move the selected layers"), self.tr("Ctrl+arrows")),
            (self.tr("Wire the selected layer to another"), "W"),
            (self.tr("Go to the settings"), self.tr("Enter")),
            (self.tr("Change units at the layer; Tab: its activation"), "F2"),
            (self.tr("One unit more or less"), "+ −"),
            (self.tr("See what each unit answers"), "M"),
            (self.tr("Menu of what is selected"), self.tr("Menu key")),
            (self.tr("Zoom"), self.tr("Ctrl+wheel, Ctrl + −")),
            (self.tr("Move the view"), self.tr("Space+drag")),
            (self.tr("Cancel, select nothing"), "Esc"),
        ]


class AboutBox(QMessageBox):
    """What the program is and what it is made with."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About ANN Studio"))
        self.setIconPixmap(app_icon().pixmap(64, 64))
        self.setText(f"<b>ANN Studio {escape(__version__)}</b>")
        made_with = self.tr("Made with Qt {qt} through PySide6 (LGPL), NumPy {numpy} and pyqtgraph.").format(
            qt=qVersion(), numpy=numpy.__version__
        )
        paragraphs = [
            self.tr("A laboratory to understand artificial neural networks by making them."),
            made_with,
            self.tr("Free software under the MIT license."),
        ]
        self.setInformativeText("".join(f"<p>{escape(text)}</p>" for text in paragraphs))


class ErrorReporter(QObject):
    """Shows an error of the program in one sentence, its traceback on demand; the program goes on.

    The dialog blocks nothing, there is never more than one, and an error that comes again and again, as those in
    painting do, is told once in a while only.

    Args:
        window: what the dialog belongs to.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._told: dict[object, float] = {}
        self._box: QMessageBox | None = None

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Take the place of sys.excepthook."""
        place, now = _place(kind, trace), time.monotonic()
        if place in self._told and now - self._told[place] < _QUIET:
            return
        self._told[place] = now
        details = "".join(traceback.format_exception(kind, error, trace))
        print(details, file=sys.stderr, flush=True)
        # Perhaps something is being painted at this moment: no time for a new window.
        QTimer.singleShot(0, self, lambda: self._show(details))

    def _show(self, details: str) -> None:
        if self._box is not None:
            self._box.setDetailedText(f"{self._box.detailedText()}\n{details}")
            return
        box = self._box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Error in the program"))
        box.setText(self.tr("Something in the program went wrong; your project is still open and unchanged."))
        box.setInformativeText(self.tr("You can go on. To be safe, save your work under another name."))
        box.setDetailedText(details)
        box.setModal(False)
        box.finished.connect(self._on_finished)
        box.show()

    def _on_finished(self) -> None:
        self._box = None


def _place(kind: type[BaseException], trace: TracebackType | None) -> object:
    """Return what tells one error from another: its type and the line where it arose."""
    if trace is None:
        return kind
    while trace.tb_next is not None:
        trace = trace.tb_next
    return kind, trace.tb_frame.f_code.co_filename, trace.tb_lineno


def _group(title: str, keys: Sequence[tuple[str, str]]) -> QGridLayout:
    """Return what the keys do, and the keys, below a heading."""
    group = QGridLayout()
    group.setHorizontalSpacing(28)
    group.setVerticalSpacing(6)
    group.addWidget(_heading(title), 0, 0, 1, 2)
    for row, (what, key) in enumerate(keys, start=1):
        group.addWidget(QLabel(what), row, 0)
        group.addWidget(_muted(key), row, 1)
    group.setColumnStretch(0, 1)
    group.setRowStretch(group.rowCount(), 1)
    return group


def _layer_keys() -> list[tuple[str, str]]:
    """Return the layers that have a letter, with it."""
    return [(translate(layer.info.label), layer.letter) for layer in layers.values() if layer.letter]


def _named(action: QAction) -> tuple[str, str]:
    """Return an action's name and its key."""
    return action.iconText(), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    return label
