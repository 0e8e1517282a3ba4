"""The optimizer lab."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.labs.base import Lab
from annstudio.ui.room import Room
from annstudio.ui.run_controller import RunController


class Optimizers(Lab):
    """Optimizers race over a surface."""

    info = Info(
        key="optimizers",
        label=QT_TRANSLATE_NOOP("annstudio", "Optimizers"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Race optimizers over a surface, and see what moves them"),
        order=50,
    )

    def room(self, controller: RunController) -> Room:
        """See Lab.room."""
        from annstudio.ui.optimizer_lab.room import OptimizerRoom

        return OptimizerRoom()
