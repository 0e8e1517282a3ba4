"""Activations: one file each."""

from annstudio.core.registry import Registry
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation

activations: Registry[Activation] = Registry(__name__, Activation, QT_TRANSLATE_NOOP("annstudio", "activation"))
