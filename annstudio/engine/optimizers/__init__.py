"""Optimizers: one file each."""

from annstudio.core.registry import Registry
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.optimizers.base import Optimizer

optimizers: Registry[Optimizer] = Registry(__name__, Optimizer, QT_TRANSLATE_NOOP("annstudio", "optimizer"))
