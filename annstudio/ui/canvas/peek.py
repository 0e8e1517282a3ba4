"""Looking closer at a unit's small map: by the pointer that rests on it, or by the keyboard."""

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QMouseEvent

from annstudio.data.dataset import Schema
from annstudio.training.answers import Scope
from annstudio.training.snapshot import Snapshot
from annstudio.ui.canvas.card import Card
from annstudio.ui.canvas.gesture_view import GestureView
from annstudio.ui.canvas.maps import Maps
from annstudio.ui.canvas.unit_picture import UnitAnswer, UnitPicture
from annstudio.ui.translate import translate
from annstudio.ui.views import reading

_REST_MS = 120
"""The pointer rests on a map so long before it is shown large; the next ones come at once."""
_DISTANCE = 10
_ENDS = (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.Leave, QEvent.Type.FocusOut)


class Peek(QObject):
    """Shows one unit's map large and keeps it up to date.

    Args:
        view: on whose cards the maps are.
    """

    told = Signal(str)
    """(sentence), what the keyboard has led to."""

    def __init__(self, view: GestureView) -> None:
        super().__init__(view)
        self._view = view
        self._schema: Schema | None = None
        self._place: tuple[str, int] | None = None
        """(node id, unit) that is shown, or will be when the pointer has rested."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST_MS)
        self._timer.timeout.connect(self._show)
        self.picture = UnitPicture(view)
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)

    @property
    def place(self) -> tuple[str, int] | None:
        """The node id and the number, from 0, of the unit that is shown large."""
        return self._place if self.picture.isVisible() else None

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Follow the run: the cards show it already."""
        prepared = snapshot.prepared if snapshot is not None else None
        self._schema = prepared.data.schema if prepared is not None else None
        if self.picture.isVisible():
            self._show()

    def step(self, node_id: str, by: int) -> None:
        """Show the next unit of a layer, after the last one the first."""
        card = self._view.canvas.shown(node_id)
        if card.maps is None:
            self.told.emit(self.tr("There is nothing to look at until the network can run."))
            return
        before, unit = self.place or ("", 0)
        count = len(card.maps.images)
        self._place = node_id, (unit + by) % count if before == node_id else (0 if by > 0 else count - 1)
        self._show()
        self.told.emit(self.picture.accessibleName())

    def close(self) -> bool:
        """Show nothing more; return whether anything was shown."""
        shown = self.picture.isVisible()
        self._place = None
        self._timer.stop()
        self.picture.hide()
        return shown

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer; a card's own tool tip must not lie over a unit's picture."""
        kind = event.type()
        if kind in _ENDS:
            self.close()
        elif kind is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._follow(event)
        return kind is QEvent.Type.ToolTip and self._place is not None

    def _follow(self, event: QMouseEvent) -> None:
        place = None if event.buttons() else self._place_at(event.position().toPoint())
        if place == self._place:
            return
        if place is None:
            self.close()
            return
        self._place = place
        if self.picture.isVisible():
            self._show()
        else:
            self._timer.start()

    def _place_at(self, pixel: QPoint) -> tuple[str, int] | None:
        point = self._view.mapToScene(pixel)
        card = self._view.canvas.card_at(point)
        unit = card.unit_at(point) if card is not None else None
        return None if card is None or unit is None else (card.node_id, unit)

    def _show(self) -> None:
        node_id, unit = self._place or ("", 0)
        card = self._view.canvas.shown(node_id) if node_id in self._view.canvas.cards else None
        maps = card.maps if card is not None else None
        if card is None or maps is None or unit >= len(maps.images):
            self.close()
            return
        if self.picture.parentWidget() is not self._view.window():
            # Only there it may reach beyond the canvas.
            self.picture.setParent(self._view.window())
        self.picture.show_answer(self._answer(card, maps, unit))
        self.picture.move(self._corner(card))
        self.picture.raise_()
        self.picture.show()

    def _answer(self, card: Card, maps: Maps, unit: int) -> UnitAnswer:
        answers = maps.answers
        return UnitAnswer(
            title=self._title(card, maps, unit),
            scope=answers.scope,
            values=answers.values[unit],
            image=maps.images[unit],
            reach=0.0 if maps.decides else float(maps.reaches[unit]),
            captions=self._captions(answers.scope),
        )

    def _title(self, card: Card, maps: Maps, unit: int) -> str:
        layer, count = card.face.title, maps.answers.units
        if maps.decides:
            return self.tr("{layer}: the decision").format(layer=layer)
        if card.input is None and self._schema is not None and maps.answers.scope is not Scope.PICTURE:
            return self.tr("{layer}: {name}").format(layer=layer, name=translate(self._schema.features[unit].name))
        if maps.answers.scope is Scope.PICTURE:
            template = self.tr("{layer}, picture {number} of {count}")
        else:
            template = self.tr("{layer}, unit {number} of {count}")
        return template.format(layer=layer, number=unit + 1, count=f"{count:,}")

    def _captions(self, scope: Scope) -> tuple[str, ...]:
        """Return what lies along the axes."""
        if self._schema is None:
            return ()
        names = [reading.axis_name(column) for column in self._schema.features[:2]]
        if scope is Scope.PLANE:
            return (f"→ {names[0]}", f"↑ {names[1]}")
        if scope is Scope.LINE:
            return (f"→ {names[0]}",)
        if scope is Scope.PICTURE:
            return (self.tr("for one training sample"),)
        target = translate(self._schema.target.name)
        return (self.tr("→ training samples, by {target}").format(target=target),)

    def _corner(self, card: Card) -> QPoint:
        """Return where the picture goes in the window: below the card, or above it where only there is room."""
        box = self._view.mapFromScene(card.sceneBoundingRect()).boundingRect()
        window, size = self._view.window(), self.picture.size()
        origin = self._view.viewport().mapTo(window, QPoint(0, 0))
        box.translate(origin)
        room = window.rect().adjusted(_DISTANCE, _DISTANCE, -_DISTANCE, -_DISTANCE)
        below = box.bottom() + size.height() <= room.bottom()
        top = box.bottom() if below else max(room.top(), box.top() - size.height())
        left = min(box.center().x() - size.width() // 2, room.right() - size.width())
        return QPoint(max(room.left(), left), top)
