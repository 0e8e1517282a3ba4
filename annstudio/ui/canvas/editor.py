"""Every edit that the canvas makes, with its name in the Edit menu."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, QPointF, QRectF, Signal

from annstudio.core.errors import UserError
from annstudio.core.texts import Text
from annstudio.engine.layers import layers
from annstudio.project import edits
from annstudio.project.layout import nearest_free
from annstudio.project.model import Node, Positions, Project, Wire
from annstudio.project.names import title
from annstudio.ui.canvas.geometry import CARD
from annstudio.ui.document import Document
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
        return QPointF(*nearest_free(self.project.positions, _pair(corner)))

    def add(self, kind: str, corner: QPointF) -> str | None:
        """Put a layer here, or beside what is here, unwired; return its id, or None if refused."""
        return self._apply_new(kind, lambda: edits.add_node(self.project, kind, _pair(self.free_corner(corner))))

    def append(self, kind: str, after: str | None) -> str | None:
        """Put a layer behind another one, wired in; return its id, or None if refused."""
        return self._apply_new(kind, lambda: edits.append_node(self.project, kind, after))

    def insert(self, kind: str, wire: Wire, corner: QPointF | None = None) -> str | None:
        """Put a layer into a wire; return its id, or None if refused.

        It stands at the corner where it was dropped if it covers no other card there, else between its neighbors.
        """
        return self._apply_new(kind, lambda: _inserted(self.project, kind, wire, corner))

    def remove(self, nodes: Collection[str], wires: Collection[Wire]) -> None:
        """Take layers and wires away."""
        if nodes or wires:
            name = self.tr("Delete layers") if len(nodes) > 1 else self.tr("Delete layer")
            name = name if nodes else self.tr("Delete wire")
            self._apply(name, lambda: edits.remove(self.project, nodes, wires))

    def connect_nodes(self, source: str, target: str) -> None:
        """Wire an output to an input; tell which wire that input had before."""
        before = self.project.design.sources(target)
        if not self._apply(self.tr("Connect layers"), lambda: edits.connect(self.project, source, target)):
            return
        replaced = set(before) - set(self.project.design.sources(target))
        if replaced:
            name = translate(title(self._node(replaced.pop())))
            self.told.emit(self.tr("The wire from {layer} was replaced.").format(layer=name))

    def move(self, positions: Positions, gesture: str = "") -> None:
        """Move cards; moves in a row with the same non-empty gesture become one."""
        self._apply(self.tr("Move"), lambda: edits.move(self.project, positions), gesture)

    def tidy(self) -> None:
        """Line the cards up."""
        self._apply(self.tr("Tidy"), lambda: edits.relayout(self.project))

    def refuse(self, reason: Text) -> None:
        """Say why something cannot be done."""
        self.refused.emit(translate(reason))

    def _apply_new(self, kind: str, edit: Callable[[], tuple[Project, str]]) -> str | None:
        try:
            project, node_id = edit()
        except UserError as error:
            self.refuse(error.message)
            return None
        self._document.apply(self.tr("Add {layer}").format(layer=translate(layers[kind].info.label)), project)
        return node_id

    def _apply(self, name: str, edit: Callable[[], Project], gesture: str = "") -> bool:
        """Make the edit; return whether it was possible."""
        try:
            project = edit()
        except UserError as error:
            self.refuse(error.message)
            return False
        self._document.apply(name, project, gesture)
        return True

    def _node(self, node_id: str) -> Node:
        return next(node for node in self.project.design.nodes if node.id == node_id)


def _inserted(project: Project, kind: str, wire: Wire, corner: QPointF | None) -> tuple[Project, str]:
    inserted, node_id = edits.insert_node(project, kind, wire)
    if corner is None or not _is_free(project, corner):
        return inserted, node_id
    stayed = edits.move(inserted, {**project.positions, node_id: _pair(corner)})
    return stayed, node_id


def _is_free(project: Project, corner: QPointF) -> bool:
    card = CARD.translated(corner)
    return not any(card.intersects(QRectF(x, y, CARD.width(), CARD.height())) for x, y in project.positions.values())


def _pair(point: QPointF) -> tuple[float, float]:
    return point.x(), point.y()
