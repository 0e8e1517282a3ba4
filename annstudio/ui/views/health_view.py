"""Dead units, saturation and zeros, layer by layer."""

import math

from PySide6.QtWidgets import QWidget

from annstudio.training.doctor import saturation, silent_units
from annstudio.training.vitals import LayerVitals
from annstudio.ui.views.curves import Scale
from annstudio.ui.views.header import Key
from annstudio.ui.views.layer_bars import Bar, LayerBars
from annstudio.ui.views.numerals import percent
from annstudio.ui.views.vitals_view import VitalsView

_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


class HealthView(VitalsView):
    """What share of each layer does nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Layers at work"))
        self._kind = 0
        self.header.add_choice([self.tr("Dead"), self.tr("Saturated"), self.tr("Zeros")], self._on_choice)
        self.picture = LayerBars(self.tr("Share of each layer that does nothing"))
        self.picture.node_clicked.connect(self.node_clicked)
        self.set_body(self.picture)

    def _on_choice(self, number: int) -> None:
        self._kind = number
        self._invalidate()

    def _refresh(self) -> None:
        layers = self.layers()
        told = (
            (self.tr("units that answer to no sample"), silent_units.LIMIT),
            (self.tr("values where the activation is flat"), saturation.LIMIT),
            (self.tr("outputs that are exactly 0"), math.inf),
        )
        caption, limit = told[self._kind]
        shares = [(node_id, name, self._share(vitals)) for node_id, name, vitals in layers]
        bars = [
            Bar(node_id, name, share, self._written(share), share >= limit)
            for node_id, name, share in shares
            if not math.isnan(share)
        ]
        self.header.set_caption(Key(caption) if bars else Key(""))
        if bars:
            labels = [self._written(tick) for tick in _TICKS]
            self.picture.show_bars(bars, Scale(0.0, 1.0, _TICKS), labels, None, self._selected)
        elif layers:
            self.picture.show_sentence(self._none())
        else:
            self.picture.show_sentence(self.nothing())

    def _share(self, vitals: LayerVitals) -> float:
        return (vitals.silent, vitals.saturated, vitals.zeros)[self._kind]

    def _written(self, share: float) -> str:
        return self.tr("{percent} %").format(percent=percent(share))

    def _none(self) -> str:
        if self._kind == 0:
            return self.tr("No layer here can die: that takes an activation with a flat side, as ReLU has.")
        return self.tr("No layer here can saturate: that takes one that levels off at both ends, as tanh.")
