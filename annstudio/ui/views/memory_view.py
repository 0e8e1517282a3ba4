"""What the optimizer remembers, and the steps that it makes of it."""

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QWidget

from annstudio.engine.optimizers import optimizers
from annstudio.training.vitals import QUANTILES, LayerVitals, Spread
from annstudio.ui.translate import translate
from annstudio.ui.views.header import Key
from annstudio.ui.views.layer_bars import PIXELS_PER_LABEL, Bar, LayerBars, decades
from annstudio.ui.views.numerals import figure, power_label
from annstudio.ui.views.spread_view import SpreadPicture
from annstudio.ui.views.vitals_view import VitalsView

if TYPE_CHECKING:
    from annstudio.ui.views.exporting import Table

_BETWEEN = 24


class _Kind(NamedTuple):
    """Something of each layer that can be shown.

    Attributes:
        key: its name in tables.
        name: on the screen.
        spread: of a layer; None where it has none.
    """

    key: str
    name: str
    spread: Callable[[LayerVitals], Spread | None]


class MemoryView(VitalsView):
    """A slot of the optimizer, the step, or the learning rate that counts: by layer, and over the epochs for one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Optimizer"))
        self._key = ""
        self.box = self.header.add_box(self.tr("What of the optimizer is shown"), self._on_choice)
        self.bars = LayerBars(self.tr("Size in each layer"))
        self.bars.node_clicked.connect(self.node_clicked)
        self.spreads = SpreadPicture(self.tr("Distribution over the epochs"))
        body = QWidget()
        row = self._body = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_BETWEEN)
        row.addWidget(self.bars, 1)
        row.addWidget(self.spreads, 1)
        self.set_body(body)

    def numbers(self) -> "Table | None":
        """Return everything that was seen of the optimizer, a row per layer and look; see View.numbers."""
        from annstudio.ui.views.exporting import Table

        snapshot, kinds = self.snapshot, list(self._kinds())
        if snapshot is None or not snapshot.vitals:
            return None
        parts = (*(f"q{100 * level:g}" for level in QUANTILES), "rms")
        names = ["epoch", "layer", *(f"{kind.key}_{part}" for kind in kinds for part in parts)]
        rows = (
            [seen.at, node_id, *(number for kind in kinds for number in _numbers(kind.spread(vitals)))]
            for seen in snapshot.vitals
            for node_id, vitals in seen.layers.items()
        )
        return Table(names, rows)

    def _on_choice(self, number: int) -> None:
        self._key = [kind.key for kind in self._kinds()][number]
        self._invalidate()

    def _kinds(self) -> Iterator[_Kind]:
        """Yield what there is to choose from; it depends on the optimizer."""
        yield _Kind("step", self.tr("Step Δw"), lambda vitals: vitals.step)
        yield _Kind("rate", self.tr("Learning rate that counts: Δw / gradient"), _rate)
        if self.project is not None:
            for slot in optimizers[str(self.project.training["optimizer"])].slots.values():
                name = self.tr("{name} {symbol}").format(name=translate(slot.label), symbol=slot.symbol)
                yield _Kind(slot.key, name, partial(_remembered, slot.key))

    def _refresh(self) -> None:
        kinds = [kind for kind in self._kinds() if self._has(kind)] or list(self._kinds())[:1]
        chosen = next((kind for kind in kinds if kind.key == self._key), kinds[0])
        self._offer(list(self._kinds()), chosen)
        found = [(node_id, name, chosen.spread(vitals)) for node_id, name, vitals in self.layers()]
        shown = [(node_id, name, spread) for node_id, name, spread in found if spread is not None]
        self.spreads.setVisible(bool(shown))
        # At once: what is painted before the next round of events would stand in its old place.
        self._body.activate()
        if not shown or self.snapshot is None:
            self.header.set_caption()
            self.bars.show_sentence(self._none())
            return
        self._show_bars(shown)
        ids = [node_id for node_id, _, _ in shown]
        selected = self._selected if self._selected in ids else ids[0]
        layer = next(name for node_id, name, _ in shown if node_id == selected)
        self.header.set_caption(Key(self.tr("root mean square now; {layer} over the epochs").format(layer=layer)))
        until = self.snapshot.at
        seen = [(each.at, chosen.spread(each.layers[selected])) for each in self.snapshot.vitals if each.at <= until]
        self.spreads.show_spreads([(at, spread) for at, spread in seen if spread is not None], until)

    def _has(self, kind: _Kind) -> bool:
        return any(kind.spread(vitals) is not None for _, _, vitals in self.layers())

    def _offer(self, kinds: list[_Kind], chosen: _Kind) -> None:
        place = [kind.key for kind in kinds].index(chosen.key)
        self.header.fill_box(self.box, [kind.name for kind in kinds], place)

    def _show_bars(self, shown: list[tuple[str, str, Spread]]) -> None:
        bars = [
            Bar(node_id, name, spread.rms or math.nan, figure(spread.rms) if spread.rms else "0")
            for node_id, name, spread in shown
        ]
        scale = decades([bar.value for bar in bars if bar.value > 0] or [1.0], self.bars.width() // PIXELS_PER_LABEL)
        self.bars.show_bars(bars, scale, [power_label(tick) for tick in scale.ticks], None, self._selected)

    def _none(self) -> str:
        if self.shown is None:
            return self.nothing()
        return self.tr("This optimizer has not made a step by itself yet.")


def _rate(vitals: LayerVitals) -> Spread | None:
    return None if math.isnan(vitals.rate) else Spread((vitals.rate,) * len(QUANTILES), vitals.rate)


def _remembered(key: str, vitals: LayerVitals) -> Spread | None:
    return vitals.memory.get(key)


def _numbers(spread: Spread | None) -> list[float]:
    return [math.nan] * (len(QUANTILES) + 1) if spread is None else [*spread.quantiles, spread.rms]
