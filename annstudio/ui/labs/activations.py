"""The activation explorer."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.labs.base import Lab
from annstudio.ui.room import Room
from annstudio.ui.run_controller import RunController


class Activations(Lab):
    """What activations look like, and what they do to a signal and its gradient."""

    info = Info(
        key="activations",
        label=QT_TRANSLATE_NOOP("annstudio", "Activations"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Compare activations with their derivatives, softmax by hand, deep chains and extreme numbers"
        ),
        order=30,
    )

    def room(self, controller: RunController) -> Room:
        """See Lab.room."""
        from annstudio.ui.activation_lab.room import ActivationRoom

        return ActivationRoom()
