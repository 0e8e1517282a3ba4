"""The loss landscape of the student's network."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.labs.base import Lab
from annstudio.ui.room import Room
from annstudio.ui.run_controller import RunController


class Landscape(Lab):
    """Optimizers race on the network at hand, over slices of its cost."""

    info = Info(
        key="landscape",
        label=QT_TRANSLATE_NOOP("annstudio", "Loss landscape"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Race optimizers on your own network, over slices of its cost"),
        order=60,
    )

    def room(self, controller: RunController) -> Room:
        """See Lab.room."""
        from annstudio.ui.landscape_lab.room import LandscapeRoom

        return LandscapeRoom()
