"""What the views of layers have in common: they show how the network is doing inside."""

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annstudio.project.names import title
from annstudio.project.unroll import unrolled
from annstudio.training.vitals import QUANTILES, LayerVitals, Vitals
from annstudio.ui.translate import translate
from annstudio.ui.views.view import TitledView

if TYPE_CHECKING:
    from annstudio.ui.views.exporting import Table

_SPREADS = ("z", "a", "weights", "gradients")
_SHARES = ("step_to_weight", "dead", "saturated", "zeros")
_NAMES = (
    *("epoch", "learning_rate", "gradient_norm", "layer", *_SHARES),
    *(f"{name}_{part}" for name in _SPREADS for part in (*(f"q{100 * level:g}" for level in QUANTILES), "rms")),
)


class VitalsView(TitledView):
    """A view of what was seen inside the network."""

    node_clicked = Signal(str)
    """(node id): the student has clicked on a layer."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._selected: str | None = None

    def select_node(self, node_id: str | None) -> None:
        """Point out this layer."""
        self._selected = node_id
        self._invalidate()

    @property
    def shown(self) -> Vitals | None:
        """What was seen last, at the moment that is shown or before."""
        if self.snapshot is None:
            return None
        until = self.snapshot.at
        return next((seen for seen in reversed(self.snapshot.vitals) if seen.at <= until), None)

    def layers(self) -> list[tuple[str, str, LayerVitals]]:
        """Return id, name and vitals of each layer of the project, in the order of the network."""
        seen = self.shown
        if seen is None or self.project is None:
            return []
        nodes = {node.id: node for node in unrolled(self.project.design).nodes}
        return [
            (node_id, translate(title(nodes[node_id])), vitals)
            for node_id, vitals in seen.layers.items()
            if node_id in nodes
        ]

    def numbers(self) -> "Table | None":
        """Return everything that was seen, a row per layer and look; see View.numbers."""
        from annstudio.ui.views.exporting import Table

        snapshot = self.snapshot
        rows = (
            (seen.at, seen.learning_rate, seen.gradient_norm, node_id, *_numbers(vitals))
            for seen in (snapshot.vitals if snapshot is not None else ())
            for node_id, vitals in seen.layers.items()
        )
        return Table(_NAMES, rows) if snapshot is not None and snapshot.vitals else None

    def nothing(self) -> str:
        """Return what to say where there is nothing to show."""
        if self.snapshot is not None and self.snapshot.step and not self.snapshot.vitals:
            return self.tr("This network is too large to look inside while it trains.")
        return self.resting(self.tr("Press Run: how the layers are doing appears here."))


def _numbers(vitals: LayerVitals) -> list[float]:
    """Return the numbers of a layer in the order of the names."""
    found = [vitals.update_ratio, vitals.silent, vitals.saturated, vitals.zeros]
    for spread in (vitals.z, vitals.a, vitals.weights, vitals.gradients):
        found += [*spread.quantiles, spread.rms] if spread is not None else [math.nan] * (len(QUANTILES) + 1)
    return found
