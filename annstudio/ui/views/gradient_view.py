"""How gradients get through the layers, and how large the steps are for the weights."""

import math

from PySide6.QtWidgets import QWidget

from annstudio.training.doctor import vanishing
from annstudio.training.vitals import LayerVitals
from annstudio.ui.views.curves import Scale
from annstudio.ui.views.header import Key
from annstudio.ui.views.layer_bars import PIXELS_PER_LABEL, Bar, LayerBars, decades
from annstudio.ui.views.numerals import figure, power_label
from annstudio.ui.views.vitals_view import VitalsView

_GOOD_STEP = 1e-3
"""A step of about a thousandth of the weights is what training usually does well with (Karpathy 2015, CS231n notes)."""


class GradientView(VitalsView):
    """The RMS of each layer's gradient, or of its next step relative to its weights."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Gradient flow"))
        self._steps = False
        self.header.add_choice([self.tr("Gradient"), self.tr("Step / weight")], self._on_choice)
        self.picture = LayerBars(self.tr("Gradient of each layer"))
        self.picture.node_clicked.connect(self.node_clicked)
        self.set_body(self.picture)

    def _on_choice(self, number: int) -> None:
        self._steps = number == 1
        self._invalidate()

    def _refresh(self) -> None:
        sizes = [(node_id, name, self._size(vitals)) for node_id, name, vitals in self.layers()]
        sizes = [(node_id, name, size) for node_id, name, size in sizes if size is not None]
        finite = [size for _, _, size in sizes if size is not None and size > 0 and math.isfinite(size)]
        if not finite:
            self.header.set_caption()
            self.picture.show_sentence(self.nothing())
            return
        told = self.tr("root mean square; dashed: usual") if self._steps else self.tr("root mean square")
        self.header.set_caption(Key(told))
        most = max(finite)
        bars = [
            Bar(node_id, name, size or math.nan, figure(size) if size else "0", self._is_poor(size or 0.0, most))
            for node_id, name, size in sizes
        ]
        self.picture.show_bars(bars, *self._axis(finite), _GOOD_STEP if self._steps else None, self._selected)

    def _size(self, vitals: LayerVitals) -> float | None:
        if self._steps:
            return None if math.isnan(vitals.update_ratio) else vitals.update_ratio
        return None if vitals.gradients is None else vitals.gradients.rms

    def _is_poor(self, size: float, most: float) -> bool:
        """Return whether a layer gets so little of the gradient that it hardly learns."""
        return not self._steps and size < vanishing.LIMIT * most

    def _axis(self, sizes: list[float]) -> tuple[Scale, list[str]]:
        """Return an axis of whole decades, and the labels of its ticks."""
        guide = [_GOOD_STEP] if self._steps else []
        scale = decades(sizes + guide, self.picture.width() // PIXELS_PER_LABEL)
        return scale, [power_label(tick) for tick in scale.ticks]
