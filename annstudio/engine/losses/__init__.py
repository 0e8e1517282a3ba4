"""Losses: one file each."""

from annstudio.core.registry import Registry
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.losses.base import Loss

losses: Registry[Loss] = Registry(__name__, Loss, QT_TRANSLATE_NOOP("annstudio", "loss"))
