"""The tabs of the live views: one file each."""

from annstudio.core.registry import Registry
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.tabs.base import Tab

tabs: Registry[Tab] = Registry(__name__, Tab, QT_TRANSLATE_NOOP("annstudio", "tab"))
