"""The palette: layers to drag onto the canvas, finished networks to start from."""

from itertools import groupby

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QTreeWidgetItem, QVBoxLayout, QWidget

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations import activations
from annstudio.engine.layers import layers
from annstudio.project.templates import templates
from annstudio.ui.canvas.look import wrapped_tip
from annstudio.ui.icons import icon
from annstudio.ui.palette_folds import is_open, remember_open
from annstudio.ui.palette_list import Group, PaletteList, Role
from annstudio.ui.theme import theme_of
from annstudio.ui.translate import translate

_START = QT_TRANSLATE_NOOP("annstudio", "Start from")
_ACTIVATIONS = QT_TRANSLATE_NOOP("annstudio", "Activations")
_MORE = Info(
    key="More activations",
    label=QT_TRANSLATE_NOOP("annstudio", "More"),
    summary=QT_TRANSLATE_NOOP("annstudio", "Activations beyond the lecture."),
)
_GALLERY = Info(
    key="gallery",
    label=QT_TRANSLATE_NOOP("annstudio", "All examples…"),
    summary=QT_TRANSLATE_NOOP("annstudio", "Every example with its picture, and some that are broken on purpose."),
)


class Palette(QWidget):
    """A search field above the layers, activations and templates that the registries hold.

    Attributes:
        search: the field; both kinds of entries are filtered by it.
        entries: the list.
    """

    layer_activated = Signal(str)
    """(kind), a layer was double-clicked, or Enter pressed on it."""
    activation_activated = Signal(str)
    """(key), an activation was double-clicked, or Enter pressed on it."""
    template_activated = Signal(str)
    """(key), a template was clicked, or Enter pressed on it."""
    gallery_asked = Signal()
    """All templates are to be shown, with their pictures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search layers"))
        self.search.setAccessibleName(self.tr("Search layers and examples"))
        self.search.setClearButtonEnabled(True)
        self._lens = QAction(self)
        self.search.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        self.entries = PaletteList()
        self.entries.setAccessibleName(self.tr("Layers and examples"))
        self._fill()
        self._filter()
        self._lay_out()
        self._color_lens()
        self.search.textChanged.connect(self._on_search_changed)
        self.search.returnPressed.connect(self._on_search_entered)
        self.search.installEventFilter(self)
        self.entries.chosen.connect(self._on_chosen)
        self.entries.itemExpanded.connect(self._on_folded)
        self.entries.itemCollapsed.connect(self._on_folded)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on from the search field to the list by Down."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self._enter_list()
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._color_lens()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(6)
        field = QVBoxLayout()
        field.setContentsMargins(12, 0, 12, 0)
        field.addWidget(self.search)
        layout.addLayout(field)
        layout.addWidget(self.entries, 1)

    def _fill(self) -> None:
        for category, group in groupby(layers.values(), key=lambda layer: layer.info.category):
            heading = self.entries.add_heading(translate(category), category)
            for layer in group:
                self._add(heading, Group.LAYER, layer.info, layer.icon)
        self._activations = self.entries.add_heading(translate(_ACTIVATIONS), _ACTIVATIONS)
        # Its rows come when it is first opened or searched: to load them all takes a moment.
        self._activations.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        heading = self.entries.add_heading(translate(_START), _START)
        for template in templates.values():
            row = self._add(heading, Group.TEMPLATE, template.info, template.icon)
            row.setData(0, Role.MORE, template.info.more)
        self._add(heading, Group.GALLERY, _GALLERY, "layout-grid")

    def _fill_activations(self) -> None:
        """Append the activations: the lecture's, and the others behind a row that shows and hides them."""
        if self._activations.childCount():
            return
        ordered = sorted(activations.values(), key=lambda activation: activation.info.more)
        for more, group in groupby(ordered, key=lambda activation: activation.info.more):
            if more:
                self._add(self._activations, Group.MORE, _MORE, "chevron-down")
            for activation in group:
                row = self._add(self._activations, Group.ACTIVATION, activation.info, activation.info.key)
                row.setData(0, Role.MORE, more)

    def _add(self, heading: QTreeWidgetItem, group: Group, info: Info, icon_name: str) -> QTreeWidgetItem:
        label, summary = translate(info.label), translate(info.summary)
        row = self.entries.add_entry(heading, group, label, info.key, icon_name)
        row.setToolTip(0, wrapped_tip(summary))
        row.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, summary)
        row.setData(0, Role.WORDS, " ".join((label, info.key, *info.aliases, summary)).casefold())
        return row

    def _words(self) -> list[str]:
        return self.search.text().casefold().split()

    def _filter(self) -> None:
        """Show the entries that hold the words, and the headings that have any.

        A search looks into folded headings, and finds what otherwise only the gallery or “More” shows.
        """
        words = self._words()
        if words or is_open(_ACTIVATIONS):
            self._fill_activations()
        for heading in self.entries.headings():
            matching = heading is self._activations and not words
            for row in self.entries.entries_of(heading):
                matches = all(word in row.data(0, Role.WORDS) for word in words)
                matches = matches and self._is_in_sight(row, bool(words))
                row.setHidden(not matches)
                matching = matching or matches
            heading.setHidden(not matching)
            heading.setExpanded(bool(words) or is_open(heading.data(0, Role.KEY)))

    def _is_in_sight(self, row: QTreeWidgetItem, searching: bool) -> bool:
        """Return whether a row is shown, if it is found while a search goes on."""
        if row.data(0, Role.GROUP) == Group.MORE:
            row.setData(0, Role.ICON, "chevron-up" if is_open(_MORE.key) else "chevron-down")
            return not searching
        activation = row.data(0, Role.GROUP) == Group.ACTIVATION
        return searching or not row.data(0, Role.MORE) or (activation and is_open(_MORE.key))

    def _first_shown(self) -> QTreeWidgetItem | None:
        """Return the first entry in sight, or the first heading if all are folded."""
        headings = [heading for heading in self.entries.headings() if not heading.isHidden()]
        rows = (row for heading in headings if heading.isExpanded() for row in self.entries.entries_of(heading))
        return next((row for row in rows if not row.isHidden()), headings[0] if headings else None)

    def _enter_list(self) -> None:
        first = self._first_shown()
        if first is not None:
            self.entries.setCurrentItem(first)
            self.entries.setFocus(Qt.FocusReason.OtherFocusReason)

    def _color_lens(self) -> None:
        self._lens.setIcon(icon("search", theme_of(self.palette()).muted))

    def _on_search_changed(self) -> None:
        self._filter()

    def _on_folded(self, heading: QTreeWidgetItem) -> None:
        """Remember it, unless a search is going on, which shows everything that it finds."""
        if not self._words():
            remember_open(heading.data(0, Role.KEY), heading.isExpanded())
            if heading is self._activations and not heading.childCount():
                self._filter()

    def _on_search_entered(self) -> None:
        first = self._first_shown()
        if self._words() and first is not None:
            self._on_chosen(first)

    def _on_chosen(self, row: QTreeWidgetItem) -> None:
        key = row.data(0, Role.KEY)
        group = row.data(0, Role.GROUP)
        if group == Group.GALLERY:
            self.gallery_asked.emit()
        elif group == Group.LAYER:
            self.layer_activated.emit(key)
        elif group == Group.ACTIVATION:
            self.activation_activated.emit(key)
        elif group == Group.MORE:
            remember_open(key, not is_open(key))
            self._filter()
        else:
            self.template_activated.emit(key)
