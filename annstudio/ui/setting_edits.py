"""Edits of a single setting, which several parts of the window make."""

from annstudio.core.errors import UserError
from annstudio.core.params import Param
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.project import edits
from annstudio.project.model import Settings
from annstudio.ui.document import Document
from annstudio.ui.edit_names import change_name
from annstudio.ui.translate import translate


def set_setting(document: Document, owner: str, key: str, param: Param, value: object, gesture: str = "") -> str:
    """Set a value as one undoable edit; return why it is refused, translated, or an empty text.

    Args:
        document: where the edit goes.
        owner: "data", "training" or the id of a node.
        key: of the setting; param tells what it is.
        param: the setting.
        value: as it was typed or chosen.
        gesture: edits in a row with the same non-empty gesture become one.
    """
    try:
        project = edits.set_value(document.project, owner, key, value)
    except UserError as error:
        return translate(error.message)
    document.apply(change_name(document.project, owner, param), project, gesture)
    return ""


def toggle_pin(document: Document, owner: str, key: str, param: Param, settings: Settings, gesture: str = "") -> None:
    """Let a value that is pinned follow the data set again, or pin it as it is.

    Args:
        document: where the edit goes.
        owner, key, param, gesture: see set_setting.
        settings: the owner's.
    """
    pinned = key in settings.pinned
    template = QT_TRANSLATE_NOOP("annstudio", "Pin {setting}")
    if pinned:
        template = QT_TRANSLATE_NOOP("annstudio", "Let {setting} follow")
    project = document.project
    after = edits.unpin(project, owner, key) if pinned else edits.set_value(project, owner, key, settings[key])
    document.apply(translate(text(template, setting=Text(param.label))), after, gesture)
