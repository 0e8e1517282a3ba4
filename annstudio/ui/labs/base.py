"""What a lab of the window is."""

from typing import TYPE_CHECKING, ClassVar

from annstudio.core.registry import Info

if TYPE_CHECKING:
    from annstudio.ui.room import Room
    from annstudio.ui.run_controller import RunController


class Lab:
    """A room to experiment in. Whoever makes it loads its modules: the window appears before.

    Attributes:
        info: key, label and, as the summary, one line that says what can be done there.
    """

    info: ClassVar[Info]

    def room(self, controller: "RunController") -> "Room":
        """Return the room, anew.

        Args:
            controller: whose run it may look into; what the run comes to is told to the room anyway.
        """
        raise NotImplementedError
