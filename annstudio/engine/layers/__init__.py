"""Layers: one file each."""

from annstudio.core.registry import Registry
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.layers.base import Layer

layers: Registry[Layer] = Registry(__name__, Layer, QT_TRANSLATE_NOOP("annstudio", "layer"))
