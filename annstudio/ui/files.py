"""Opening and saving: asks before anything is lost, says in one sentence what went wrong."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from annstudio.core.errors import UserError
from annstudio.project.build import chain
from annstudio.project.file import Loaded, Weights, load, save
from annstudio.project.file import Progress as SavedProgress
from annstudio.project.templates import templates
from annstudio.training.trained import UNTRAINED, LayerWeights, Progress, Trained
from annstudio.ui.document import Document
from annstudio.ui.passing import passing
from annstudio.ui.run_controller import RunController
from annstudio.ui.training_time import TrainingTime
from annstudio.ui.translate import translate

ENDING = ".ann"
_RECENT_KEY = "recent"
_MOST_RECENT = 8
_PATIENCE = 20.0
"""Seconds of training that are no loss, since Run and the seed bring the same weights back."""


class Files(QObject):
    """The document's file.

    Args:
        document: what is saved, and replaced by what is opened.
        controller: has the trained weights, and takes those of a file.
        window: what dialogs belong to.
        commit: lets what was typed somewhere in the window, but not confirmed yet, count.
    """

    changed = Signal()
    """Path, name or the mark of unsaved changes may have changed."""

    def __init__(
        self, document: Document, controller: RunController, window: QWidget, commit: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._document, self._controller, self._window, self.commit = document, controller, window, commit
        self.path: Path | None = None
        self._saved_step = 0
        self._time = TrainingTime(controller, self)
        document.undo_stack.cleanChanged.connect(self._on_clean_changed)

    @property
    def name(self) -> str:
        """What the title shows."""
        return self.path.name if self.path is not None else translate(self._document.project.name)

    @property
    def modified(self) -> bool:
        """Something would be lost by closing.

        That is an edit, or training. In a project that was never saved, short training does not count: who looks
        through the examples should not be asked at each, and the seed gives the same weights again as soon.
        """
        return self._edited or self._trained

    @property
    def recent(self) -> list[str]:
        """The paths of files opened or saved lately that are still there, the latest first."""
        stored = QSettings().value(_RECENT_KEY)
        # A list of one comes back as its only string.
        paths = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return [path for path in paths if Path(path).is_file()]

    @property
    def place(self) -> Path:
        """Where something made of the project goes unless the user says otherwise; without an ending."""
        return self._folder() / (self.path.stem if self.path is not None else _file_name(self.name))

    def new(self) -> None:
        """Start a project with nothing but Input and Output."""
        if self.may_discard():
            self._begin(None)
            self._controller.open(chain(self.tr("Untitled"), "exam", []))
            self.changed.emit()

    def open_template(self, key: str) -> None:
        """Open one of the projects to start from."""
        if self.may_discard():
            self._begin(None)
            self._controller.open(templates[key]().build())
            self.changed.emit()

    def open(self) -> None:
        """Ask for a file and open it."""
        # Before a dialog takes the focus, and with it the fields that only live as long as they have it.
        self.commit()
        with passing(self._dialog(self.tr("Open a project"))) as dialog:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            chosen = dialog.selectedFiles() if dialog.exec() else []
        if chosen:
            self.open_path(Path(chosen[0]))

    def open_path(self, path: Path) -> bool:
        """Open this file; return whether it is open now."""
        if not self.may_discard():
            return False
        try:
            loaded = load(path)
        except UserError as error:
            self._warn(error)
            return False
        trained = _trained(loaded)
        self._begin(path)
        self._saved_step = trained.progress.step
        self._controller.open(loaded.project, trained, loaded.runs)
        self._note_recent(path)
        self.changed.emit()
        return True

    def save(self) -> bool:
        """Save to the file, asking for one if there is none; return whether everything is safe."""
        self.commit()
        return self._write(self.path) if self.path is not None else self.save_as()

    def save_as(self) -> bool:
        """Ask for a file and save there; return whether everything is safe."""
        self.commit()
        with passing(self._dialog(self.tr("Save the project"))) as dialog:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(ENDING[1:])
            dialog.selectFile(self.path.name if self.path is not None else _file_name(self.name))
            return bool(dialog.exec()) and self._write(Path(dialog.selectedFiles()[0]))

    def may_discard(self) -> bool:
        """Ask about unsaved changes, while training rests; return whether to go on."""
        self.commit()
        if not self.modified:
            return True
        was_running = self._controller.running
        self._controller.pause()
        may = self._settle()
        if was_running and not may:
            self._controller.run()
        return may

    @property
    def _edited(self) -> bool:
        return not self._document.undo_stack.isClean()

    @property
    def _trained(self) -> bool:
        at_stake = self.path is not None or self._time.seconds > _PATIENCE
        return at_stake and self._step() != self._saved_step

    def _settle(self) -> bool:
        """Let the user save or discard what is unsaved; return whether it is settled."""
        edits = self.tr("“{name}” has unsaved changes. Save them?")
        training = self.tr("What “{name}” has learned is not saved. Save it?")
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window,
            self.tr("Unsaved changes"),
            (edits if self._edited else training).format(name=self.name),
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )
        return self.save() if answer == buttons.Save else answer == buttons.Discard

    def _write(self, path: Path) -> bool:
        try:
            save(path, self._document.project, *_tensors(self._controller.trained), self._controller.kept.runs)
        except UserError as error:
            self._warn(error)
            return False
        self.path, self._saved_step = path, self._step()
        self._time.forget()
        self._document.undo_stack.setClean()
        self._note_recent(path)
        self.changed.emit()
        return True

    def _begin(self, path: Path | None) -> None:
        self.path, self._saved_step = path, 0
        self._time.forget()

    def _step(self) -> int:
        snapshot = self._controller.snapshot
        return snapshot.step if snapshot is not None else self._saved_step

    def _dialog(self, title: str) -> QFileDialog:
        folder = str(self._folder())
        wanted = self.tr("ANN Studio projects ({pattern})").format(pattern=f"*{ENDING}")
        return QFileDialog(self._window, title, folder, wanted)

    def _folder(self) -> Path:
        """Return where a dialog begins: at the file, where one was last used, or at the user's documents."""
        used = [str(self.path)] if self.path is not None else self.recent
        if used:
            return Path(used[0]).parent
        documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        return documents if documents.is_dir() else Path.home()

    def _note_recent(self, path: Path) -> None:
        full = str(path.resolve())
        others = [other for other in self.recent if other != full]
        QSettings().setValue(_RECENT_KEY, [full, *others][:_MOST_RECENT])

    def _warn(self, error: UserError) -> None:
        QMessageBox.warning(self._window, self.tr("ANN Studio"), translate(error.message))

    def _on_clean_changed(self, clean: bool) -> None:
        self.changed.emit()


def _file_name(name: str) -> str:
    """Return a project's name without the signs that some file systems refuse."""
    return re.sub(r'[<>:"/\\|?*]', "", name).strip(" .")


def _trained(loaded: Loaded) -> Trained:
    """Return what came with a file."""
    weights = {node_id: LayerWeights(tensors) for node_id, tensors in (loaded.weights or {}).items()}
    progress = Progress(loaded.progress.epoch, loaded.progress.step) if loaded.progress else UNTRAINED
    return Trained(loaded.project, weights, progress)


def _tensors(trained: Trained) -> tuple[Weights | None, SavedProgress | None]:
    """Return weights and progress as a file holds them; nothing of a network that has learned nothing."""
    if not trained.weights:
        return None, None
    weights: Weights = {node_id: layer.parts for node_id, layer in trained.weights.items()}
    return weights, SavedProgress(trained.progress.epoch, trained.progress.step)
