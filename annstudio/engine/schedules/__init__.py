"""Schedules of the learning rate: one file each."""

from annstudio.core.registry import Registry
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.schedules.base import Schedule

schedules: Registry[Schedule] = Registry(__name__, Schedule, QT_TRANSLATE_NOOP("annstudio", "schedule"))
