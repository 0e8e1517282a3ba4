"""The perceptron lab."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.labs.base import Lab
from annstudio.ui.room import Room
from annstudio.ui.run_controller import RunController


class Perceptron(Lab):
    """One neuron to take into one's hands."""

    info = Info(
        key="perceptron",
        label=QT_TRANSLATE_NOOP("annstudio", "Perceptron"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Drag the line, the weights and the samples of one neuron, and watch it learn by three rules"
        ),
        order=10,
    )

    def room(self, controller: RunController) -> Room:
        """See Lab.room."""
        from annstudio.ui.perceptron_lab.room import PerceptronRoom

        return PerceptronRoom()
