"""Handwritten digits, seen as pictures."""

from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain, put_before
from annstudio.project.model import Project
from annstudio.project.templates._groups import PICTURES
from annstudio.project.templates.base import Template


class DigitsFilters(Template):
    """16 filters of 3 × 3, ReLU, max pooling, softmax: 2730 parameters, where the dense network has 6570."""

    info = Info(
        key="digits_filters",
        label=QT_TRANSLATE_NOOP("annstudio", "Digits with filters"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "The same digits as pictures: small filters look for strokes, with fewer weights than a dense network.",
        ),
        order=80,
        category=PICTURES,
        more=True,
        reference="LeCun, Bottou, Bengio & Haffner 1998, Gradient-based learning applied to document recognition",
    )
    icon = "grid-3x3"

    def build(self) -> Project:
        """See Template.build."""
        project = chain("Digits with filters", "digits", [], training={"optimizer": "adam", "batch_size": 32})
        filters: dict[str, Value] = {"filters": 16, "activation": "relu", "initializer": "he_normal"}
        return put_before(
            project,
            "output",
            ("reshape", {"channels": 1, "height": 8, "width": 8}),
            ("conv2d", filters),
            ("max_pool2d", {}),
            ("flatten", {}),
        )
