"""The data sets that come with the program: one file each, found by their registry."""

from annstudio.core.registry import Registry
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.sources.base import Source

sources: Registry[Source] = Registry("annstudio.data.sources", Source, QT_TRANSLATE_NOOP("annstudio", "data set"))
