"""What can be done with the run: its commands, wherever they are given, and what they are called and allowed now."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from annstudio.project import edits
from annstudio.project.model import Project
from annstudio.project.settings import SEED_MAXIMUM
from annstudio.training.snapshot import Past, Snapshot
from annstudio.ui.actions import Actions
from annstudio.ui.document import Document
from annstudio.ui.run_controller import RunController
from annstudio.ui.view_tabs import ViewTabs
from annstudio.ui.window_dialogs import WindowDialogs


class RunCommands(QObject):
    """Carries them out.

    Args:
        actions: of the window.
        document: what is edited.
        controller: of the run.
        views: where it is seen.
        dialogs: of the window.
        commit: lets what was typed somewhere but not confirmed yet count.
        parent: the window.
    """

    def __init__(
        self,
        actions: Actions,
        document: Document,
        controller: RunController,
        views: ViewTabs,
        dialogs: WindowDialogs,
        commit: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._actions, self._document, self._controller = actions, document, controller
        self._views, self._dialogs = views, dialogs
        # Slots are called in the order they were connected.
        several = [action for action, _ in actions.step_epochs]
        for action in (actions.run, actions.step_batch, actions.step_epoch, *several):
            action.triggered.connect(commit)
        self._connect_actions()
        self._connect_views()
        controller.snapshot_arrived.connect(self._on_snapshot)
        controller.state_changed.connect(self._on_state_changed)
        controller.pinned_changed.connect(self._on_pinned)

    def _connect_actions(self) -> None:
        actions, controller = self._actions, self._controller
        for action, slot in (
            (actions.run, controller.toggle),
            (actions.step_batch, controller.step_batch),
            (actions.step_epoch, controller.step_epoch),
            (actions.step_back_batch, controller.step_back_batch),
            (actions.step_back_epoch, controller.step_back_epoch),
            (actions.latest, controller.go_to_latest),
            (actions.pin, controller.pin),
            (actions.unpin, controller.unpin),
            (actions.film, self._on_film),
            (actions.range_test, self._dialogs.find_rate),
            (actions.keep, controller.keep),
            (actions.report, self._on_report),
            (actions.reset, controller.reset),
            (actions.new_seed, self._on_new_seed),
        ):
            action.triggered.connect(slot)
        for action, count in actions.step_epochs:
            action.triggered.connect(partial(self._on_step, count))

    def _on_step(self, count: int) -> None:
        self._controller.step_epochs(count)

    def _connect_views(self) -> None:
        self._views.keep_wanted.connect(self._actions.keep.trigger)
        self._views.restore_wanted.connect(self._on_restore)
        self._views.pin_wanted.connect(self._controller.pin)
        self._views.unpin_wanted.connect(self._controller.unpin)

    def _on_snapshot(self, snapshot: Snapshot | None) -> None:
        self._actions.show_past(snapshot.past if snapshot is not None else Past())

    def _on_state_changed(self) -> None:
        self._actions.show_running(self._controller.running)

    def _on_pinned(self, pinned: Snapshot | None) -> None:
        self._actions.unpin.setEnabled(pinned is not None)
        if pinned is not None:
            self._actions.views.setChecked(True)
        self._views.show_pinned(pinned)

    def _on_restore(self, project: Project) -> None:
        self._document.apply(self.tr("Restore run"), project)

    def _on_new_seed(self) -> None:
        """Begin anew with other starting weights; undo brings back the seed and what came of it."""
        project = self._document.project
        seed = (int(project.training["seed"]) + 1) % (SEED_MAXIMUM + 1)
        self._document.apply(self.tr("New seed"), edits.set_value(project, "training", "seed", seed))

    def _on_report(self) -> None:
        self._dialogs.show_report(self._controller.snapshot)

    def _on_film(self) -> None:
        self._actions.views.setChecked(True)
        self._dialogs.export_film(self._controller, self._views.currentWidget())
