"""What edits are called in the Edit menu and in the history, where several parts of the window make them."""

from collections.abc import Sequence

from annstudio.core.params import Param
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.project.model import Node, Project
from annstudio.project.names import title
from annstudio.ui.translate import translate


def change_name(project: Project, owner: str, param: Param) -> str:
    """Return the name of the edit that changes a setting: "Change Units of Dense 1".

    Args:
        project: that is edited.
        owner: "data", "training" or the id of a node.
        param: the setting.
    """
    setting = Text(param.label)
    node = next((node for node in project.design.nodes if node.id == owner), None)
    if node is None:
        return translate(text(QT_TRANSLATE_NOOP("annstudio", "Change {setting}"), setting=setting))
    named = QT_TRANSLATE_NOOP("annstudio", "Change {setting} of {layer}")
    return translate(text(named, setting=setting, layer=title(node)))


def name_of(nodes: Sequence[Node]) -> str:
    """Return what an edit calls these layers: by name if there is one, else by their number."""
    if len(nodes) == 1:
        return translate(title(nodes[0]))
    return translate(text(QT_TRANSLATE_NOOP("annstudio", "{count} layers"), count=len(nodes)))
