"""The labs, under a row of their names; each is made when it is first entered."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout

from annstudio.training.snapshot import Snapshot
from annstudio.ui.labs import labs
from annstudio.ui.room import Room
from annstudio.ui.run_controller import RunController
from annstudio.ui.translate import translate


class LabRooms(Room):
    """Shows one of the labs.

    Args:
        actions: one for each lab, by key; one is checked.
        controller: whose run the labs look into.
    """

    def __init__(self, actions: dict[str, QAction], controller: RunController) -> None:
        super().__init__()
        self._actions, self._controller = actions, controller
        self._rooms: dict[str, Room] = {}
        self._stack = QStackedWidget(self)
        self.names = QTabBar(self)
        self.names.setExpanding(False)
        self.names.setUsesScrollButtons(True)
        self.names.setAccessibleName(self.tr("Labs"))
        for number, (key, action) in enumerate(actions.items()):
            self.names.addTab(translate(labs[key].info.label))
            self.names.setTabToolTip(number, action.toolTip())
        self.names.setCurrentIndex(list(actions).index(self.key))
        self.names.currentChanged.connect(self._on_chosen)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.names)
        whole.addWidget(self._stack, 1)

    def minimumSizeHint(self) -> QSize:
        """Have room for the names above a lab."""
        least = super().minimumSizeHint()
        return QSize(least.width(), least.height() + self.names.minimumSizeHint().height())

    @property
    def key(self) -> str:
        """That of the lab in use."""
        return next(key for key, action in self._actions.items() if action.isChecked())

    def lab(self, key: str) -> Room:
        """Return the room of a lab, made if it is not there yet."""
        if key not in self._rooms:
            room = self._rooms[key] = labs[key]().room(self._controller)
            room.told.connect(self.told)
            room.show_snapshot(self.snapshot)
            self._stack.addWidget(room)
        return self._rooms[key]

    def enter(self, key: str) -> None:
        """Go to a lab."""
        self._actions[key].setChecked(True)
        self.names.setCurrentIndex(list(self._actions).index(key))
        self.look()

    def take_focus(self) -> None:
        """Let the keys of the lab in use work at once."""
        self.lab(self.key).setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """Show the lab in use."""
        self._stack.setCurrentWidget(self.lab(self.key))

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Follow the run."""
        super().show_snapshot(snapshot)
        for room in self._rooms.values():
            room.show_snapshot(snapshot)

    def shut_down(self) -> None:
        """Call off what is being computed in any lab."""
        for room in self._rooms.values():
            room.shut_down()

    def _on_chosen(self, number: int) -> None:
        self.enter(list(self._actions)[number])
