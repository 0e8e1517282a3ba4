"""Commands that set a value, or lead to its field."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, Signal

from annstudio.core.params import Choice, Flag, Integer, Param, Real, Value
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.project.graph import graph_of
from annstudio.project.names import title
from annstudio.project.settings import REGISTRIES
from annstudio.ui.commands.command import Command
from annstudio.ui.document import Document
from annstudio.ui.inspector.form import settings_of
from annstudio.ui.setting_edits import set_setting
from annstudio.ui.translate import translate

_ON = ((True, QT_TRANSLATE_NOOP("annstudio", "on")), (False, QT_TRANSLATE_NOOP("annstudio", "off")))


class SettingCommands(QObject):
    """Every value that can be chosen for the selected layer, the training and the data; and the fields to type in.

    Args:
        document: where edits go.
        selected: tells the id of the selected layer, or None.
        parent: owns it.
    """

    field_wanted = Signal(str, str)
    """(owner, key): the user wants to type a value of this setting."""
    refused = Signal(str)
    """(reason): a value cannot be set."""

    def __init__(self, document: Document, selected: Callable[[], str | None], parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._selected = document, selected

    def commands(self) -> Iterator[Command]:
        """Yield them all; see Provider."""
        owners = {"training": self.tr("Training"), "data": self.tr("Data")}
        node = graph_of(self._document.project).nodes.get(self._selected() or "")
        if node is not None:
            owners = {node.id: translate(title(node)), **owners}
        for owner, place in owners.items():
            found = settings_of(self._document.project, owner)
            if found is not None:
                params, settings, _ = found
                for key, param in params.items():
                    if not param.needs or settings[param.needs]:
                        yield from self._of_param(owner, place, key, param, settings[key])

    def _of_param(self, owner: str, place: str, key: str, param: Param, current: Value) -> Iterator[Command]:
        options = _options(param)
        template = QT_TRANSLATE_NOOP("annstudio", "{setting}: {value}")
        for value, label, words in options:
            yield Command(
                key=f"set {key} {value}",
                label=translate(text(template, setting=Text(param.label), value=Text(label))),
                run=partial(self._set, owner, key, param, value),
                place=place,
                icon="settings-2",
                words=words,
                chosen=value == current,
            )
        if not options:
            yield Command(
                key=f"field {key}",
                label=translate(text(QT_TRANSLATE_NOOP("annstudio", "{setting} …"), setting=Text(param.label))),
                run=partial(self.field_wanted.emit, owner, key),
                place=place,
                icon="settings-2",
                words=key,
                with_number=partial(self._with_number, owner, place, key, param) if _is_number(param) else None,
            )

    def _with_number(self, owner: str, place: str, key: str, param: Param, number: str) -> Command:
        """Return the command that sets a number which was typed behind the setting's name."""
        template = QT_TRANSLATE_NOOP("annstudio", "{setting}: {value}")
        return Command(
            key=f"field {key}",
            label=translate(text(template, setting=Text(param.label), value=number)),
            run=partial(self._set, owner, key, param, number),
            place=place,
            icon="settings-2",
            words=key,
        )

    def _set(self, owner: str, key: str, param: Param, value: Value | str) -> None:
        refusal = set_setting(self._document, owner, key, param, value)
        if refusal:
            self.refused.emit(refusal)


def _is_number(param: Param) -> bool:
    return isinstance(param, Integer | Real)


def _options(param: Param) -> list[tuple[Value, str, str]]:
    """Return the values that can be chosen, each with its marked label and other words; none where one types."""
    if isinstance(param, Flag):
        return [(value, label, "") for value, label in _ON]
    if not isinstance(param, Choice):
        return []
    if not param.registry:
        return [(key, label, key) for key, label in param.options]
    infos = [entry.info for entry in REGISTRIES[param.registry].values()]
    return [(info.key, info.label, " ".join((info.key, *info.aliases))) for info in infos]
