"""The rooms of the window, one click apart: design and train, the glass box, the optimizer lab."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from annstudio.training.snapshot import Snapshot
from annstudio.ui.run_controller import RunController

if TYPE_CHECKING:
    from annstudio.ui.glass_box.room import GlassBoxRoom
    from annstudio.ui.optimizer_lab.room import OptimizerRoom

DESIGN, GLASS_BOX, OPTIMIZERS = range(3)
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
        actions: one for each room; triggering one leads there.
        controller: whose run the other rooms look into.
    """

    told = Signal(str)
    """(sentence: str): something to know, for the status line."""

    def __init__(self, design: QWidget, actions: list[QAction], controller: RunController) -> None:
        super().__init__()
        self._actions, self._controller = actions, controller
        self._glass_box: GlassBoxRoom | None = None
        self._optimizers: OptimizerRoom | None = None
        self._design = design
        self.addWidget(design)
        for number, action in enumerate(actions):
            action.triggered.connect(lambda _=False, number=number: self.enter(number))

    @property
    def glass_box(self) -> "GlassBoxRoom":
        """The room in which a step is taken apart."""
        if self._glass_box is None:
            from annstudio.ui.glass_box.room import GlassBoxRoom

            self._glass_box = GlassBoxRoom(self._controller.pause, self)
            self._glass_box.told.connect(self.told)
            self._glass_box.show_snapshot(self._controller.snapshot)
            self.addWidget(self._glass_box)
        return self._glass_box

    @property
    def optimizers(self) -> "OptimizerRoom":
        """The room in which optimizers race."""
        if self._optimizers is None:
            from annstudio.ui.optimizer_lab.room import OptimizerRoom

            self._optimizers = OptimizerRoom(self)
            self._optimizers.told.connect(self.told)
            self.addWidget(self._optimizers)
        return self._optimizers

    @property
    def room(self) -> int:
        """The number of the room in use."""
        return next(number for number, action in enumerate(self._actions) if action.isChecked())

    def enter(self, number: int) -> None:
        """Go to a room."""
        self._actions[number].setChecked(True)
        if number == DESIGN:
            self.setCurrentWidget(self._design)
        else:
            self.setCurrentWidget(self.glass_box if number == GLASS_BOX else self.optimizers)

    def look_inside(self, node_id: str) -> None:
        """Go to the glass box, to what a layer computes there."""
        self.glass_box.look_at_layer(node_id)
        self.enter(GLASS_BOX)

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Follow the run."""
        if self._glass_box is not None:
            self._glass_box.show_snapshot(snapshot)

    def shut_down(self) -> None:
        """Call off what is being computed."""
        if self._glass_box is not None:
            self._glass_box.shut_down()
        if self._optimizers is not None:
            self._optimizers.shut_down()
