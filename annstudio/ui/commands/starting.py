"""Commands that open one of the projects to start from."""

from collections.abc import Callable, Iterator
from functools import partial

from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.project.templates import templates
from annstudio.ui.commands.command import Command
from annstudio.ui.translate import translate


def template_commands(start: Callable[[str], object]) -> Iterator[Command]:
    """Yield one command for every template.

    Args:
        start: opens the template of this key.
    """
    for key, template in templates.items():
        label = Text(template.info.label)
        yield Command(
            key=f"start {key}",
            label=translate(text(QT_TRANSLATE_NOOP("annstudio", "Start from: {example}"), example=label)),
            run=partial(start, key),
            place=translate(QT_TRANSLATE_NOOP("annstudio", "Examples")),
            icon=template.icon,
            words=key,
        )
