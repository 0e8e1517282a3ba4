"""A line of a line."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.labs.base import Lab
from annstudio.ui.room import Room
from annstudio.ui.run_controller import RunController


class Linear(Lab):
    """Why layers have to bend what they pass on."""

    info = Info(
        key="linear",
        label=QT_TRANSLATE_NOOP("annstudio", "Line of a line"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Multiply straight layers to a single one, and see what one bend in between changes"
        ),
        order=20,
    )

    def room(self, controller: RunController) -> Room:
        """See Lab.room."""
        from annstudio.ui.linear_lab.room import LinearRoom

        return LinearRoom()
