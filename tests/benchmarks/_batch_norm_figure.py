"""The figure of batch_norm_paper, after figure 1 of the paper, in the colors of the app."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPen, QPolygonF

from annstudio.ui.fonts import load_fonts, text_font
from annstudio.ui.theme import LIGHT

FILE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "batch_norm_paper.png"
WIDTH, HEIGHT, SCALE = 960, 440, 2
NAMES = {"normalized": "with batch norm", "plain": "plain"}
COLORS = {"normalized": QColor(LIGHT.positive), "plain": QColor(LIGHT.negative)}
STEP_TICKS = (10, 100, 1_000, 6_000)
CURVE_POINTS = 120
"""More would be noise where the steps lie close."""


class Panel:
    """Axes and what is drawn between them: values over steps in powers of ten.

    Args:
        painter: what draws.
        place: of the inner area.
        title: above it.
        low, high: ends of the vertical axis.
    """

    def __init__(self, painter: QPainter, place: QRectF, title: str, low: float, high: float) -> None:
        self._painter, self._place, self._low, self._high = painter, place, low, high
        self.text(QPointF(place.left(), place.top() - 16), title, LIGHT.ink, weight=QFont.Weight.DemiBold)

    def point(self, step: float, value: float) -> QPointF:
        """Return where the value of a step is drawn."""
        right = np.log(step / STEP_TICKS[0]) / np.log(STEP_TICKS[-1] / STEP_TICKS[0])
        up = (value - self._low) / (self._high - self._low)
        place = self._place
        return QPointF(place.left() + right * place.width(), place.bottom() - up * place.height())

    def grid(self, ticks: Mapping[float, str]) -> None:
        """Draw a line at each value, with its name to the left."""
        for value, name in ticks.items():
            start = self.point(STEP_TICKS[0], value)
            self._painter.setPen(QPen(QColor(LIGHT.line), 1))
            self._painter.drawLine(start, self.point(STEP_TICKS[-1], value))
            self.text(start + QPointF(-8, 4), name, LIGHT.muted, Qt.AlignmentFlag.AlignRight)

    def steps(self) -> None:
        """Write the steps below."""
        for step in STEP_TICKS:
            below = self.point(step, self._low) + QPointF(0, 20)
            self.text(below, f"{step:,}", LIGHT.muted, Qt.AlignmentFlag.AlignHCenter)
        middle = QPointF(self._place.center().x(), self._place.bottom() + 40)
        self.text(middle, "steps of training", LIGHT.muted, Qt.AlignmentFlag.AlignHCenter)

    def curve(self, steps: Sequence[float], values: Sequence[float], color: QColor, dashed: bool = False) -> None:
        """Draw a line through the values."""
        self._painter.setPen(_pen(color, dashed))
        self._painter.drawPolyline(self._polygon(steps, values))

    def band(self, steps: Sequence[float], low: Sequence[float], high: Sequence[float], color: QColor) -> None:
        """Fill what lies between two lines."""
        soft = QColor(color)
        soft.setAlphaF(0.22)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(soft)
        self._painter.drawPolygon(self._polygon([*steps, *reversed(steps)], [*low, *reversed(high)]))

    def dot(self, step: float, value: float, color: QColor) -> None:
        """Mark a point of a curve."""
        self._painter.setPen(_pen(color))
        self._painter.setBrush(QColor(LIGHT.card))
        self._painter.drawEllipse(self.point(step, value), 4.5, 4.5)

    def key(self, step: float, value: float, text: str, color: QColor, dashed: bool) -> None:
        """Say what a curve is: a piece of it, and a text."""
        start = self.point(step, value)
        self._painter.setPen(_pen(color, dashed))
        self._painter.drawLine(start, start + QPointF(26, 0))
        self.text(start + QPointF(36, 4), text, LIGHT.ink)

    def text(
        self,
        place: QPointF,
        text: str,
        color: str,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        weight: QFont.Weight = QFont.Weight.Normal,
    ) -> None:
        """Write a line whose baseline begins, ends or is centered here."""
        self._painter.setFont(text_font(13, weight))
        self._painter.setPen(QColor(color))
        width = self._painter.fontMetrics().horizontalAdvance(text)
        left = {Qt.AlignmentFlag.AlignRight: width, Qt.AlignmentFlag.AlignHCenter: width / 2}.get(align, 0)
        self._painter.drawText(place - QPointF(left, 0), text)

    def _polygon(self, steps: Sequence[float], values: Sequence[float]) -> QPolygonF:
        return QPolygonF([*map(self.point, steps, values)])


def draw(figures: Mapping[str, Any]) -> None:
    """Draw what batch_norm_paper has measured into its file."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    load_fonts()
    with _painter() as painter:
        _draw_accuracies(painter, figures)
        for top, name in zip((48, 238), reversed(NAMES), strict=True):
            _draw_percentiles(painter, figures, name, QRectF(630, top, 300, 140))
    del application


@contextmanager
def _painter() -> Iterator[QPainter]:
    """Give a painter of the picture, which is saved when all went well."""
    image = QImage(WIDTH * SCALE, HEIGHT * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(QColor(LIGHT.card))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield painter
    finally:
        painter.end()
    image.save(str(FILE))


def _draw_accuracies(painter: QPainter, figures: Mapping[str, Any]) -> None:
    panel = Panel(painter, QRectF(52, 48, 490, 330), "Test accuracy, median of five seeds", 0, 1)
    panel.grid({value / 5: f"{value / 5:.1f}" for value in range(6)})
    panel.steps()
    chosen, steps = _chosen(figures["steps"])
    row = 0.57
    for name, label in NAMES.items():
        for rate, found in figures["rates"].items():
            dashed = rate == min(figures["rates"])
            panel.curve(steps, np.take(found[name], chosen).tolist(), COLORS[name], dashed)
            panel.key(37, row, f"{label}, rate {rate}", COLORS[name], dashed)
            row -= 0.047
    for found in figures["rates"].values():
        for name in NAMES:
            if found[f"{name}_there"]:
                panel.dot(found[f"{name}_there"], found["plain"][-1], COLORS[name])


def _draw_percentiles(painter: QPainter, figures: Mapping[str, Any], name: str, place: QRectF) -> None:
    panel = Panel(painter, place, f"What enters a logistic unit, {NAMES[name]}", -3, 3)
    panel.grid({-2: "−2", 0: "0", 2: "2"})
    if name == "normalized":
        panel.steps()
    chosen, steps = _chosen(figures["steps"])
    low, median, high = np.take(figures["percentiles"][name], chosen, axis=0).T.tolist()
    panel.band(steps, low, high, COLORS[name])
    panel.curve(steps, median, COLORS[name])


def _chosen(steps: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return places and values of steps that lie about equally far from each other on the axis."""
    wanted = np.geomspace(steps[0], steps[-1], CURVE_POINTS)
    places = sorted({int(place) for place in np.searchsorted(steps, wanted).clip(0, len(steps) - 1)})
    return places, [steps[place] for place in places]


def _pen(color: QColor, dashed: bool = False) -> QPen:
    pen = QPen(color, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    if dashed:
        pen.setDashPattern([2.5, 2.5])
    return pen
