"""Surfaces to race optimizers on: one file each."""

from annstudio.core.registry import Registry
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.labs.surfaces.base import Surface

surfaces: Registry[Surface] = Registry(__name__, Surface, QT_TRANSLATE_NOOP("annstudio", "surface"))
