"""The groups that templates stand in, in the order of their entries' `order`."""

from annstudio.core.texts import QT_TRANSLATE_NOOP

FIRST_STEPS = QT_TRANSLATE_NOOP("annstudio", "First steps")
CLASSICS = QT_TRANSLATE_NOOP("annstudio", "Classics")
DEEP = QT_TRANSLATE_NOOP("annstudio", "Deep networks")
PICTURES = QT_TRANSLATE_NOOP("annstudio", "Pictures")
BROKEN = QT_TRANSLATE_NOOP("annstudio", "Broken on purpose")
