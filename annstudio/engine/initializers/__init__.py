"""Initializers: one file each."""

from annstudio.core.registry import Registry
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.initializers.base import Initializer

initializers: Registry[Initializer] = Registry(__name__, Initializer, QT_TRANSLATE_NOOP("annstudio", "initializer"))
