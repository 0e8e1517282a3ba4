"""File > Export figure: a picture of the network for papers and slides."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QMessageBox, QPushButton, QVBoxLayout, QWidget

from annstudio.core.errors import UserError
from annstudio.project.model import Project
from annstudio.ui.background import Background
from annstudio.ui.figure.choices import remember, remembered
from annstudio.ui.figure.form import FigureForm
from annstudio.ui.figure.making import Sketch, copied, saved, sketched
from annstudio.ui.figure.preview import Preview
from annstudio.ui.translate import translate

_SIZE = QSize(980, 560)
_SHARE = 0.9
"""At most so much of a small screen is covered."""
_SIDE = 250


class FigureDialog(QDialog):
    """Chooses how a figure of the network is to be, shows it, saves and copies it.

    Args:
        project: whose network is drawn.
        suggested: the file to write to, without an ending.
        parent: the window.

    Attributes:
        path: of the file that was written; None as long as there is none.
        sketch: what the preview shows.
    """

    def __init__(self, project: Project, suggested: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export figure"))
        self._project, self._suggested = project, suggested
        self.path: Path | None = None
        self.sketch: Sketch | None = None
        self._asked: Future[Any] | None = None
        self._background = Background(self)
        self.preview, self.form = Preview(), FigureForm(remembered())
        self._make_buttons()
        self._place()
        self.preview.resized.connect(self._ask)
        self.form.changed.connect(self._on_changed)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() * _SHARE))

    def done(self, result: int) -> None:
        """Remember the choices, and end what is being drawn."""
        remember(self.form.choices)
        self._background.close()
        super().done(result)

    def _make_buttons(self) -> None:
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self.copy_button = QPushButton(self.tr("&Copy"))
        self.copy_button.setToolTip(self.tr("Puts the figure on the clipboard, as SVG and as PNG"))
        self.copy_button.clicked.connect(self._on_copy)
        self.save_button = QPushButton(self.tr("&Save…"))
        self.save_button.setProperty("accent", True)
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._on_save)

    def _place(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.close_button, self.copy_button, self.save_button):
            buttons.addWidget(button)
        side = QWidget()
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 20, 20, 20)
        row.setSpacing(20)
        row.addWidget(self.preview, 1)
        row.addWidget(side)

    def _on_changed(self) -> None:
        self.copy_button.setText(self.tr("&Copy"))
        self._ask()

    def _ask(self) -> None:
        """Have the figure drawn anew; what was asked for before and has not begun is no longer wanted."""
        if self._asked is not None:
            self._asked.cancel()
        work = partial(sketched, self._project, self.form.choices, self.preview.room)
        self._asked = self._background.do(work, self._on_sketched)

    def _on_sketched(self, future: Future[Sketch]) -> None:
        sketch = future.result()
        if future is self._asked:
            self.sketch = sketch
            self.preview.show_image(sketch.image)
            self.form.show_measures(sketch.drawing)

    def _on_save(self) -> None:
        choices = self.form.choices
        wanted = f"{choices.kind.upper()} (*.{choices.kind})"
        dialog = QFileDialog(self, self.tr("Save the figure"), str(self._suggested.parent), wanted)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(choices.kind)
        dialog.selectFile(f"{self._suggested.name}.{choices.kind}")
        if dialog.exec():
            path = Path(dialog.selectedFiles()[0])
            self._work(partial(saved, self._project, choices, path), self._on_saved)

    def _on_copy(self) -> None:
        self._work(partial(copied, self._project, self.form.choices), self._on_copied)

    def _work(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Have something done that is waited for."""
        self._show_busy(True)
        self._background.do(work, partial(self._on_worked, then))

    def _on_worked(self, then: Callable[[Any], None], future: Future[Any]) -> None:
        self._show_busy(False)
        try:
            then(future.result())
        except UserError as error:
            QMessageBox.warning(self, self.tr("ANN Studio"), translate(error.message))

    def _show_busy(self, busy: bool) -> None:
        self.copy_button.setEnabled(not busy)
        self.save_button.setEnabled(not busy)
        self.setCursor(Qt.CursorShape.BusyCursor if busy else Qt.CursorShape.ArrowCursor)

    def _on_saved(self, path: Path) -> None:
        self.path = path
        self.accept()

    def _on_copied(self, figure: tuple[bytes, QImage]) -> None:
        svg, image = figure
        data = QMimeData()
        data.setData("image/svg+xml", QByteArray(svg))
        data.setImageData(image)
        QGuiApplication.clipboard().setMimeData(data)
        self.copy_button.setText(self.tr("Copied"))
