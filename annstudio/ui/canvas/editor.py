"""Every edit that the canvas makes, with its name in the Edit menu."""

from collections.abc import Callable, Collection, Iterable

from PySide6.QtCore import QObject, QPointF, QRectF, Signal

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.layers import layers
from annstudio.project import arranging, edits, groups
from annstudio.project.arranging import Axis, Line
from annstudio.project.critic import Fix
from annstudio.project.folding import contracted
from annstudio.project.layout import nearest_free
from annstudio.project.model import Group, Node, Positions, Project, Wire
from annstudio.project.names import title
from annstudio.ui.canvas.geometry import CARD
from annstudio.ui.document import Document
from annstudio.ui.edit_names import change_name, name_of
from annstudio.ui.translate import translate


class Editor(QObject):
    """Puts edits of the design on the document's undo stack."""

    refused = Signal(str)
    """(reason: str), when an edit cannot be made; the project is as before."""

    told = Signal(str)
    """(sentence: str), what an edit has brought about that its gesture did not ask for."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document

    @property
    def project(self) -> Project:
        """The document's current value."""
        return self._document.project

    def free_corner(self, corner: QPointF) -> QPointF:
        """Return where a card goes that is put here: beside those that it would cover."""
        return QPointF(*nearest_free(contracted(self.project).positions, _pair(corner)))

    def add(self, kind: str, corner: QPointF, activation: str = "") -> str | None:
        """Put a layer here, or beside what is here, unwired; return its id, or None if refused.

        Where an activation is given, here and below, the new layer has that one.
        """
        free = _pair(self.free_corner(corner))
        return self._apply_new(kind, lambda: edits.add_node(self.project, kind, free), activation)

    def append(self, kind: str, after: str | None, activation: str = "") -> str | None:
        """Put a layer behind another one, wired in; return its id, or None if refused."""
        return self._apply_new(kind, lambda: edits.append_node(self.project, kind, after), activation)

    def insert(self, kind: str, wire: Wire, corner: QPointF | None = None, activation: str = "") -> str | None:
        """Put a layer into a wire; return its id, or None if refused.

        It stands at the corner where it was dropped if it covers no other card there, else between its neighbors.
        """
        return self._apply_new(kind, lambda: _inserted(self.project, kind, wire, corner), activation)

    def remove(self, nodes: Collection[str], wires: Collection[Wire]) -> None:
        """Take layers and wires away."""
        if nodes:
            name = self.tr("Delete {layers}").format(layers=self._named(nodes))
            self.apply(name, lambda: edits.remove(self.project, nodes, wires))
        elif wires:
            name = self.tr("Delete wire") if len(wires) == 1 else self.tr("Delete wires")
            self.apply(name, lambda: edits.remove(self.project, (), wires))

    def mend(self, fix: Fix) -> None:
        """Make what the critic has found go away."""
        self.apply(translate(fix.label), lambda: fix.edit(self.project))

    def align(self, nodes: Collection[str], line: Line) -> None:
        """Move cards onto one line."""
        names = {
            Line.LEFT: self.tr("Align left"),
            Line.CENTER: self.tr("Align center"),
            Line.RIGHT: self.tr("Align right"),
            Line.TOP: self.tr("Align top"),
            Line.MIDDLE: self.tr("Align middle"),
            Line.BOTTOM: self.tr("Align bottom"),
        }
        self.apply(names[line], lambda: arranging.align(self.project, nodes, line))

    def distribute(self, nodes: Collection[str], axis: Axis) -> None:
        """Move cards equally far apart."""
        names = {
            Axis.HORIZONTAL: self.tr("Distribute horizontally"),
            Axis.VERTICAL: self.tr("Distribute vertically"),
        }
        self.apply(names[axis], lambda: arranging.distribute(self.project, nodes, axis))

    def group(self, nodes: Collection[str]) -> None:
        """Put layers together into a block."""
        self.apply(self.tr("Group layers"), lambda: groups.group(self.project, nodes)[0])

    def ungroup(self, block: Group) -> None:
        """Take a block apart."""
        name = self.tr("Take {block} apart").format(block=translate(groups.name_of(block)))
        self.apply(name, lambda: groups.ungroup(self.project, block.id))

    def fold(self, block: Group, folded: bool) -> None:
        """Show a block as one card, or open it again."""
        name = self.tr("Fold {block}") if folded else self.tr("Unfold {block}")
        name = name.format(block=translate(groups.name_of(block)))
        self.apply(name, lambda: groups.fold(self.project, block.id, folded))

    def repeat(self, block: Group, times: int) -> None:
        """Let the network go through a block so many times."""
        name = self.tr("Repeat {block} ×{times}").format(block=translate(groups.name_of(block)), times=times)
        self.apply(name, lambda: groups.repeat(self.project, block.id, times))

    def connect_nodes(self, source: str, target: str) -> None:
        """Wire an output to an input; tell which wire that input had before."""
        before = self.project.design.sources(target)
        name = self.tr("Wire {source} to {target}")
        if self.apply(self._of_ends(name, source, target), lambda: edits.connect(self.project, source, target)):
            self._tell_replaced(before, target)

    def reroute(self, wire: Wire, source: str, target: str) -> None:
        """Lead a wire from another layer, or to another one; tell which wire that input had before."""
        before = [other for other in self.project.design.sources(target) if other != wire.source]
        name = self._of_ends(self.tr("Lead wire from {source} to {target}"), source, target)
        if self.apply(name, lambda: edits.reroute(self.project, wire, source, target)):
            self._tell_replaced(before, target)

    def move(self, positions: Positions, gesture: str = "") -> None:
        """Move cards; moves in a row with the same non-empty gesture become one."""
        name = self.tr("Move {layers}").format(layers=self._named(positions))
        self.apply(name, lambda: edits.move(self.project, positions), gesture)

    def has_activation(self, node_id: str) -> bool:
        """Return whether a layer bends its values by an activation of its own."""
        return "activation" in self._node(node_id).settings.values

    def set_activation(self, node_id: str, key: str) -> bool:
        """Give a layer another activation; return whether it was possible."""
        node = self._node(node_id)
        if not self.has_activation(node_id):
            self.refuse(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio", "{layer} has no activation of its own: drop it onto a wire, as a layer."
                    ),
                    layer=title(node),
                )
            )
            return False
        name = change_name(self.project, node_id, layers[node.kind].info.param("activation"))
        return self.apply(name, lambda: edits.set_value(self.project, node_id, "activation", key))

    def tidy(self) -> None:
        """Line the cards up."""
        self.apply(self.tr("Tidy"), lambda: edits.relayout(self.project))

    def apply(self, name: str, edit: Callable[[], Project], gesture: str = "") -> bool:
        """Make an edit under this name; return whether it was possible.

        Edits in a row with the same non-empty gesture become one.
        """
        try:
            project = edit()
        except UserError as error:
            self.refuse(error.message)
            return False
        self._document.apply(name, project, gesture)
        return True

    def refuse(self, reason: Text) -> None:
        """Say why something cannot be done."""
        self.refused.emit(translate(reason))

    def _apply_new(self, kind: str, edit: Callable[[], tuple[Project, str]], activation: str = "") -> str | None:
        try:
            project, node_id = edit()
            if activation:
                project = edits.set_value(project, node_id, "activation", activation)
        except UserError as error:
            self.refuse(error.message)
            return None
        self._document.apply(self.tr("Add {layer}").format(layer=translate(layers[kind].info.label)), project)
        return node_id

    def _tell_replaced(self, before: Iterable[str], target: str) -> None:
        replaced = set(before) - set(self.project.design.sources(target))
        if replaced:
            name = translate(title(self._node(replaced.pop())))
            self.told.emit(self.tr("The wire from {layer} was replaced.").format(layer=name))

    def _of_ends(self, name: str, source: str, target: str) -> str:
        """Return the name of an edit of the wire between these two layers."""
        ends = {"source": source, "target": target}
        return name.format(**{end: self._named([node_id]) for end, node_id in ends.items()})

    def _named(self, nodes: Collection[str]) -> str:
        return name_of([node for node in self.project.design.nodes if node.id in nodes])

    def _node(self, node_id: str) -> Node:
        return next(node for node in self.project.design.nodes if node.id == node_id)


def _inserted(project: Project, kind: str, wire: Wire, corner: QPointF | None) -> tuple[Project, str]:
    inserted, node_id = edits.insert_node(project, kind, wire)
    if corner is None or not _is_free(project, corner):
        return inserted, node_id
    stayed = edits.move(inserted, {**project.positions, node_id: _pair(corner)})
    return stayed, node_id


def _is_free(project: Project, corner: QPointF) -> bool:
    card, places = CARD.translated(corner), contracted(project).positions.values()
    return not any(card.intersects(QRectF(x, y, CARD.width(), CARD.height())) for x, y in places)


def _pair(point: QPointF) -> tuple[float, float]:
    return point.x(), point.y()
