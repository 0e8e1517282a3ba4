"""How fast training goes: the learning rate, and the length of the gradient."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QWidget

from annstudio.ui.views.curves import Curves, Scale, cost_scale
from annstudio.ui.views.header import Key
from annstudio.ui.views.layered import Layered
from annstudio.ui.views.numerals import figure, nice_ceiling, nice_ticks, power_label, tick_labels
from annstudio.ui.views.vitals_view import VitalsView

if TYPE_CHECKING:
    from annstudio.ui.views.loss_plot import LossPlot

_PIXELS_PER_TICK, _PIXELS_PER_EPOCH_TICK = 34, 60
_FIRST_EPOCHS = 10
_SEVERAL = 5.0
"""What varies by more than this factor is drawn on a logarithmic axis."""


class PaceView(VitalsView):
    """Learning rate and gradient norm against the epoch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Learning rate and gradient"))
        self._norm = True
        self._plot: LossPlot | None = None
        self._drawn: object = None
        self.header.add_choice([self.tr("Gradient norm"), self.tr("Learning rate")], self._on_choice)
        self._body = Layered(self.accessibleName())
        self._body.resized.connect(self._invalidate)
        self.set_body(self._body)

    @property
    def plot(self) -> "LossPlot | None":
        """The plot, once there is one."""
        return self._plot

    def _on_choice(self, number: int) -> None:
        self._norm = number == 0
        self._invalidate()

    def _refresh(self) -> None:
        snapshot = self.snapshot
        seen = [vitals for vitals in snapshot.vitals if vitals.at <= snapshot.at] if snapshot is not None else []
        values = np.array([vitals.gradient_norm if self._norm else vitals.learning_rate for vitals in seen])
        if snapshot is None or not np.isfinite(values).any():
            self._drawn = None
            self.header.set_caption()
            self._body.show_sentence(self.nothing())
            return
        state = (seen[-1], self._norm, self.theme, self._body.size(), snapshot.at)
        if state != self._drawn:
            self._drawn = state
            # What was seen last holds until now.
            epochs = np.array([*(vitals.at for vitals in seen), snapshot.at])
            self._show(Curves(epochs, np.append(values, values[-1]), np.full(len(epochs), np.nan)))

    def _show(self, curves: Curves) -> None:
        self.header.set_caption(Key(self.tr("now {value}").format(value=figure(float(curves.train[-1])))))
        self._body.show_sentence("")
        plot = self._plot or self._make_plot()
        plot.set_theme(self.theme)
        low, high = curves.extremes()
        scale = cost_scale(curves, low > 0 and high > _SEVERAL * low, max(2, self._body.height() // _PIXELS_PER_TICK))
        x_end = nice_ceiling(max(_FIRST_EPOCHS, float(curves.epoch[-1])))
        epochs = nice_ticks(0, x_end, max(2, self._body.width() // _PIXELS_PER_EPOCH_TICK))
        plot.set_axes(x_end, scale, dict(zip(epochs, tick_labels(epochs), strict=True)), _heights(scale))
        plot.set_curves(curves, None, x_end, scale)

    def _make_plot(self) -> "LossPlot":
        from annstudio.ui.views.loss_plot import LossPlot

        self._plot = LossPlot()
        self._body.add_layer(self._plot)
        return self._plot


def _heights(scale: Scale) -> dict[float, str]:
    labels = [power_label(tick) for tick in scale.ticks] if scale.log else tick_labels(list(scale.ticks))
    return dict(zip((scale.place_one(tick) for tick in scale.ticks), labels, strict=True))
