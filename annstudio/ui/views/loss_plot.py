"""The plot of the loss view. It is the only module here that loads pyqtgraph, which takes a third of a second."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from annstudio.ui.theme import Theme
from annstudio.ui.views.curves import PALE, TRAIN_WIDTH, VALIDATION_WIDTH, Curves, Line, Scale, thin
from annstudio.ui.views.painting import SMALL_PIXELS, small_font

_NO_CURVES = Curves(np.empty(0), np.empty(0), np.empty(0))
_AXIS_WIDTH, _AXIS_HEIGHT, _END = 46, 34, 24


class LossPlot(pg.PlotWidget):
    """Two curves over the epochs, drawn cheaply.

    Fixed ranges, as pyqtgraph's own cost more than drawing; curves brought down to the pixels' number and drawn piece
    by piece, as a wide smooth line of many points costs Qt twenty times as much in one piece.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseEnabled(x=False, y=False)
        self.setMenuEnabled(False)
        self.hideButtons()
        # The axes come apart in right-to-left windows otherwise.
        self.plotItem.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        # Room for the last label, whose middle is at the axis's end.
        self.plotItem.setContentsMargins(0, 0, _END, 0)
        self._grid = self._curve(connect="pairs", antialias=False)
        self._marks = self._curve(connect="pairs", antialias=False)
        self._pin = self._curve(connect="pairs", antialias=False)
        self._batches = self._curve()
        self._raw = self._curve(), self._curve()
        self._later = self._curve(), self._curve()
        self._penalized = self._curve()
        # What is added last lies on top: the thinner curve, so that both are seen where they run together.
        self._train, self._validation = self._curve(), self._curve()
        self._theme: Theme | None = None
        self._axes: object = None
        self._x_end, self._scale = 1.0, Scale(0.0, 1.0, ())
        self._prepare_axes()

    def set_theme(self, theme: Theme) -> None:
        """Take on these colors."""
        if theme is self._theme:
            return
        self._theme = theme
        self.setBackground(theme.color("card"))
        self._train.setPen(pg.mkPen(theme.color("accent"), width=TRAIN_WIDTH))
        self._validation.setPen(pg.mkPen(theme.color("negative"), width=VALIDATION_WIDTH))
        for pair, width in ((self._later, VALIDATION_WIDTH), (self._raw, 1)):
            for curve, token in zip(pair, ("accent", "negative"), strict=True):
                curve.setPen(pg.mkPen(theme.color(token, PALE), width=width))
        self._batches.setPen(pg.mkPen(theme.color("accent", PALE), width=1))
        self._penalized.setPen(pg.mkPen(theme.color("muted"), width=VALIDATION_WIDTH))
        self._marks.setPen(pg.mkPen(theme.color("muted"), width=1, style=Qt.PenStyle.DashLine))
        self._pin.setPen(pg.mkPen(theme.color("accent"), width=1))
        self._grid.setPen(pg.mkPen(theme.color("line"), width=1))
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(theme.color("line")))
            axis.setTextPen(theme.color("muted"))

    def set_axes(self, x_end: float, scale: Scale, x_ticks: dict[float, str], y_ticks: dict[float, str]) -> None:
        """Set both axes.

        Args:
            x_end: last epoch of the horizontal axis, which starts at 0.
            scale: the vertical axis.
            x_ticks, y_ticks: labels by their place along the axis.
        """
        axes = (x_end, scale, tuple(x_ticks.items()), tuple(y_ticks.items()))
        if axes == self._axes:
            return
        self._axes, self._x_end, self._scale = axes, x_end, scale
        margin = 0.02 * (scale.high - scale.low)
        self.setRange(xRange=(0, x_end), yRange=(scale.low, scale.high + margin), padding=0)
        self.getAxis("bottom").setTicks([_marked(x_ticks)])
        self.getAxis("left").setTicks([_marked(y_ticks)])
        levels = np.repeat(list(y_ticks) or [scale.low], 2)
        self._grid.setData(np.tile([0.0, x_end], len(levels) // 2), levels)

    def set_curves(self, curves: Curves, later: Curves | None, x_end: float, scale: Scale) -> None:
        """Draw the curves along these axes.

        Args:
            curves: until the moment that is shown.
            later: where that is of the past, the curves until the latest; what they have more is drawn pale.
            x_end, scale: as in set_axes.
        """
        self._set((self._train, self._validation), curves, x_end, scale)
        after = later.after(float(curves.epoch[-1])) if later is not None else _NO_CURVES
        self._set(self._later, after, x_end, scale)

    def set_more(self, raw: Curves | None, batches: Line | None, penalized: Line | None) -> None:
        """Draw what goes with the curves, along the axes that are set; call it after set_axes.

        Args:
            raw: the curves as they were measured, where those that are drawn are smoothed.
            batches: what single batches have cost.
            penalized: the cost of training with the penalty.
        """
        self._set(self._raw, raw or _NO_CURVES, self._x_end, self._scale)
        for curve, line in ((self._batches, batches), (self._penalized, penalized)):
            x, y = line if line is not None else (_NO_CURVES.epoch, _NO_CURVES.train)
            curve.setData(*thin(x, self._scale.place(y), self._x_end, self._columns))

    def set_marks(self, marks: Sequence[float], pin: float | None, scale: Scale) -> None:
        """Draw upright lines at the epochs of changes, and at that of the pinned moment."""
        for curve, epochs in ((self._marks, marks), (self._pin, [] if pin is None else [pin])):
            curve.setData(np.repeat(np.asarray(epochs, float), 2), np.tile([scale.low, scale.high], len(epochs)))

    def _set(self, pair: tuple[pg.PlotCurveItem, ...], curves: Curves, x_end: float, scale: Scale) -> None:
        for curve, values in zip(pair, (curves.train, curves.validation), strict=True):
            curve.setData(*thin(curves.epoch, scale.place(values), x_end, self._columns))

    @property
    def _columns(self) -> int:
        return max(16, int(self.area.width()))

    @property
    def area(self) -> QRectF:
        """The rectangle between the axes, in the widget's pixels."""
        return QRectF(self.mapFromScene(self.plotItem.vb.sceneBoundingRect()).boundingRect())

    def place(self, x: float, y: float) -> QPointF:
        """Return the pixel of an epoch and a height along the axis."""
        scene = self.plotItem.vb.mapViewToScene(QPointF(x, y))
        return self.viewportTransform().map(scene)

    def epoch_at(self, pixel: QPointF) -> float:
        """Return the epoch at a pixel."""
        scene = self.viewportTransform().inverted()[0].map(pixel)
        return self.plotItem.vb.mapSceneToView(scene).x()

    def _curve(self, connect: str = "all", antialias: bool = True) -> pg.PlotCurveItem:
        curve = pg.PlotCurveItem(connect=connect, antialias=antialias, skipFiniteCheck=True)
        curve.setSegmentedLineMode("on")
        self.addItem(curve, ignoreBounds=True)
        return curve

    def _prepare_axes(self) -> None:
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setStyle(tickLength=0, tickFont=small_font(), tickTextOffset=5, hideOverlappingLabels=False)
        self.getAxis("left").setWidth(_AXIS_WIDTH)
        bottom = self.getAxis("bottom")
        bottom.setHeight(_AXIS_HEIGHT)
        bottom.setLabel(self.tr("epoch"), **{"font-size": f"{SMALL_PIXELS}px"})


def _marked(ticks: dict[float, str]) -> list[tuple[float, str]]:
    """Return places and labels, these marked as left-to-right: pyqtgraph would write "0.5−" in Arabic."""
    return [(place, f"\u200e{label}") for place, label in ticks.items()]
