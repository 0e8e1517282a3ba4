"""The windows that open over the main window; each is loaded when it is first wanted."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from annstudio.project import edits
from annstudio.training.snapshot import Snapshot
from annstudio.ui.document import Document
from annstudio.ui.files import Files
from annstudio.ui.passing import passing
from annstudio.ui.run_controller import RunController

if TYPE_CHECKING:
    from annstudio.ui.history import HistoryWindow


class WindowDialogs(QObject):
    """Opens them, and hands on what comes of it.

    Args:
        window: beneath them.
        document: what they show.
        files: opens what is chosen.
        keys: tells the actions that have a key.
    """

    told = Signal(str)
    """(sentence: str), what has been done."""

    def __init__(self, window: QWidget, document: Document, files: Files, keys: Callable[[], list[QAction]]) -> None:
        super().__init__(window)
        self._window, self._document, self._files, self._keys = window, document, files, keys
        self._history: HistoryWindow | None = None

    def show_history(self) -> None:
        """List the edits, beside the window."""
        if self._history is None:
            from annstudio.ui.history import HistoryWindow

            self._history = HistoryWindow(self._document.undo_stack, self._window)
        self._history.show()
        self._history.raise_()
        self._history.activateWindow()

    def ask_template(self) -> None:
        """Let the user choose an example, and open it."""
        from annstudio.ui.gallery.dialog import GalleryDialog

        self._files.commit()
        with passing(GalleryDialog(self._window)) as gallery:
            chosen = gallery.exec()
        if chosen and gallery.key is not None:
            self._files.open_template(gallery.key)

    def export_figure(self) -> None:
        """Draw the network for a paper or a slide."""
        from annstudio.ui.figure.dialog import FigureDialog

        self._files.commit()
        with passing(FigureDialog(self._document.project, self._files.place, self._window)) as dialog:
            dialog.exec()
        if dialog.path is not None:
            self.told.emit(self.tr("The figure is in “{file}”.").format(file=dialog.path))

    def export_film(self, controller: RunController, page: QWidget) -> None:
        """Photograph live views on a way through the whole run."""
        from annstudio.ui.film.dialog import FilmDialog

        name, place = self._files.name, self._files.place
        with passing(FilmDialog(controller, page, name, place, self._window)) as dialog:
            dialog.exec()
        if dialog.path is not None:
            self.told.emit(self.tr("The film is in “{file}”.").format(file=dialog.path))

    def find_rate(self) -> None:
        """Try learning rates of all sizes, and take over the one that is advised if the student wants it."""
        from annstudio.ui.range_dialog import RangeDialog

        self._files.commit()
        with passing(RangeDialog(self._document.project, self._window)) as dialog:
            dialog.exec()
        if dialog.chosen is not None:
            changed = edits.set_value(self._document.project, "training", "optimizer.learning_rate", dialog.chosen)
            self._document.apply(self.tr("Learning rate"), changed)

    def show_report(self, snapshot: Snapshot | None) -> None:
        """Say in plain words what has become of the run."""
        from annstudio.training.report import report
        from annstudio.ui.report_window import ReportWindow

        with passing(ReportWindow(report(snapshot) if snapshot is not None else [], self._window)) as dialog:
            dialog.exec()

    def show_shortcuts(self) -> None:
        """List the keys."""
        from annstudio.ui.dialogs import ShortcutsDialog

        with passing(ShortcutsDialog(self._keys(), self._window)) as dialog:
            dialog.exec()

    def show_about(self) -> None:
        """Say what program this is."""
        from annstudio.ui.dialogs import AboutBox

        with passing(AboutBox(self._window)) as dialog:
            dialog.exec()
