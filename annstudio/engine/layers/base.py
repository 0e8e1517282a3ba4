"""What a layer is."""

from typing import ClassVar

from annstudio.core.registry import Info


class Layer:
    """A node of the network.

    Attributes:
        takes_input, gives_output: which ports its card has.
        icon: name of its picture in resources/icons.
    """

    info: ClassVar[Info]
    takes_input: ClassVar[bool] = True
    gives_output: ClassVar[bool] = True
    icon: ClassVar[str] = "layers"
