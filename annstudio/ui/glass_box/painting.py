"""The painting of a network in the glass box: links, units with their numbers, what goes back, the loss."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.labs.glass_box.known import Known
from annstudio.labs.glass_box.loss import COST, LOSS
from annstudio.labs.glass_box.marks import Delta, Error, Gradient, Parameter, Slope, Sum, Target, Value
from annstudio.labs.glass_box.moment import Moment
from annstudio.labs.notation import Mark, Sign
from annstudio.ui.arrow_head import arrow_head
from annstudio.ui.fonts import figures_font, text_font
from annstudio.ui.formula.setting import font_of, set_row
from annstudio.ui.glass_box.arrangement import Arrangement
from annstudio.ui.theme import Theme
from annstudio.ui.translate import translate
from annstudio.ui.views.numerals import figure

_MOST_LINKS = 1500
_MOST_LABELS = 6
_WIDEST = 5.0
_LONG = 150.0
"""Pixels from which on a link has room for its number."""
_MORE = QT_TRANSLATE_NOOP("annstudio", "⋮ {count} more ⋮")
_BEFORE, _AFTER = (
    QT_TRANSLATE_NOOP("annstudio", "‹ {count} more layers"),
    QT_TRANSLATE_NOOP("annstudio", "{count} more layers ›"),
)
_INPUT, _LOSS = QT_TRANSLATE_NOOP("annstudio", "Input"), QT_TRANSLATE_NOOP("annstudio", "Loss")


@dataclass(frozen=True)
class Link:
    """A drawn weight, from value i of a layer to a unit of another."""

    place: int
    i: int
    unit: int
    start: QPointF
    end: QPointF

    @property
    def mark(self) -> Parameter:
        """What it stands for."""
        return Parameter(self.place, "kernel", (self.i, self.unit))

    @property
    def middle(self) -> QPointF:
        """Half way along it."""
        return self.start + (self.end - self.start) * 0.5

    @property
    def length(self) -> float:
        """In pixels."""
        return QLineF(self.start, self.end).length()

    def distance(self, point: QPointF) -> float:
        """Return how far a point is from it."""
        way, to = self.end - self.start, point - self.start
        along = QPointF.dotProduct(way, to) / max(1e-9, QPointF.dotProduct(way, way))
        off = to - way * min(1.0, max(0.0, along))
        return float(QPointF.dotProduct(off, off) ** 0.5)


@dataclass(frozen=True)
class Seen:
    """What is to be painted.

    Args:
        moment: the step.
        known: what is known of it where the walk stands.
        lit: what the stop is about.
        asked: the number of this is not to be seen yet.
        pointed: what is pointed at.
    """

    moment: Moment
    known: Known
    lit: frozenset[Mark]
    asked: Mark | None = None
    pointed: Mark | None = None

    @cached_property
    def order(self) -> list[int]:
        """The places of the layers in the order of the pass backward."""
        return [place for place in range(self.moment.last, -1, -1) if self.moment.layer(place).error_z is not None]

    def strength(self, mark: Mark) -> int:
        """Return how strongly something is painted: 2 where it is pointed at, 1 where the stop is about it."""
        if self.pointed is not None and mark in _drawn_as(self.pointed):
            return 2
        gradient = Gradient(mark.place, mark.part, mark.index) if isinstance(mark, Parameter) else None
        return int(mark in self.lit or gradient in self.lit)


def links_of(moment: Moment, placed: Arrangement) -> list[Link]:
    """Return the weights between units that are drawn; of very many, the first ones."""
    return list(islice(_links(moment, placed), _MOST_LINKS))


def _links(moment: Moment, placed: Arrangement) -> Iterator[Link]:
    units: dict[int, list[int]] = {}
    for place, unit in placed.spots:
        units.setdefault(place, []).append(unit)
    out = QPointF(placed.radius, 0)
    for place in range(len(moment.network.layers)):
        if moment.is_dense(place):
            source = moment.network.wires[place][0]
            for unit in units.get(place, ()):
                for i in units.get(source, ()):
                    yield Link(place, i, unit, placed.spots[source, i] + out, placed.spots[place, unit] - out)


def passed_values(moment: Moment, place: int) -> Iterator[tuple[int, int, int]]:
    """Return which value of which layer goes straight into which of a layer without weights."""
    sources = moment.network.wires[place]
    offset = 0
    for source in sources:
        same = moment.size(source) == moment.size(place)
        if same or len(sources) > 1:
            for number in range(moment.size(source)):
                yield source, number, number if same else number + offset
        offset += moment.size(source)


class NetworkPainter:
    """Paints a network once.

    Args:
        seen: what of it.
        placed: where everything stands.
        links: the weights.
        theme: the colors.
    """

    def __init__(self, seen: Seen, placed: Arrangement, links: list[Link], theme: Theme) -> None:
        self._seen, self._placed, self._links, self._theme = seen, placed, links, theme

    def paint(self, painter: QPainter) -> None:
        """Paint everything, from back to front."""
        self._paint_links(painter)
        self._paint_titles(painter)
        self._paint_back(painter)
        for (place, unit), spot in self._placed.spots.items():
            self._paint_unit(painter, place, unit, spot)
        self._paint_loss(painter)
        self._paint_labels(painter)

    def _paint_links(self, painter: QPainter) -> None:
        moment, theme = self._seen.moment, self._theme
        largest = {
            place: max(abs(float(parts["kernel"].max())), abs(float(parts["kernel"].min())), 1e-12)
            for place, parts in enumerate(moment.parts)
            if moment.is_dense(place)
        }
        self._paint_plain_wires(painter)
        for link in sorted(self._links, key=lambda link: self._seen.strength(link.mark)):
            weight = float(moment.parts[link.place]["kernel"][link.i, link.unit])
            strength = self._seen.strength(link.mark)
            color = theme.color("positive" if weight >= 0 else "negative", (0.35, 1.0, 1.0)[strength])
            width = 0.8 + (_WIDEST - 0.8) * abs(weight) / largest[link.place]
            if strength == 2:
                painter.setPen(QPen(theme.color("warning", 0.5), width + 6))
                painter.drawLine(link.start, link.end)
            pen = QPen(color, width)
            if weight < 0:
                pen.setDashPattern([max(1.5, 7 / width), max(0.8, 2.5 / width)])
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(link.start, link.end)

    def _paint_plain_wires(self, painter: QPainter) -> None:
        """Paint how values pass layers without weights, and from the output to the loss: straight across."""
        moment, placed = self._seen.moment, self._placed
        out = QPointF(placed.radius, 0)
        painter.setPen(QPen(self._theme.color("muted", 0.45), 1))
        for place in range(len(moment.network.layers)):
            if not moment.is_dense(place):
                for source, number, unit in passed_values(moment, place):
                    start, end = placed.spots.get((source, number)), placed.spots.get((place, unit))
                    if start is not None and end is not None:
                        self._paint_wire(painter, start + out, end - out)
        if not placed.loss.isEmpty():
            middle = QPointF(placed.loss.left(), placed.loss.center().y())
            for (owner, _), spot in placed.spots.items():
                if owner == moment.last:
                    painter.drawLine(spot + out, middle)

    def _paint_wire(self, painter: QPainter, start: QPointF, end: QPointF) -> None:
        """Paint a straight line, or a bow over the columns that it passes by."""
        passed = [column for column in self._placed.columns if start.x() < column.x < end.x()]
        if not passed:
            painter.drawLine(start, end)
            return
        path = QPainterPath(start)
        middle = (start + end) * 0.5
        path.quadTo(QPointF(middle.x(), middle.y() - 3.2 * self._placed.radius), end)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _paint_titles(self, painter: QPainter) -> None:
        placed, theme = self._placed, self._theme
        painter.setFont(text_font(12))
        painter.setPen(theme.color("muted"))
        for column in placed.columns:
            names = [self._title(place) for place in column.places]
            room = QRectF(column.x - 70, 8, 140, 20)
            title = painter.fontMetrics().elidedText(", ".join(names), Qt.TextElideMode.ElideRight, round(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, title)
        for spot, count in placed.gaps.values():
            more = translate(text(_MORE, count=f"{count:,}"))
            painter.drawText(QRectF(spot.x() - 60, spot.y() - 10, 120, 20), Qt.AlignmentFlag.AlignCenter, more)
        for count, left in ((placed.before, True), (placed.after, False)):
            if count:
                side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
                said = translate(text(_BEFORE if left else _AFTER, count=count))
                painter.drawText(QRectF(10, placed.size.height() - 24, placed.size.width() - 20, 20), side, said)

    def _title(self, place: int) -> str:
        if place < 0:
            return translate(Text(_INPUT))
        name = self._seen.moment.network.names[place]
        return name if isinstance(name, str) else translate(name)

    def _paint_unit(self, painter: QPainter, place: int, unit: int, spot: QPointF) -> None:
        moment, placed, known, theme = self._seen.moment, self._placed, self._seen.known, self._theme
        strength = self._seen.strength(Value(place, unit))
        radius = placed.radius
        if strength == 2:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("warning", 0.45))
            painter.drawEllipse(spot, radius + 5, radius + 5)
        painter.setBrush(theme.color("card"))
        painter.setPen(
            QPen(theme.color("accent" if strength else "muted", 1 if strength else 0.7), 3 if strength else 1.6)
        )
        painter.drawEllipse(spot, radius, radius)
        sees = known.value(place, unit) and self._seen.asked != Value(place, unit)
        small = max(9.0, min(13.0, radius * 0.46))
        self._paint_sign(painter, moment.letters.value(place, unit), spot - QPointF(0, radius * 0.18), small)
        painter.setFont(figures_font(round(max(9.0, min(12.0, radius * 0.42)))))
        painter.setPen(theme.color("muted"))
        value = figure(moment.value(place, unit)) if sees else "?"
        painter.drawText(
            QRectF(spot.x() - radius, spot.y(), 2 * radius, radius * 0.8), Qt.AlignmentFlag.AlignCenter, value
        )
        self._paint_below(painter, place, unit, spot, sees)

    def _paint_below(self, painter: QPainter, place: int, unit: int, spot: QPointF, sees: bool) -> None:
        """Paint z below a unit, and in the pass backward what it hears."""
        moment, placed, known, theme = self._seen.moment, self._placed, self._seen.known, self._theme
        if place < 0 or placed.radius < _SMALLEST_WITH_Z:
            return
        room = QRectF(spot.x() - 60, spot.y() + placed.radius + 1, 120, 15)
        painter.setFont(figures_font(11))
        delta = moment.delta(place, unit)
        heard = known.delta(place, unit, self._seen.order) and self._seen.asked != Delta(place, unit)
        if delta is not None and heard:
            strong = self._seen.strength(Delta(place, unit)) or Delta(place, unit) in self._seen.lit
            painter.setPen(_gold(theme) if strong else theme.color("muted"))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, f"∂J/∂z = {figure(delta)}")
        elif moment.network.layers[place].activation is not None and sees:
            painter.setPen(theme.color("muted"))
            z = "?" if self._seen.asked == Sum(place, unit) else figure(moment.sum(place, unit))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, f"z = {z}")

    def _paint_back(self, painter: QPainter) -> None:
        """Paint arrows to each unit from those that it hears back from."""
        moment, placed = self._seen.moment, self._placed
        painter.setBrush(Qt.BrushStyle.NoBrush)
        errors = (mark for mark in self._seen.lit if isinstance(mark, Error))
        for mark in islice(errors, _MOST_LABELS):
            end = placed.spots.get((mark.place, mark.unit))
            if end is None:
                continue
            if mark.place == moment.last and not placed.loss.isEmpty():
                self._arrow(painter, placed.loss.center() - QPointF(placed.loss.width() / 2, -14), end)
            for other in self._seen.lit:
                if isinstance(other, Delta) and other.place > mark.place:
                    start = placed.spots.get((other.place, other.unit))
                    if start is not None:
                        self._arrow(painter, start + QPointF(-0.8, 0.6) * placed.radius, end)

    def _arrow(self, painter: QPainter, start: QPointF, spot: QPointF) -> None:
        color = _gold(self._theme)
        end = spot + QPointF(0.87, 0.5) * self._placed.radius
        path = QPainterPath(start)
        bend = QPointF((start.x() + end.x()) / 2, max(start.y(), end.y()) + 26)
        path.quadTo(bend, end)
        painter.setPen(QPen(color, 2))
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(arrow_head(path.pointAtPercent(0.94), end, 11))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_loss(self, painter: QPainter) -> None:
        placed, known, moment, theme = self._placed, self._seen.known, self._seen.moment, self._theme
        if placed.loss.isEmpty():
            return
        strong = bool({LOSS, COST} & self._seen.lit) or self._seen.pointed in (LOSS, COST)
        painter.setBrush(theme.color("card"))
        painter.setPen(QPen(theme.color("accent" if strong else "muted", 1 if strong else 0.7), 3 if strong else 1.6))
        painter.drawRoundedRect(placed.loss, 8, 8)
        painter.setFont(text_font(12, text_font().Weight.DemiBold))
        painter.setPen(theme.color("ink"))
        half = placed.loss.height() / 2
        painter.drawText(placed.loss.adjusted(0, 4, 0, -half), Qt.AlignmentFlag.AlignCenter, translate(Text(_LOSS)))
        painter.setFont(figures_font(13))
        painter.setPen(theme.color("muted"))
        sees = known.loss and self._seen.asked != LOSS
        loss = figure(float(moment.trace.losses[moment.focus])) if sees else "?"
        painter.drawText(placed.loss.adjusted(0, half, 0, -4), Qt.AlignmentFlag.AlignCenter, loss)

    def _paint_labels(self, painter: QPainter) -> None:
        """Write the numbers of the weights that the stop is about, where they are few, and of the one pointed at."""
        moment, theme = self._seen.moment, self._theme
        strong = [link for link in self._links if self._seen.strength(link.mark) == 2]
        lit = [link for link in self._links if self._seen.strength(link.mark) == 1 and link.length > _LONG]
        for number, link in enumerate([*(lit if len(lit) <= _MOST_LABELS else []), *strong]):
            weight = float(moment.parts[link.place]["kernel"][link.i, link.unit])
            sign = moment.letters.parameter(link.place, "kernel", (link.i, link.unit))
            along = 0.5 if len(lit) < 2 else 0.3 + 0.34 * ((number * 2) % 3) / 2
            self._paint_label(painter, link.start + (link.end - link.start) * along, sign, weight)
        painter.setPen(theme.color("ink"))

    def _paint_label(self, painter: QPainter, spot: QPointF, sign: Sign, value: float) -> None:
        theme = self._theme
        setting = set_row((sign,), 12, figure)
        figures = f" = {figure(value)}"
        painter.setFont(figures_font(11))
        width = setting.width + painter.fontMetrics().horizontalAdvance(figures) + 12
        box = QRectF(spot.x() - width / 2, spot.y() - 11, width, 22)
        painter.setBrush(theme.color("card"))
        painter.setPen(QPen(theme.color("accent"), 1))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(theme.color("ink"))
        painter.drawText(box.adjusted(setting.width + 6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, figures)
        self._paint_sign(painter, sign, QPointF(box.left() + 6 + setting.width / 2, box.center().y() + 4), 12)

    def _paint_sign(self, painter: QPainter, sign: Sign, middle: QPointF, size: float) -> None:
        setting = set_row((sign,), size, figure)
        painter.setPen(self._theme.color("ink"))
        for run in setting.runs:
            painter.setFont(font_of(run.size, run.italic, True))
            painter.drawText(QPointF(middle.x() - setting.width / 2 + run.x, middle.y() + run.y), run.text)


_SMALLEST_WITH_Z = 16.0


def _drawn_as(mark: Mark) -> tuple[Mark, ...]:
    """Return what is drawn in place of something that formulas speak of."""
    match mark:
        case Sum(place, unit) | Delta(place, unit) | Error(place, unit) | Slope(place, unit):
            return mark, Value(place, unit)
        case Gradient(place, part, index):
            return mark, Parameter(place, part, index)
        case Target():
            return mark, LOSS
    return (mark,)


def _gold(theme: Theme) -> QColor:
    """Return the color of what goes back; text in it keeps its contrast."""
    return QColor("#e5b93a" if theme.dark else "#946c00")
