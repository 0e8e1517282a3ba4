"""The commands that edit what is selected on the canvas: for the Edit menu, the canvas's own menus and keys alike."""

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from annstudio.project.arranging import Axis, Line
from annstudio.ui.icons import icon

_FEWEST_ALIGNED = 2
_FEWEST_SPREAD = 3


class EditActions(QObject):
    """One action per command; the canvas carries them out.

    Their keys work on the canvas only: a text field has its own Copy and Delete.

    Attributes:
        icons: the actions that have an icon, with its name.
    """

    aligned = Signal(object)
    """(line: Line), the selected cards are to stand on one line."""
    spread = Signal(object)
    """(axis: Axis), the selected cards are to be equally far apart."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.icons: list[tuple[QAction, str]] = []
        keys = QKeySequence.StandardKey
        self.cut = self._action(self.tr("Cu&t"), keys.Cut, "scissors")
        self.copy = self._action(self.tr("&Copy"), keys.Copy, "copy")
        self.paste = self._action(self.tr("&Paste"), keys.Paste, "clipboard-paste")
        self.duplicate = self._action(self.tr("D&uplicate"), "Ctrl+D", "copy-plus")
        self.delete = self._action(self.tr("&Delete"), keys.Delete, "trash-2")
        self.select_all = self._action(self.tr("Select &all layers"), keys.SelectAll)
        self.group = self._action(self.tr("&Group into a block"), "Ctrl+G", "group")
        self.ungroup = self._action(self.tr("Take block a&part"), "Ctrl+Shift+G", "ungroup")
        self.fold = self._action(self.tr("Fold or un&fold block"), "Ctrl+Shift+B", "fold-horizontal")
        self.repeat = self._action(self.tr("&Repeat block…"), "Ctrl+R", "repeat")
        self._aligning = self._make_aligning()
        self._spreading = self._make_spreading()
        self.show_selection(0, 0)
        self.show_block(free=False, block=False)

    def all(self) -> list[QAction]:
        """Return every action."""
        return self.findChildren(QAction)

    def fill(self, menu: QMenu) -> None:
        """Append all commands to a menu."""
        menu.addActions([self.cut, self.copy, self.paste, self.duplicate, self.delete])
        menu.addSeparator()
        menu.addAction(self.select_all)
        menu.addMenu(self.arrange_menu(menu))
        menu.addSeparator()
        menu.addActions([self.group, self.fold, self.repeat, self.ungroup])

    def arrange_menu(self, parent: QWidget) -> QMenu:
        """Return a new menu of what lines cards up; it belongs to the parent."""
        menu = QMenu(self.tr("A&rrange"), parent)
        menu.addActions(self._aligning[:3])
        menu.addSeparator()
        menu.addActions(self._aligning[3:])
        menu.addSeparator()
        menu.addActions(self._spreading)
        return menu

    def show_selection(self, cards: int, wires: int) -> None:
        """Offer what can be done with so many selected cards and wires."""
        for action in (self.cut, self.copy, self.duplicate):
            action.setEnabled(cards > 0)
        self.delete.setEnabled(cards + wires > 0)
        for action in self._aligning:
            action.setEnabled(cards >= _FEWEST_ALIGNED)
        for action in self._spreading:
            action.setEnabled(cards >= _FEWEST_SPREAD)

    def show_block(self, *, free: bool, block: bool) -> None:
        """Offer what can be done with blocks.

        Args:
            free: the selected layers can be put together.
            block: some of them are in a block.
        """
        self.group.setEnabled(free)
        for action in (self.ungroup, self.fold, self.repeat):
            action.setEnabled(block)

    def color_icons(self, color: str) -> None:
        """Give every action its icon in this color, #rrggbb."""
        for action, name in self.icons:
            action.setIcon(icon(name, color))

    def _make_aligning(self) -> list[QAction]:
        texts = {
            Line.LEFT: (self.tr("Align &left"), "align-start-vertical"),
            Line.CENTER: (self.tr("Align &center"), "align-center-vertical"),
            Line.RIGHT: (self.tr("Align &right"), "align-end-vertical"),
            Line.TOP: (self.tr("Align &top"), "align-start-horizontal"),
            Line.MIDDLE: (self.tr("Align &middle"), "align-center-horizontal"),
            Line.BOTTOM: (self.tr("Align &bottom"), "align-end-horizontal"),
        }
        return [self._choice(*told, self.aligned, line) for line, told in texts.items()]

    def _make_spreading(self) -> list[QAction]:
        texts = {
            Axis.HORIZONTAL: (self.tr("Distribute &horizontally"), "align-horizontal-distribute-center"),
            Axis.VERTICAL: (self.tr("Distribute &vertically"), "align-vertical-distribute-center"),
        }
        return [self._choice(*told, self.spread, axis) for axis, told in texts.items()]

    def _choice(self, text: str, icon_name: str, chosen: SignalInstance, value: Line | Axis) -> QAction:
        action = self._action(text, None, icon_name)
        action.triggered.connect(lambda: chosen.emit(value))
        return action

    def _action(self, text: str, key: str | QKeySequence.StandardKey | None = None, icon_name: str = "") -> QAction:
        action = QAction(text, self)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        if icon_name:
            self.icons.append((action, icon_name))
        return action
