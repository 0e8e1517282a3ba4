"""What can be done with a live view: its picture and its numbers go into files or onto the clipboard."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from annstudio.core.errors import UserError
from annstudio.project.file.atomic import replace_content, replace_file
from annstudio.ui.background import Background
from annstudio.ui.translate import translate
from annstudio.ui.views.exporting import image_of, png_of, svg_of, write_csv
from annstudio.ui.views.view import View


class ViewMenu(QObject):
    """Offers it, and does it.

    Args:
        window: beneath the dialogs.
        place: where files go unless the user says otherwise; without an ending.
    """

    told = Signal(str)
    """(sentence: str), what has been done."""

    def __init__(self, window: QWidget, place: Callable[[], Path]) -> None:
        super().__init__(window)
        self._window, self._place = window, place

    def menu_for(self, views: list[View]) -> QMenu:
        """Return the menu for some views; a single one has its entries at the top."""
        menu = QMenu(self._window)
        for view in views:
            self._fill(menu if len(views) == 1 else menu.addMenu(view.accessibleName()), view)
        return menu

    def save_picture(self, view: View) -> None:
        """Ask where to, and save what a view shows as PNG or SVG."""
        path = self._ask(view, self.tr("Save picture"), [("PNG", "png"), ("SVG", "svg")])
        if path is not None:
            svg = path.suffix.lower() == ".svg"
            content = svg_of(view, view.accessibleName()) if svg else png_of(view)
            self._write(path, lambda: replace_content(path, content))

    def save_numbers(self, view: View) -> None:
        """Ask where to, and save a view's numbers as CSV."""
        path = self._ask(view, self.tr("Save numbers"), [("CSV", "csv")])
        table = view.numbers()
        if path is not None and table is not None:
            self._write(path, lambda: replace_file(path, partial(write_csv, table)))

    def copy_picture(self, view: View) -> None:
        """Put what a view shows onto the clipboard."""
        QGuiApplication.clipboard().setImage(image_of(view))
        self.told.emit(self.tr("The picture is on the clipboard."))

    def _fill(self, menu: QMenu, view: View) -> None:
        menu.addAction(self.tr("&Save picture…"), partial(self.save_picture, view))
        menu.addAction(self.tr("&Copy picture"), partial(self.copy_picture, view))
        numbers = menu.addAction(self.tr("Save &numbers…"), partial(self.save_numbers, view))
        numbers.setEnabled(view.numbers() is not None)

    def _ask(self, view: View, title: str, kinds: list[tuple[str, str]]) -> Path | None:
        place = self._place()
        dialog = QFileDialog(self._window, title, str(place.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{name} (*.{ending})" for name, ending in kinds])
        dialog.setDefaultSuffix(kinds[0][1])
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(chosen.rpartition(".")[2].rstrip(")")))
        dialog.selectFile(f"{place.name} {view.accessibleName()}.{kinds[0][1]}")
        chosen = dialog.exec()
        path = Path(dialog.selectedFiles()[0]) if chosen else None
        dialog.deleteLater()
        return path

    def _write(self, path: Path, write: Callable[[], None]) -> None:
        """Have a file written beside the window's thread, and tell how it went."""
        beside = Background(self)

        def told(done: Future[None]) -> None:
            beside.close()
            beside.deleteLater()
            self._tell(path, done)

        beside.do(write, told)

    def _tell(self, path: Path, done: Future[None]) -> None:
        try:
            done.result()
        except UserError as error:
            QMessageBox.warning(self._window, self.tr("ANN Studio"), translate(error.message))
        else:
            self.told.emit(self.tr("It is in “{file}”.").format(file=path))
