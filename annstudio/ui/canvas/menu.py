"""The canvas' context menu, and what it is filled with."""

from collections.abc import Callable, Iterable
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from annstudio.engine.activations import activations
from annstudio.engine.layers import layers
from annstudio.ui.canvas.words import short
from annstudio.ui.icons import icon
from annstudio.ui.translate import translate

Chosen = Callable[[str], object]


class ContextMenu(QMenu):
    """What can be done with what was clicked; it is gone when it closes.

    Args:
        parent: the canvas.
        color: of its icons, #rrggbb.
    """

    def __init__(self, parent: QWidget, color: str) -> None:
        super().__init__(parent)
        self._color = color
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def add(self, label: str, slot: Callable[[], object], icon_name: str = "") -> QAction:
        """Append an entry."""
        action = self.addAction(label)
        if icon_name:
            action.setIcon(icon(icon_name, self._color))
        action.triggered.connect(slot)
        return action

    def add_layers(self, title: str, chosen: Chosen, *, ends: bool = False) -> None:
        """Append a menu of all layers.

        Args:
            title: of the menu.
            chosen: is called with the chosen layer's key.
            ends: also those that only begin or end a network.
        """
        fitting = [layer for layer in layers.values() if ends or (layer.takes_input and layer.gives_output)]
        menu = self._add_menu(title, "circle-plus")
        for _, group in groupby(fitting, key=lambda layer: layer.info.category):
            for layer in group:
                self._add_choice(menu, translate(layer.info.label), layer.info.key, chosen, layer.icon)
            menu.addSeparator()

    def add_activations(self, title: str, current: str, chosen: Chosen) -> None:
        """Append a menu of all activations, those beyond the lecture in a menu within it.

        Args:
            title: of the menu.
            current: key of the one in use, which is checked.
            chosen: is called with the chosen one's key.
        """
        menu = self._add_menu(title, "spline")
        more = QMenu(self.tr("More"), menu)
        for key, entry in activations.items():
            action = self._add_choice(more if entry.info.more else menu, short(entry.info.label), key, chosen)
            action.setCheckable(True)
            action.setChecked(key == current)
        menu.addSeparator()
        menu.addMenu(more)

    def add_choices(self, title: str, entries: Iterable[tuple[str, str]], chosen: Chosen) -> None:
        """Append a menu of entries, each a key and a name; none are no menu."""
        entries = list(entries)
        if entries:
            menu = self._add_menu(title, "cable")
            for key, name in entries:
                self._add_choice(menu, name, key, chosen)

    def _add_menu(self, title: str, icon_name: str) -> QMenu:
        menu = self.addMenu(title)
        menu.setIcon(icon(icon_name, self._color))
        return menu

    def _add_choice(self, menu: QMenu, label: str, key: str, chosen: Chosen, icon_name: str = "") -> QAction:
        action = menu.addAction(label.replace("&", "&&"))
        if icon_name:
            action.setIcon(icon(icon_name, self._color))
        action.triggered.connect(lambda: chosen(key))
        return action
