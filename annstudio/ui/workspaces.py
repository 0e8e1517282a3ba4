"""The rooms of the window, one click apart: design and train, the glass box, the labs."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from annstudio.training.snapshot import Snapshot
from annstudio.ui.room import Room
from annstudio.ui.run_controller import RunController

if TYPE_CHECKING:
    from annstudio.ui.actions import Actions
    from annstudio.ui.glass_box.room import GlassBoxRoom
    from annstudio.ui.lab_rooms import LabRooms

DESIGN, GLASS_BOX, LABS = range(3)
"""The rooms, in the order of their actions."""


class WorkspaceSwitch(QFrame):
    """A row of buttons, one for each room; the one in use is raised.

    Args:
        actions: one for each room, of which one is checked.
    """

    def __init__(self, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "segments")
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        group = QButtonGroup(self)
        self.buttons = [self._button(action) for action in actions]
        for button in self.buttons:
            group.addButton(button)
            row.addWidget(button)

    def _button(self, action: QAction) -> QPushButton:
        button = QPushButton(action.iconText(), self)
        button.setProperty("role", "segment")
        button.setCheckable(True)
        button.setChecked(action.isChecked())
        button.setToolTip(f"{action.toolTip()} ({action.shortcut().toString()})")
        button.clicked.connect(action.trigger)
        action.toggled.connect(button.setChecked)
        return button


class Workspaces(QStackedWidget):
    """Shows one of the rooms; those that are not there at once are made when they are first entered.

    Args:
        design: the room that is there at once.
        commands: of which one leads to each room, and one to each lab.
        controller: whose run the other rooms look into.
    """

    told = Signal(str)
    """(sentence: str): something to know, for the status line."""

    def __init__(self, design: QWidget, commands: "Actions", controller: RunController) -> None:
        super().__init__()
        self._commands, self._controller = commands, controller
        self._rooms: dict[int, Room] = {}
        self._design = design
        self.addWidget(design)
        for number, action in enumerate(commands.workspaces):
            action.triggered.connect(lambda _=False, number=number: self.enter(number))
        for key, action in commands.labs.items():
            action.triggered.connect(lambda _=False, key=key: self.enter_lab(key))

    @property
    def glass_box(self) -> "GlassBoxRoom":
        """The room in which a step is taken apart."""
        from annstudio.ui.glass_box.room import GlassBoxRoom

        room = self._room_of(GLASS_BOX, lambda: GlassBoxRoom(self._controller.pause))
        assert isinstance(room, GlassBoxRoom)
        return room

    @property
    def labs(self) -> "LabRooms":
        """The labs."""
        from annstudio.ui.lab_rooms import LabRooms

        room = self._room_of(LABS, lambda: LabRooms(self._commands.labs, self._controller))
        assert isinstance(room, LabRooms)
        return room

    @property
    def room(self) -> int:
        """The number of the room in use."""
        return next(number for number, action in enumerate(self._commands.workspaces) if action.isChecked())

    def enter(self, number: int) -> None:
        """Go to a room."""
        self._commands.workspaces[number].setChecked(True)
        rooms: dict[int, Callable[[], QWidget]] = {
            DESIGN: lambda: self._design,
            GLASS_BOX: lambda: self.glass_box,
            LABS: lambda: self.labs,
        }
        self.setCurrentWidget(rooms[number]())
        if number == LABS:
            self.labs.take_focus()

    def enter_lab(self, key: str) -> None:
        """Go to a lab."""
        self.labs.enter(key)
        self.enter(LABS)

    def look_inside(self, node_id: str) -> None:
        """Go to the glass box, to what a layer computes there."""
        self.glass_box.look_at_layer(node_id)
        self.enter(GLASS_BOX)

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Follow the run."""
        for room in self._rooms.values():
            room.show_snapshot(snapshot)

    def shut_down(self) -> None:
        """Call off what is being computed."""
        for room in self._rooms.values():
            room.shut_down()

    def _room_of(self, number: int, make: Callable[[], Room]) -> Room:
        """Return a room, made if it is not there yet."""
        if number not in self._rooms:
            room = self._rooms[number] = make()
            room.told.connect(self.told)
            room.show_snapshot(self._controller.snapshot)
            self.addWidget(room)
        return self._rooms[number]
