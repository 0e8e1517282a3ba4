"""Projects to start from: one file each."""

from annstudio.core.registry import Registry
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.templates.base import Template

templates: Registry[Template] = Registry(__name__, Template, QT_TRANSLATE_NOOP("annstudio", "template"))
