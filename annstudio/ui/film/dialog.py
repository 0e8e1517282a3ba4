"""Run > Export film: the way of a run as an animation, for slides and pages."""

from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, QSettings, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annstudio.core.errors import UserError
from annstudio.training.snapshot import Snapshot
from annstudio.ui.background import Background
from annstudio.ui.film.recorder import Recorder
from annstudio.ui.film.writing import FRAMES, PACES, Animation, Film, Frame, Series
from annstudio.ui.fonts import text_font
from annstudio.ui.run_controller import RunController
from annstudio.ui.theme import theme_of
from annstudio.ui.translate import translate

_CAPTION = 30
_PREVIEW = 420
_SETTINGS = "film"


class FilmDialog(QDialog):
    """Chooses how long a film is to be, takes its pictures and saves it.

    Args:
        controller: of the run.
        page: what is photographed.
        name: of the project, written on every picture.
        suggested: the file to write to, without an ending.
        parent: the window.

    Attributes:
        path: of what was written; None as long as there is nothing.
    """

    def __init__(
        self, controller: RunController, page: QWidget, name: str, suggested: Path, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export film"))
        self._controller, self._page, self._name, self._suggested = controller, page, name, suggested
        self.path: Path | None = None
        self._recorder: Recorder | None = None
        self._film: Film = Series()
        self._count = 0
        self._background = Background(self)
        self._make_fields()
        self._place()
        self._tell_length()
        if controller.snapshot is not None:
            self._picture(controller.snapshot)

    def done(self, result: int) -> None:
        """End what is being done; the run is shown as before."""
        if self._recorder is not None:
            self._recorder.stop()
        self._background.close()
        super().done(result)

    def _make_fields(self) -> None:
        settings = QSettings()
        self.preview = QLabel()
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.kind = QComboBox()
        self.kind.addItem(self.tr("Animated GIF"), "gif")
        self.kind.addItem(self.tr("PNG pictures in a folder"), "png")
        self.kind.setCurrentIndex(max(0, self.kind.findData(settings.value(f"{_SETTINGS}/kind", "gif"))))
        self.frames, self.pace = QSpinBox(), QSpinBox()
        for field, (least, most, usual) in ((self.frames, FRAMES), (self.pace, PACES)):
            field.setRange(least, most)
            field.setValue(usual)
        self.length = QLabel()
        self.length.setProperty("role", "muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.close_button = QPushButton(self.tr("Close"))
        self.save_button = QPushButton(self.tr("&Save…"))
        self.save_button.setProperty("accent", True)
        self.save_button.setDefault(True)
        self.close_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._on_save)
        self.frames.valueChanged.connect(self._tell_length)
        self.pace.valueChanged.connect(self._tell_length)
        self.kind.currentIndexChanged.connect(self._tell_length)

    def _place(self) -> None:
        about = QLabel(self.tr("The live views of the tab that is open, from the start of the run to its end."))
        about.setWordWrap(True)
        about.setProperty("role", "muted")
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.addRow(self.tr("Format"), self.kind)
        form.addRow(self.tr("Pictures, at most"), self.frames)
        form.addRow(self.tr("Pictures per second"), self.pace)
        form.addRow("", self.length)
        buttons = QHBoxLayout()
        buttons.addWidget(self.progress, 1)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(14)
        column.addWidget(self.preview)
        column.addWidget(about)
        column.addLayout(form)
        column.addLayout(buttons)

    def _tell_length(self) -> None:
        moving = self.kind.currentData() == "gif"
        self.pace.setEnabled(moving)
        seconds = self.frames.value() / self.pace.value()
        self.length.setText(self.tr("{seconds} seconds").format(seconds=f"{seconds:.1f}") if moving else "")

    def _on_save(self) -> None:
        moving = self.kind.currentData() == "gif"
        dialog = QFileDialog(self, self.tr("Save the film"), str(self._suggested.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        if moving:
            dialog.setNameFilter("GIF (*.gif)")
            dialog.setDefaultSuffix("gif")
        else:
            dialog.setLabelText(QFileDialog.DialogLabel.FileName, self.tr("New folder:"))
        dialog.selectFile(f"{self._suggested.name}.gif" if moving else self._suggested.name)
        if dialog.exec():
            QSettings().setValue(f"{_SETTINGS}/kind", self.kind.currentData())
            self._record(Path(dialog.selectedFiles()[0]), Animation(self.pace.value()) if moving else Series())

    def _record(self, path: Path, film: Film) -> None:
        self._film, self._count = film, 0
        self._show_busy(True)
        self._recorder = Recorder(self._controller, self._picture, self.frames.value(), self)
        self._recorder.taken.connect(self._on_taken)
        self._recorder.ended.connect(partial(self._write, path))
        self._recorder.start()

    def _on_taken(self, frame: Frame, count: int) -> None:
        self._count += 1
        self.progress.setRange(0, count)
        self.progress.setValue(self._count)
        self._background.do(partial(self._film.add, frame), _look_for_errors)

    def _write(self, path: Path) -> None:
        self._background.do(partial(self._film.save, path), partial(self._on_written, path))

    def _on_written(self, path: Path, future: Future[None]) -> None:
        self._show_busy(False)
        try:
            future.result()
        except UserError as error:
            QMessageBox.warning(self, self.tr("ANN Studio"), translate(error.message))
            return
        self.path = path
        self.accept()

    def _show_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.progress.setRange(0, 0)
        self.close_button.setText(self.tr("Cancel") if busy else self.tr("Close"))
        for widget in (self.kind, self.frames, self.pace, self.save_button):
            widget.setEnabled(not busy)
        if not busy:
            self._tell_length()

    def _picture(self, snapshot: Snapshot) -> QImage:
        """Return the page as it is now, under a line that says which moment it is."""
        theme = theme_of(self._page.palette())
        page = self._page.grab().toImage()
        ratio = page.devicePixelRatio()
        caption = round(_CAPTION * ratio)
        picture = QImage(page.width(), page.height() + caption, QImage.Format.Format_RGB32)
        picture.fill(theme.color("card"))
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        painter.drawImage(0, _CAPTION, page)
        line = QRect(14, 0, round(page.width() / ratio) - 28, _CAPTION)
        painter.setFont(text_font(13, text_font().Weight.DemiBold))
        painter.setPen(theme.color("ink"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignLeft, self._name)
        epoch = self.tr("epoch {epoch}").format(epoch=f"{snapshot.epoch:,}")
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, epoch)
        painter.end()
        self._show_frame(picture)
        return picture

    def _show_frame(self, image: QImage) -> None:
        ratio = self.devicePixelRatioF()
        pixels = round(_PREVIEW * ratio)
        small = image.scaledToWidth(min(pixels, image.width()), Qt.TransformationMode.SmoothTransformation)
        small.setDevicePixelRatio(ratio)
        self.preview.setPixmap(QPixmap.fromImage(small))


def _look_for_errors(future: Future[None]) -> None:
    future.result()
