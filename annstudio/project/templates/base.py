"""What a template is."""

from typing import ClassVar

from annstudio.core.registry import Info
from annstudio.project.model import Project


class Template:
    """A finished project to start from.

    Attributes:
        info: key, label and, as the summary, why it is worth a look.
        icon: name of its picture in resources/icons.
        flaw: what is wrong with it on purpose; empty where nothing is.
    """

    info: ClassVar[Info]
    icon: ClassVar[str]
    flaw: ClassVar[str] = ""

    def build(self) -> Project:
        """Return the project, named in English; ui shows the label."""
        raise NotImplementedError
