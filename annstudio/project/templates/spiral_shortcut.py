"""Two arms around each other, and a way around a layer."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project import edits
from annstudio.project.build import chain, put_before
from annstudio.project.model import Project
from annstudio.project.templates._groups import DEEP
from annstudio.project.templates.base import Template


class SpiralShortcut(Template):
    """2-16-16-16-1, tanh; what the first layer gives is added to what the second gives.

    Measured with three seeds, test accuracy after 50 epochs: .99, .92, .92; without the wire .80, .65, .60.
    """

    info = Info(
        key="spiral_shortcut",
        label=QT_TRANSLATE_NOOP("annstudio", "Spiral with a shortcut"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "A wire leads around a layer, and the sum goes on. Remove that wire and see how much longer it takes.",
        ),
        order=55,
        category=DEEP,
        more=True,
        reference="He, Zhang, Ren & Sun 2016, Deep residual learning for image recognition",
    )
    icon = "redo-dot"

    def build(self) -> Project:
        """See Template.build."""
        project = chain(
            "Spiral with a shortcut",
            "spiral",
            [(16, "tanh")] * 3,
            training={"optimizer": "adam", "optimizer.learning_rate": 0.01, "batch_size": 10},
        )
        return edits.connect(put_before(project, "dense-3", ("add", {})), "dense-1", "add-1")
