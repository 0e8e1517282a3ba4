"""Bowl."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.labs.surfaces.base import Surface


class Bowl(Surface):
    """One round valley: every way down leads to the middle."""

    info = Info(
        key="bowl",
        label=QT_TRANSLATE_NOOP("annstudio", "Bowl"),
        order=10,
        summary=QT_TRANSLATE_NOOP("annstudio", "One round valley: every way down leads to the middle."),
        formula="x² + y²",
        reference="The simplest of all: its gradient points straight at the minimum",
    )
