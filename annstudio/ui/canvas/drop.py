"""What is dragged in from the palette: a layer, or an activation."""

from PySide6.QtCore import QLineF, QPointF

from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.layers import layers
from annstudio.ui.canvas.block_card import BlockCard
from annstudio.ui.canvas.card import Card
from annstudio.ui.canvas.editor import Editor
from annstudio.ui.canvas.face import Face, kind_face, with_activation
from annstudio.ui.canvas.geometry import CARD, corner_for_center
from annstudio.ui.canvas.ghost import Ghost
from annstudio.ui.canvas.scene import CanvasScene
from annstudio.ui.canvas.wire import WireItem, stroked

_CATCH = 56.0
"""Width of the band around a wire that catches a layer, in scene units: half a card, since neighboring cards leave
only a short piece of wire to aim at."""


class DropGesture:
    """Shows where the layer would land: on the ground, or in a wire."""

    def __init__(self, scene: CanvasScene, editor: Editor, kind: str, activation: str = "") -> None:
        self._scene, self._editor, self._kind, self._activation = scene, editor, kind, activation
        self._ghost = Ghost(kind_face(kind, activation), scene.look)
        self._wire: WireItem | None = None
        scene.addItem(self._ghost)

    @property
    def is_on_ground(self) -> bool:
        """Whether the layer would land just here, and not in a wire, where the cards behind it make room."""
        return self._wire is None

    def move(self, point: QPointF) -> None:
        """Follow the pointer, which holds the card by its middle; scene units."""
        self._ghost.setPos(self._editor.free_corner(corner_for_center(point)))
        self._light(self._wire_at(point))

    def finish(self, point: QPointF) -> str | None:
        """Add the layer here; return its id, or None if it was refused."""
        target = self._wire_at(point)
        self.cancel()
        if target is None:
            return self._editor.add(self._kind, corner_for_center(point), self._activation)
        return self._editor.insert(self._kind, target.wire, corner_for_center(point), self._activation)

    def cancel(self) -> None:
        """Take the slot and the light away."""
        self._light(None)
        self._scene.removeItem(self._ghost)

    def _light(self, wire: WireItem | None) -> None:
        if self._wire is not None:
            self._wire.show_lit(False)
        self._wire = wire
        self._ghost.setVisible(wire is None)
        if wire is not None:
            wire.show_lit(True)

    def _wire_at(self, point: QPointF) -> WireItem | None:
        layer = layers[self._kind]
        if not (layer.takes_input and layer.gives_output):
            return None
        near = CARD.translated(point - CARD.center())
        wires = [item for item in self._scene.items(near) if isinstance(item, WireItem)]
        caught = [item for item in wires if stroked(item.path(), _CATCH).contains(point)]
        return min(caught, key=lambda item: QLineF(item.path().pointAtPercent(0.5), point).length(), default=None)


class ActivationDropGesture(DropGesture):
    """Over a card, it shows the layer as it would be with the activation; elsewhere, where a layer of it would land."""

    def __init__(self, scene: CanvasScene, editor: Editor, activation: str) -> None:
        super().__init__(scene, editor, "activation", activation)
        self._card: Card | None = None
        self._face = Face(title="")
        """What the card beneath the pointer shows otherwise."""

    @property
    def is_on_ground(self) -> bool:
        """Whether a new layer would land just here."""
        return self._card is None and super().is_on_ground

    def move(self, point: QPointF) -> None:
        """Follow the pointer; scene units."""
        self._light_card(self._scene.card_at(point))
        if self._card is None:
            super().move(point)
        else:
            self._light(None)
            self._ghost.hide()

    def finish(self, point: QPointF) -> str | None:
        """Give the activation to the layer here, or add a layer with it; return its id, or None if it was refused."""
        card = self._scene.card_at(point)
        if card is None:
            return super().finish(point)
        self.cancel()
        if isinstance(card, BlockCard):
            reason = QT_TRANSLATE_NOOP("annstudio", "Unfold the block first, to choose one of its layers.")
            self._editor.refuse(text(reason))
            return None
        return card.node_id if self._editor.set_activation(card.node_id, self._activation) else None

    def cancel(self) -> None:
        """Take the slot and the lights away."""
        self._light_card(None)
        super().cancel()

    def _light_card(self, card: Card | None) -> None:
        if card is self._card:
            return
        if self._card is not None:
            self._card.show_lit(False)
            self._card.show_face(self._face)
        self._card = card
        if card is not None:
            self._face = card.face
            if card.face.activation:
                card.show_lit(True)
                card.show_face(with_activation(card.face, self._activation))
