"""A view with a menu for everything on it."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QPoint, QPointF, Signal
from PySide6.QtGui import QContextMenuEvent

from annstudio.project.critic import criticize
from annstudio.project.model import Wire
from annstudio.ui.canvas.card import Card
from annstudio.ui.canvas.editing_view import EditingView
from annstudio.ui.canvas.geometry import corner_for_center
from annstudio.ui.canvas.menu import ContextMenu
from annstudio.ui.canvas.navigation import possible_sources, possible_targets
from annstudio.ui.canvas.port import Port
from annstudio.ui.canvas.scene import Thing
from annstudio.ui.canvas.wire import WireItem
from annstudio.ui.translate import translate


class MenuView(EditingView):
    """Offers what can be done with a card, several cards, a wire, a port or the ground, and nothing that cannot."""

    look_inside_asked = Signal(str)
    """(node id): what a layer computes is to be seen."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of what is here; the menu key means what is selected."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            pixel = self._selected_pixel() or event.pos()
            self.context_menu(pixel).popup(self.viewport().mapToGlobal(pixel))
        else:
            self.context_menu(event.pos()).popup(self.viewport().mapToGlobal(event.pos()))

    def open_menu(self, place: QPoint) -> None:
        """Open the menu of what is selected, at a place on the screen."""
        pixel = self._selected_pixel()
        if pixel is not None:
            self.context_menu(pixel).popup(place)

    def _selected_pixel(self) -> QPoint | None:
        """Return where the first selected card or wire can be met, in the view's pixels."""
        nodes, wires = self.canvas.selected_nodes(), self.canvas.selected_wires()
        if nodes:
            return self.mapFromScene(self.canvas.shown(nodes[0]).sceneBoundingRect().center())
        return self.mapFromScene(self.canvas.wires[wires[0]].path().pointAtPercent(0.5)) if wires else None

    def context_menu(self, pixel: QPoint) -> ContextMenu:
        """Return the menu for what is at this pixel of the view, and select that."""
        thing, color = self._thing_at(pixel), self.canvas.look.theme.muted
        self._select_clicked(thing)
        self.commands.color_icons(color)
        menu = ContextMenu(self, color)
        if isinstance(thing, Port):
            self._offer_port(menu, thing)
        elif isinstance(thing, WireItem):
            self._offer_wire(menu, thing.wire, self.mapToScene(pixel))
        elif thing is None:
            self._offer_ground(menu, self.mapToScene(pixel))
        elif self.selected() is None:
            self._offer_cards(menu)
        else:
            self._offer_card(menu, thing.node_id)
        return menu

    def _select_clicked(self, thing: Thing | None) -> None:
        item = self.canvas.shown(thing.node_id) if isinstance(thing, Port) else thing
        if item is None:
            self.canvas.select_only([])
        elif isinstance(thing, Port) or not item.isSelected():
            self.canvas.select_only([item])

    def _offer_ground(self, menu: ContextMenu, point: QPointF) -> None:
        menu.add_layers(self.tr("Add layer here"), lambda kind: self._add_at(kind, point), ends=True)
        menu.addSeparator()
        if self.clipboard.holds_layers():
            menu.add(self.tr("Paste here"), lambda: self.paste_at(point), "clipboard-paste")
        if self.canvas.cards:
            menu.addAction(self.commands.select_all)
            menu.addSeparator()
            menu.add(self.tr("Tidy up"), self.tidy, "git-commit-horizontal")
            menu.add(self.tr("Fit network"), self.fit, "maximize")

    def _offer_card(self, menu: ContextMenu, node_id: str) -> None:
        card = self.canvas.cards[node_id]
        self._offer_fixes(menu, node_id)
        menu.add(self.tr("Settings"), lambda: self.activated.emit(node_id), "settings-2")
        menu.add(self.tr("Look inside"), lambda: self.look_inside_asked.emit(node_id), "scan-text")
        self._offer_activations(menu, node_id)
        self._offer_behind(menu, card)
        menu.addSeparator()
        self._offer_edits(menu)

    def _offer_fixes(self, menu: ContextMenu, node_id: str) -> None:
        """Offer to mend what is wrong with a layer."""
        fixes = [finding.fix for finding in criticize(self.editor.project) if finding.node == node_id and finding.fix]
        for fix in fixes:
            label = self.tr("Fix: {label}").format(label=translate(fix.label)).replace("&", "&&")
            menu.add(label, partial(self.editor.mend, fix), "wrench")
        if fixes:
            menu.addSeparator()

    def _offer_cards(self, menu: ContextMenu) -> None:
        self._offer_edits(menu)
        menu.addSeparator()
        menu.addMenu(self.commands.arrange_menu(menu))

    def _offer_edits(self, menu: ContextMenu) -> None:
        commands = self.commands
        menu.addActions([commands.cut, commands.copy, commands.duplicate, commands.delete])

    def _offer_activations(self, menu: ContextMenu, node_id: str) -> None:
        values = self.editor.project.design.node(node_id).settings.values
        if "activation" in values:
            menu.add_activations(
                self.tr("Activation"),
                str(values["activation"]),
                lambda key: self.editor.set_activation(node_id, key),
            )

    def _offer_behind(self, menu: ContextMenu, card: Card) -> None:
        """Offer what can follow a card: a layer, or a wire to one that is there."""
        node_id = card.node_id
        if card.output is None:
            return
        menu.add_layers(self.tr("Add layer behind"), lambda kind: self._select_new(self.editor.append(kind, node_id)))
        targets = self._entries(possible_targets(self.editor.project, node_id))
        menu.add_choices(self.tr("Wire to"), targets, lambda target: self.editor.connect_nodes(node_id, target))

    def _offer_port(self, menu: ContextMenu, port: Port) -> None:
        node_id, project = port.node_id, self.editor.project
        if port.gives:
            self._offer_behind(menu, self.canvas.cards[node_id])
        else:
            sources = self._entries(possible_sources(project, node_id))
            menu.add_choices(self.tr("Wire from"), sources, lambda source: self.editor.connect_nodes(source, node_id))
        menu.addSeparator()
        for wire in project.design.wires:
            if (wire.source if port.gives else wire.target) == node_id:
                self._offer_end(menu, wire, wire.target if port.gives else wire.source, port.gives)

    def _offer_end(self, menu: ContextMenu, wire: Wire, other: str, leads_to: bool) -> None:
        label = self.tr("Delete wire to {layer}") if leads_to else self.tr("Delete wire from {layer}")
        menu.add(label.format(layer=self._title(other)), lambda: self.editor.remove((), (wire,)), "unlink")

    def _offer_wire(self, menu: ContextMenu, wire: Wire, point: QPointF) -> None:
        menu.add_layers(self.tr("Insert layer"), lambda kind: self._insert_at(kind, wire, point))
        menu.addSeparator()
        menu.addAction(self.commands.delete)

    def _entries(self, ids: Iterable[str]) -> list[tuple[str, str]]:
        return [(node_id, self._title(node_id)) for node_id in ids]

    def _add_at(self, kind: str, point: QPointF) -> None:
        self.select(self.editor.add(kind, corner_for_center(point)))

    def _insert_at(self, kind: str, wire: Wire, point: QPointF) -> None:
        self._select_new(self.editor.insert(kind, wire, corner_for_center(point)))
