"""The styles that figures are drawn in: one file each."""

from annstudio.core.registry import Registry
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.figures.styles.base import Style

styles: Registry[Style] = Registry(__name__, Style, QT_TRANSLATE_NOOP("annstudio", "figure style"))
