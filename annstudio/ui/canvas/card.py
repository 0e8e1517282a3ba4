"""A layer on the canvas."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from annstudio.engine.layers import layers
from annstudio.project.model import Node, Project, Settings
from annstudio.project.shapes import Flow
from annstudio.training.answers import Answers, Scope
from annstudio.ui.canvas.face import Face, face_of
from annstudio.ui.canvas.far import is_far, paint_far
from annstudio.ui.canvas.geometry import CARD, INPUT_PORT, OUTPUT_PORT
from annstudio.ui.canvas.look import (
    MAPS,
    SHADOW,
    Look,
    maps_area,
    paint_badge,
    paint_face,
    paint_failure,
    paint_frame,
    paint_maps,
    value_areas,
    wrapped_tip,
)
from annstudio.ui.canvas.maps import Decision, Maps
from annstudio.ui.canvas.maps_item import MapsItem
from annstudio.ui.canvas.note import Note
from annstudio.ui.canvas.port import Port
from annstudio.ui.theme import CARD_RADIUS

_BOUNDS = CARD.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW)


@dataclass(frozen=True)
class Problems:
    """What is wrong with a layer, in translated sentences: errors forbid to run, warnings do not."""

    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Card(QGraphicsItem):
    """Shows a Face; says beneath what is wrong; carries the layer's ports.

    Attributes:
        node_id: the layer it shows.
        kind: that layer's kind.
        face: what it shows.
        input, output: its ports, None where the layer has none.
        area: what the card covers, in scene units; so are the next two.
        inlet, outlet: where wires end and begin.
    """

    def __init__(self, node_id: str, kind: str, look: Look) -> None:
        super().__init__()
        self.node_id = node_id
        self.kind = kind
        self.face = Face(title="")
        self.problems = Problems()
        self._look = look
        self._shown: tuple[Node, Flow, Settings, Settings] | None = None
        self._hovered = False
        self._failed = False
        self._lit = False
        self._note: Note | None = None
        self._answers: Answers | None = None
        self._decision: Decision | None = None
        self._maps: Maps | None = None
        self.input = Port(node_id, False, look, self) if layers[kind].takes_input else None
        self.output = Port(node_id, True, look, self) if layers[kind].gives_output else None
        self._maps_item = MapsItem(MAPS, self._paint_maps, self)
        self.stand_at(QPointF(0, 0))
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        # While a network learns only the maps change: the rest is drawn once.
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def stand_at(self, corner: QPointF) -> None:
        """Stand here from now on; where that is, is asked of all cards at every step of a drag.

        Args:
            corner: the top left one, in scene units.
        """
        self.setPos(corner)
        self.area = CARD.translated(corner)
        self.inlet, self.outlet = corner + INPUT_PORT, corner + OUTPUT_PORT

    @property
    def ports(self) -> tuple[Port, ...]:
        """The ports that there are."""
        return tuple(port for port in (self.input, self.output) if port is not None)

    def show_node(self, project: Project, node: Node, flow: Flow) -> None:
        """Show this node of a project; its face is worded anew only if something that it tells of has changed."""
        shown = (node, flow, project.data, project.training)
        if shown != self._shown:
            self._shown = shown
            self.show_face(face_of(project, node, flow))

    def show_face(self, face: Face) -> None:
        """Show this from now on; repaints only if it differs."""
        if face != self.face:
            self.face = face
            self._show_tip()
            self._renew()

    def show_answers(self, answers: Answers | None, decision: Decision | None = None) -> None:
        """Show what the layer's units answer from now on; None: nothing is known.

        Args:
            answers: of the latest moment of a run.
            decision: what an Output decides, which takes the place of its answers.
        """
        if answers is self._answers:
            return
        alike = not self._failed and _arranged(answers) == _arranged(self._answers)
        self._answers, self._decision, self._maps = answers, decision, None
        self._maps_item.update()
        if not alike:
            self._renew()

    def show_detail(self, detailed: bool) -> None:
        """Show maps from now on, or no more: seen from far, they are specks that take time."""
        if detailed is not self._maps_item.isVisible():
            self._maps_item.setVisible(detailed)
            self.update()

    @property
    def maps(self) -> Maps | None:
        """What the layer's units answer, as images in the present colors; made when a card that is seen is painted."""
        theme = self._look.theme
        if not self._maps_item.isVisible():
            return None
        if self._answers is not None and (self._maps is None or self._maps.theme is not theme):
            self._maps = Maps(self._answers, theme, self._decision)
        return self._maps

    def unit_at(self, point: QPointF) -> int | None:
        """Return the number, from 0, of the unit whose map is at a point of the scene."""
        maps = self.maps
        return None if maps is None else maps.unit_at(maps_area(self.face, maps), self.mapFromScene(point))

    def value_at(self, point: QPointF) -> str:
        """Return the key of the setting that is told at a point of the scene, or an empty text."""
        own = self.mapFromScene(point)
        return next((key for key, area in value_areas(self.face, self._look) if area.contains(own)), "")

    def show_problems(self, problems: Problems) -> None:
        """Show these from now on; touches nothing if they are the same."""
        if problems != self.problems:
            self.problems = problems
            self._show_tip()
            self.renew_note()
            self._renew()

    def renew_look(self) -> None:
        """Paint anew: the theme or the font has changed."""
        self.renew_note()
        self.update()

    def renew_note(self) -> None:
        """Set the sentence beneath the card anew: its text or its font has changed."""
        if self._note is not None:
            self.scene().removeItem(self._note)
            self._note = None
        if self.problems.errors:
            self._note = Note(self.problems.errors[0], self._look, self)

    def show_hovered(self, hovered: bool) -> None:
        """Show that the pointer is on it."""
        self._hovered = hovered
        self._unfold_note()
        self.update()

    def show_lit(self, lit: bool) -> None:
        """Show that what is dropped now would go into this layer."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    @property
    def note_area(self) -> QRectF | None:
        """What the note covers, in scene units; None where there is none, or it is folded."""
        if self._note is None or self._note.folded:
            return None
        return self._note.sceneBoundingRect()

    def settle_note(self, seen: QRectF, taken: Iterable[QRectF]) -> None:
        """Put the note where it can be read and covers nothing, or fold it.

        Args:
            seen: what the view shows, in scene units.
            taken: where other cards and notes are, likewise.
        """
        if self._note is not None:
            self._note.settle(self.mapRectFromScene(seen), map(self.mapRectFromScene, taken))
            self._unfold_note()

    def extent(self) -> QRectF:
        """Return what the card and its note, at its usual place, cover, in scene units."""
        if self._note is None or self._note.folded:
            return self.mapRectToScene(CARD)
        return self.mapRectToScene(CARD.united(self._note.below))

    def itemChange(self, change: QGraphicsItem.GraphicsItemChange, value: Any) -> Any:
        """Come to the front when selected, so that a card that lies beneath others can be reached."""
        if change is QGraphicsItem.GraphicsItemChange.ItemSelectedHasChanged:
            self._unfold_note()
        return super().itemChange(change, value)

    def boundingRect(self) -> QRectF:
        """Return the card with its shadow and badge."""
        return _BOUNDS

    def shape(self) -> QPainterPath:
        """Return the rounded card: where the pointer meets it."""
        path = QPainterPath()
        path.addRoundedRect(CARD, CARD_RADIUS, CARD_RADIUS)
        return path

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the card, or say that it failed."""
        paint_frame(painter, self._look.theme, self._edge(), self.isSelected() or self._lit)
        if not self._attempt(self._paint_content, painter):
            paint_failure(painter, self._look)

    def _unfold_note(self) -> None:
        """Come to the front while selected; show a folded note while someone is here, over the neighbors."""
        self.setZValue(1 if self.isSelected() else 0)
        if self._note is not None:
            folded = self._note.folded
            self._note.setVisible(not folded or self._hovered or self.isSelected())
            if folded and self._hovered:
                self.setZValue(2)

    def _paint_content(self, painter: QPainter) -> None:
        """Paint what the card says and, if something is wrong, the badge."""
        problem = self._problem_color()
        if is_far(painter):
            paint_far(painter, self.face, self._look, self._edge(), problem)
            return
        paint_face(painter, self.face, self._look, self.maps)
        if problem is not None:
            paint_badge(painter, self._look, problem)

    def _problem_color(self) -> QColor | None:
        if not (self.problems.errors or self.problems.warnings):
            return None
        return self._look.theme.color("error" if self.problems.errors else "warning")

    def _paint_maps(self, painter: QPainter) -> None:
        if not self._attempt(self._paint_sound_maps, painter):
            self.update()

    def _paint_sound_maps(self, painter: QPainter) -> None:
        if self.maps is not None and not is_far(painter):
            paint_maps(painter, self.face, self._look, self.maps)

    def _attempt(self, paint: Callable[[QPainter], None], painter: QPainter) -> bool:
        """Paint, unless that has failed since there was something new to show; a failure is told once."""
        if self._failed:
            return False
        try:
            paint(painter)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is shown)
            self._failed = True
            sys.excepthook(type(error), error, error.__traceback__)
        return not self._failed

    def _renew(self) -> None:
        """Paint anew, also where that has failed before: there is something new to show."""
        self._failed = False
        self.update()

    def _show_tip(self) -> None:
        name = " · ".join((self.face.title, *self.face.subtitles[:1]))
        self.setToolTip(wrapped_tip(*self.problems.errors, *self.problems.warnings, name, *self.face.facts))

    def _edge(self) -> QColor:
        theme = self._look.theme
        if self.isSelected() or self._lit:
            return theme.color("accent")
        if self.problems.errors:
            return theme.color("error", 0.7)
        return theme.color("accent", 0.6) if self._hovered else theme.color("line")


def _arranged(answers: Answers | None) -> tuple[Scope, int] | None:
    """Return what decides how a card makes room for its maps."""
    return None if answers is None else (answers.scope, len(answers.values))
