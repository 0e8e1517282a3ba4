"""How the numbers of a layer are distributed, from the start of the run until now."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from annstudio.training.vitals import LayerVitals, Spread
from annstudio.ui.views.frame import Axis, Frame, fit_frame, paint_axes
from annstudio.ui.views.header import Key
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.painting import paint_sentence, picture_painter
from annstudio.ui.views.view import Picture
from annstudio.ui.views.vitals_view import VitalsView

_BANDS = ((1, 5, 0.18), (2, 4, 0.34))
"""Two quantiles and the opacity between them."""
_MEDIAN = 3


class SpreadView(VitalsView):
    """Bands of quantiles over the epochs for the selected layer, or for the first one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Distributions"))
        self._kind = 0
        self.header.add_choice([self.tr("z"), self.tr("a"), self.tr("Weights"), self.tr("Gradients")], self._on_choice)
        self.picture = SpreadPicture(self.tr("Distribution of a layer's numbers over the epochs"))
        self.set_body(self.picture)

    def _on_choice(self, number: int) -> None:
        self._kind = number
        self._invalidate()

    def _refresh(self) -> None:
        layers = {node_id: name for node_id, name, vitals in self.layers() if self._spread(vitals) is not None}
        if not layers or self.snapshot is None:
            self.header.set_caption()
            self.picture.show_sentence(self.nothing())
            return
        node_id = self._selected if self._selected in layers else next(iter(layers))
        seen = [
            (vitals.at, spread)
            for vitals in self.snapshot.vitals
            if vitals.at <= self.snapshot.at
            and node_id in vitals.layers
            and (spread := self._spread(vitals.layers[node_id])) is not None
        ]
        self.header.set_caption(Key(layers[node_id]), Key(self.tr("middle half, and 90 % of all")))
        self.picture.show_spreads(seen, self.snapshot.at)

    def _spread(self, vitals: LayerVitals) -> Spread | None:
        return (vitals.z, vitals.a, vitals.weights, vitals.gradients)[self._kind]


class SpreadPicture(Picture):
    """Paints the bands."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._epochs = np.empty(0)
        self._quantiles = np.empty((0, 7))
        self._end = 1.0
        self._sentence = ""

    def show_spreads(self, seen: Sequence[tuple[float, Spread]], end: float) -> None:
        """Paint these from now on.

        Args:
            seen: epochs, ascending, and how the numbers were distributed; one at least.
            end: of the horizontal axis.
        """
        self._epochs = np.array([at for at, _ in seen])
        self._quantiles = np.array([spread.quantiles for _, spread in seen])
        self._end = max(end, 1.0)
        low, middle, high = (figure(float(self._quantiles[-1, place])) for place in (1, _MEDIAN, 5))
        template = self.tr("now 90 % lie between {low} and {high}, the median is {middle}")
        self.setAccessibleDescription(template.format(low=low, high=high, middle=middle))
        self.setToolTip(self.accessibleDescription())
        self.update()

    def show_sentence(self, sentence: str) -> None:
        """Paint this sentence instead of bands."""
        self._epochs, self._sentence = np.empty(0), sentence
        self.setAccessibleDescription(sentence)
        self.setToolTip("")
        self.update()

    def paint_picture(self) -> None:
        """Paint the axes and the bands, the middle on top."""
        with picture_painter(self) as painter:
            if not len(self._epochs):
                paint_sentence(painter, self.theme, QRectF(self.rect()), self._sentence)
                return
            frame = self._frame()
            paint_axes(painter, self.theme, frame, grid=True)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for low, high, opacity in _BANDS:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self.theme.color("accent", opacity))
                painter.drawPolygon(self._band(frame, low, high))
            painter.setPen(QPen(self.theme.color("accent"), 2))
            painter.drawPolyline(QPolygonF(self._curve(frame, _MEDIAN)))

    def _frame(self) -> Frame:
        low, high = float(self._quantiles[:, 1].min()), float(self._quantiles[:, 5].max())
        if not math.isfinite(high - low) or high - low < 1e-12 * max(1.0, abs(high)):
            low, high = low - 0.5, high + 0.5
        margin = 0.05 * (high - low)
        x = Axis(self.tr("epoch"), 0.0, self._end)
        return fit_frame(QRectF(self.rect()), x, Axis("", low - margin, high + margin))

    def _curve(self, frame: Frame, place: int) -> list[QPointF]:
        points = frame.points(self._epochs, self._quantiles[:, place])
        # What was seen last holds until now.
        return [*points, QPointF(frame.area.right(), points[-1].y())]

    def _band(self, frame: Frame, low: int, high: int) -> QPolygonF:
        return QPolygonF([*self._curve(frame, low), *reversed(self._curve(frame, high))])
