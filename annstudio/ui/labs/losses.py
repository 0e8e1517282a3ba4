"""The loss lab."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.labs.base import Lab
from annstudio.ui.room import Room
from annstudio.ui.run_controller import RunController


class Losses(Lab):
    """What losses look like, and what they do to a fit."""

    info = Info(
        key="losses",
        label=QT_TRANSLATE_NOOP("annstudio", "Losses"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Compare losses as curves, in what they do to a fit, and in the costs they make of a neuron"
        ),
        order=40,
    )

    def room(self, controller: RunController) -> Room:
        """See Lab.room."""
        from annstudio.ui.loss_lab.room import LossRoom

        return LossRoom()
