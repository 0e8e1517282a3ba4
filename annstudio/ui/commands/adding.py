"""Commands that add a layer."""

from collections.abc import Callable, Iterator
from functools import partial

from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.layers import layers
from annstudio.ui.commands.command import Command
from annstudio.ui.translate import translate


def layer_commands(add: Callable[[str], object]) -> Iterator[Command]:
    """Yield one command for every layer of the palette.

    Args:
        add: adds a layer of this kind where the network goes on.
    """
    for kind, layer in layers.items():
        info = layer.info
        yield Command(
            key=f"add {kind}",
            label=translate(text(QT_TRANSLATE_NOOP("annstudio", "Add {layer}"), layer=Text(info.label))),
            run=partial(add, kind),
            place=translate(info.category),
            shortcut=layer.letter,
            icon=layer.icon,
            words=" ".join((kind, *info.aliases)),
        )
