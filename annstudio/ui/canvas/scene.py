"""The cards and wires of a project, kept in step with it by id."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsItem

from annstudio.project.model import Group, Project, Wire
from annstudio.project.shapes import Flow
from annstudio.ui.canvas.block import BlockFrame
from annstudio.ui.canvas.block_card import BlockCard, joined
from annstudio.ui.canvas.card import Card, Problems
from annstudio.ui.canvas.ground import WORLD, Ground
from annstudio.ui.canvas.look import Look
from annstudio.ui.canvas.port import Port, PortState
from annstudio.ui.canvas.routing import Ends, Router
from annstudio.ui.canvas.wire import WireItem

K = TypeVar("K")
T = TypeVar("T", bound=QGraphicsItem)
Thing = Card | Port | WireItem | BlockFrame


class CanvasScene(Ground):
    """Shows a project; knows nothing of how it is edited.

    Attributes:
        cards: by node id.
        wires: by the design's wire.
        frames: around the cards of the design's blocks, by group id; hidden with them while a block is folded.
        folds: cards of the folded blocks, by group id.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.cards: dict[str, Card] = {}
        self.wires: dict[Wire, WireItem] = {}
        self.frames: dict[str, BlockFrame] = {}
        self.folds: dict[str, BlockCard] = {}
        self._stands: dict[str, BlockCard] = {}
        """Cards of folded blocks by the ids of the layers that they stand for."""
        self._router = Router()
        self._hovered: Thing | None = None
        self._seen = WORLD

    def show_project(self, project: Project, flow: Mapping[str, Flow], problems: Mapping[str, Problems]) -> None:
        """Take on what has changed and leave the other items alone.

        Args:
            project: the value to show.
            flow: of every node, by id.
            problems: of the nodes that have any, by id.
        """
        with self._one_selection_change():
            self._drop_missing(project)
            for node in project.design.nodes:
                card = self.cards.get(node.id) or self._new_card(node.id, node.kind)
                card.show_node(project, node, flow[node.id])
            for wire in project.design.wires:
                if wire not in self.wires:
                    self._new_wire(wire)
            for group in project.design.groups:
                frame = self.frames.get(group.id) or self._new_frame(group)
                frame.show_block(group)
            self._show_folds(project, flow)
            self._put({node_id: QPointF(*point) for node_id, point in project.positions.items()})
            self.show_problems(problems)

    def show_problems(self, problems: Mapping[str, Problems]) -> None:
        """Say at the cards what is wrong with their layers, by node id; the others have no problems."""
        for node_id, card in self.cards.items():
            card.show_problems(problems.get(node_id, Problems()))
        for fold in self.folds.values():
            fold.show_problems(joined(fold.block, problems))
        self._keep_notes()

    def place(self, corners: Mapping[str, QPointF]) -> None:
        """Put cards here, by node id; the wires follow, also those that now have a card in their way."""
        self._put(corners)
        self._keep_notes()

    def keep_notes_in(self, seen: QRectF) -> None:
        """Put the notes where they can be read.

        Args:
            seen: what the view shows from now on, in scene units.
        """
        self._seen = seen
        self._keep_notes()

    def renew_look(self) -> None:
        """Paint everything anew: the theme or the font has changed."""
        for card in (*self.cards.values(), *self.folds.values()):
            card.renew_look()
        self._keep_notes()
        self.update()

    def shown(self, node_id: str) -> Card:
        """Return the card that shows a layer: its own, or that of the folded block that it is in."""
        return self._stands.get(node_id) or self.cards[node_id]

    def seen(self) -> list[Card]:
        """Return the cards that are not hidden in a folded block, and those of the folded blocks."""
        own = [card for node_id, card in self.cards.items() if node_id not in self._stands]
        return [*own, *self.folds.values()]

    def selected_cards(self) -> list[Card]:
        """Return the selected cards."""
        return [card for card in self.seen() if card.isSelected()]

    def selected_nodes(self) -> list[str]:
        """Return the ids of the layers whose cards are selected; of a folded block, all."""
        return [node_id for node_id, card in self.cards.items() if (self._stands.get(node_id) or card).isSelected()]

    def selected_wires(self) -> list[Wire]:
        """Return the selected wires."""
        return [wire for wire, item in self.wires.items() if item.isSelected()]

    def select_only(self, items: Iterable[QGraphicsItem]) -> None:
        """Select these items and no others, in one step for whoever listens."""
        wanted = set(items)
        with self._one_selection_change():
            for item in set(self.selectedItems()) - wanted:
                item.setSelected(False)
            for item in wanted:
                item.setSelected(True)

    def thing_at(self, point: QPointF, reach: float) -> Thing | None:
        """Return what the pointer at this point means: a port, else a card, the tab of a block's frame, a wire.

        Args:
            point: in scene units.
            reach: radius around a port's middle that counts as the port, in scene units.
        """
        return self.port_at(point, reach) or self.card_at(point) or self.frame_at(point) or self.wire_at(point)

    def port_at(self, point: QPointF, reach: float) -> Port | None:
        """Return the nearest port within reach of a point."""
        near = [item for item in self.items(_square(point, reach)) if isinstance(item, Port)]
        distances = {port: QLineF(port.scenePos(), point).length() for port in near}
        nearest = min(near, key=distances.__getitem__, default=None)
        return nearest if nearest is not None and distances[nearest] <= reach else None

    def card_at(self, point: QPointF) -> Card | None:
        """Return the topmost card at a point."""
        return next((item for item in self.items(point) if isinstance(item, Card)), None)

    def frame_at(self, point: QPointF) -> BlockFrame | None:
        """Return the frame whose tab is at a point."""
        return next((item for item in self.items(point) if isinstance(item, BlockFrame)), None)

    def wire_at(self, point: QPointF) -> WireItem | None:
        """Return the wire near a point."""
        return next((item for item in self.items(point) if isinstance(item, WireItem)), None)

    def hover(self, thing: Thing | None) -> None:
        """Show what is under the pointer."""
        if thing is self._hovered:
            return
        if self._hovered is not None:
            _show_hovered(self._hovered, False)
        self._hovered = thing
        if thing is not None:
            _show_hovered(thing, True)

    def rest_ports(self) -> None:
        """Show that no wire is being drawn any more."""
        for card in self.seen():
            for port in card.ports:
                port.show_state(PortState.IDLE)

    def way_of(self, wire: Wire) -> QPainterPath:
        """Return the curve that a wire would have if it were added now."""
        cards = [card.area for card in self.seen()]
        others = [self._ends(item.wire) for item in self._led()]
        return Router().ways(cards, [*others, self._ends(wire)])[-1].path()

    def content(self) -> QRectF:
        """Return what the cards, their notes, the wires and the frames cover."""
        covered = QRectF()
        for card in self.seen():
            covered = covered.united(card.extent())
        for item in self._led():
            covered = covered.united(item.path().boundingRect())
        for frame in self._open_frames():
            covered = covered.united(frame.extent())
        return covered

    def _put(self, corners: Mapping[str, QPointF]) -> None:
        for node_id, corner in corners.items():
            card = self.cards[node_id]
            if card.pos() != corner:
                card.stand_at(corner)
        for fold in self.folds.values():
            fold.stand_at(self.cards[fold.block.members[0]].pos())
        self._surround()
        self._lead_wires()

    def _new_card(self, node_id: str, kind: str) -> Card:
        card = self.cards[node_id] = Card(node_id, kind, self.look)
        self.addItem(card)
        return card

    def _new_wire(self, wire: Wire) -> None:
        item = self.wires[wire] = WireItem(wire, self.look)
        self.addItem(item)

    def _new_frame(self, group: Group) -> BlockFrame:
        frame = self.frames[group.id] = BlockFrame(group, self.look)
        self.addItem(frame)
        return frame

    def _show_folds(self, project: Project, flow: Mapping[str, Flow]) -> None:
        """Show one card for each folded block, and hide what it stands for."""
        folded = {group.id: group for group in project.design.groups if group.folded}
        self._drop(self.folds, [group_id for group_id in self.folds if group_id not in folded])
        for group_id, group in folded.items():
            fold = self.folds.get(group_id) or self._new_fold(group)
            fold.show_block(project, group, flow)
        self._stands = {node_id: self.folds[group.id] for group in folded.values() for node_id in group.members}
        for node_id, card in self.cards.items():
            card.setVisible(node_id not in self._stands)
        for wire, item in self.wires.items():
            item.setVisible(not self._is_inside(wire))
        for group_id, frame in self.frames.items():
            frame.setVisible(group_id not in folded)

    def _new_fold(self, group: Group) -> BlockCard:
        fold = self.folds[group.id] = BlockCard(group, self.cards[group.members[-1]].kind, self.look)
        self.addItem(fold)
        return fold

    def _is_inside(self, wire: Wire) -> bool:
        """Return whether a wire is hidden in a folded block."""
        fold = self._stands.get(wire.source)
        return fold is not None and fold is self._stands.get(wire.target)

    def _led(self) -> list[WireItem]:
        """Return the wires that are not hidden in a folded block."""
        return [item for wire, item in self.wires.items() if not self._is_inside(wire)]

    def _open_frames(self) -> list[BlockFrame]:
        return [frame for group_id, frame in self.frames.items() if group_id not in self.folds]

    def _surround(self) -> None:
        for frame in self._open_frames():
            covered = QRectF()
            for node_id in frame.block.members:
                covered = covered.united(self.cards[node_id].area)
            frame.surround(covered)

    def _keep_notes(self) -> None:
        seen = self.seen()
        noted = [card for card in seen if card.problems.errors]
        taken = [card.area for card in seen] if noted else []
        for card in noted:
            card.settle_note(self._seen, taken)
            if (area := card.note_area) is not None:
                taken.append(area)

    def _lead_wires(self) -> None:
        cards = [card.area for card in self.seen()]
        led = self._led()
        ends = [self._ends(item.wire) for item in led]
        for item, way in zip(led, self._router.ways(cards, ends), strict=True):
            item.lead(way)

    def _ends(self, wire: Wire) -> Ends:
        return Ends(wire.source, self.shown(wire.source).outlet, self.shown(wire.target).inlet)

    @contextmanager
    def _one_selection_change(self) -> Iterator[None]:
        """Announce the selection once, when all is done: no listener sees a card that is about to go."""
        before = set(self.selectedItems())
        self.blockSignals(True)
        try:
            yield
        finally:
            self.blockSignals(False)
        if set(self.selectedItems()) != before:
            self.selectionChanged.emit()

    def _drop_missing(self, project: Project) -> None:
        kinds, wires = {node.id: node.kind for node in project.design.nodes}, set(project.design.wires)
        groups = {group.id for group in project.design.groups}
        self._drop(self.frames, [group_id for group_id in self.frames if group_id not in groups])
        self._drop(self.wires, [wire for wire in self.wires if wire not in wires])
        self._drop(self.cards, [key for key, card in self.cards.items() if kinds.get(key) != card.kind])

    def _drop(self, items: dict[K, T], keys: Iterable[K]) -> None:
        for key in keys:
            self.hover(None)
            self.removeItem(items.pop(key))


def _show_hovered(thing: Thing, hovered: bool) -> None:
    if isinstance(thing, Port):
        thing.show_state(PortState.HOVERED if hovered else PortState.IDLE)
    else:
        thing.show_hovered(hovered)


def _square(center: QPointF, reach: float) -> QRectF:
    return QRectF(center.x() - reach, center.y() - reach, 2 * reach, 2 * reach)
