"""Bringing the texts of the packages below, which know no Qt, into the language of the window."""

from PySide6.QtCore import QCoreApplication

from annstudio.core.texts import CONTEXT, Text


def translate(marked: str | Text) -> str:
    """Return a marked text in the user's language, its values filled in.

    Args:
        marked: a registry's label or summary, or a Text such as a UserError's message or a finding's.
    """
    if isinstance(marked, Text):
        return marked.render(_translated)
    return _translated(marked)


def _translated(template: str) -> str:
    return QCoreApplication.translate(CONTEXT, template) if template else ""
