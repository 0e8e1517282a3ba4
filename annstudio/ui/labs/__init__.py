"""The labs of the window: one file each, which says what a lab is called and makes its room."""

from annstudio.core.registry import Registry
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.labs.base import Lab

labs: Registry[Lab] = Registry(__name__, Lab, QT_TRANSLATE_NOOP("annstudio", "lab"))
