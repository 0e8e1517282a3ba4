"""Every activation with its derivative; several overlaid; the z of a layer below."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QListWidget, QListWidgetItem, QSlider, QWidget

from annstudio.core.calls import Array
from annstudio.core.errors import UserError
from annstudio.core.params import Integer, Param, Real, Value
from annstudio.engine.activations import activations
from annstudio.labs.activations.zones import SATURATED_BELOW, shares, zones
from annstudio.labs.notation import Equation
from annstudio.labs.reading import read
from annstudio.training.snapshot import Snapshot
from annstudio.ui.activation_lab.curves_picture import CurvesPicture
from annstudio.ui.background import Background
from annstudio.ui.choice_box import choice_box
from annstudio.ui.formula.digits import written
from annstudio.ui.formula.view import FormulaView
from annstudio.ui.inspector.fields import Field, make_field
from annstudio.ui.page_parts import label, page_layout, swatch
from annstudio.ui.racing.colors import RACERS
from annstudio.ui.translate import translate
from annstudio.ui.views.activation_curves import Curve
from annstudio.ui.views.numerals import percent

_STARTS = ("logistic", "tanh", "relu")
_MOST = len(RACERS) - 1
"""That are checked at once: the selected one has a color too."""
_SAMPLES = 400
_TICKS = 100


class CurvesPage(QWidget):
    """A list to check, a picture, and what there is to say of the selected one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: dict[str, dict[str, Value]] = {}
        self._colors: dict[str, int] = {}
        self._shown_colors: dict[str, int] = {}
        self._layers: dict[str, Array] = {}
        self._snapshot: Snapshot | None = None
        self._beside = Background(self)
        self.picture = CurvesPicture(self.tr("Activations and their derivatives"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Activations"))
        self.list.setMaximumHeight(150)
        for key, entry in activations.items():
            if entry.elementwise:
                item = QListWidgetItem(translate(entry.info.label), self.list)
                item.setData(Qt.ItemDataRole.UserRole, key)
                item.setCheckState(Qt.CheckState.Checked if key in _STARTS else Qt.CheckState.Unchecked)
        self.layers = choice_box([], self.tr("The layer whose z are shown"), self)
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        self._fields = QWidget()
        self._fields.setLayout(self._form)
        self._name, self._about, self._told = label("title"), label("muted"), label("error")
        self._zones_text, self._layer_text = label(""), label("")
        self.formula = FormulaView(lambda value: written(value, 4), 15.0)
        legend = label("muted", self.tr("Lines: a. Dashes: da/dz. Shaded: zones of the selected one."))
        parts = (self.list, legend, self._name, self.formula, self._fields, self._told, self._zones_text)
        page_layout(self, self.picture, *parts, self._about, self.layers, self._layer_text)
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(self._on_checked)
        self.list.currentItemChanged.connect(self._on_selected)
        self.layers.activated.connect(self._show_layer)
        self._on_selected()

    @property
    def selected(self) -> str:
        """The key of the selected activation."""
        return str(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    def shut_down(self) -> None:
        """Call off what is being computed."""
        self._beside.close()

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Take the z of the layers from here; they are computed beside the window."""
        if snapshot is self._snapshot:
            return
        self._snapshot = snapshot
        if snapshot is None or snapshot.compiled is None or snapshot.prepared is None or snapshot.flat is None:
            self._beside.forget()
            self._take_layers({})
            return
        self._beside.do_latest(lambda: _sums_of(snapshot), lambda future: self._take_layers(future.result()))

    def _take_layers(self, found: dict[str, Array]) -> None:
        self._layers = found
        names = [self.tr("no layer's z"), *found]
        if [self.layers.itemText(number) for number in range(self.layers.count())] != names:
            self.layers.clear()
            self.layers.addItems(names)
        self._show_layer()

    def _on_checked(self, item: QListWidgetItem) -> None:
        checked = [each for each in self._items() if each.checkState() is Qt.CheckState.Checked]
        if len(checked) > _MOST:
            item.setCheckState(Qt.CheckState.Unchecked)
            self._told.setText(self.tr("At most {most} at once.").format(most=_MOST))
            return
        self._told.setText("")
        self._show()

    def _on_selected(self, *_: object) -> None:
        info = activations[self.selected].info
        self._name.setText(translate(info.label))
        lines = [read(line) for line in (info.formula, info.derivative) if line]
        self.formula.show_equations([Equation((), line) for line in lines])
        said = [self.tr("Range: {range}").format(range=info.range)] if info.range else []
        said += [translate(text) for text in (info.when_to_use, info.pros, info.cons) if text]
        self._about.setText("\n".join([*said, info.reference]))
        self._told.setText("")
        self._fill(info.params)
        self._show()

    def _fill(self, params: tuple[Param, ...]) -> None:
        """Make a field for each parameter, and a slider for each number."""
        while self._form.rowCount():
            self._form.removeRow(0)
        values = self._values.get(self.selected, {})
        for param in params:
            field = make_field(param)
            field.show_value(values.get(param.key, param.default))
            self._form.addRow(translate(param.label), field)
            slider = None
            if isinstance(param, Real) and not isinstance(param, Integer):
                slider = self._slider(param, float(values.get(param.key, param.default)))
                slider.valueChanged.connect(
                    lambda tick, p=param, f=field: self._on_value(p, f, _at(p, tick / _TICKS), None)
                )
                self._form.addRow("", slider)
            field.entered.connect(lambda typed, p=param, f=field, s=slider: self._on_value(p, f, typed, s))
        self._fields.setVisible(bool(params))

    def _slider(self, param: Real, value: float) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, _TICKS)
        slider.setAccessibleName(translate(param.label))
        low, high = _ends(param)
        slider.setValue(round(_TICKS * (value - low) / (high - low)))
        return slider

    def _on_value(self, param: Param, field: Field, typed: Value, slider: QSlider | None) -> None:
        try:
            value = param.check(typed)
            activations[self.selected](**{**self._values.get(self.selected, {}), param.key: value})
        except UserError as error:
            self._told.setText(translate(error.message))
            return
        self._told.setText("")
        self._values.setdefault(self.selected, {})[param.key] = value
        field.show_value(value)
        if slider is not None and isinstance(param, Real):
            low, high = _ends(param)
            blocked = slider.blockSignals(True)
            slider.setValue(round(_TICKS * (float(value) - low) / (high - low)))
            slider.blockSignals(blocked)
        self._show()

    def _show(self) -> None:
        selected = self.selected
        shown = [each for each in self._items() if each.checkState() is Qt.CheckState.Checked]
        keys = [str(each.data(Qt.ItemDataRole.UserRole)) for each in shown]
        keys = [key for key in keys if key != selected] + [selected]
        self._colors = {key: color for key, color in self._colors.items() if key in keys}
        for key in keys:
            free = next(number for number in range(_MOST + 1) if number not in self._colors.values())
            self._colors.setdefault(key, free)
        self._color_items()
        curves = [
            (self._colors[key], translate(activations[key].info.label), Curve(key, self._values.get(key, {})))
            for key in keys
        ]
        own = curves[-1][2]
        z = np.linspace(-own.reach, own.reach, 1201)
        found = zones(z, own.slope(z))
        self.picture.show_curves(curves, found)
        small = any(not zone.dead for zone in found)
        said = [self.tr("Saturated: |da/dz| is below {share}.").format(share=SATURATED_BELOW)] if small else []
        said += [self.tr("Dead: da/dz is exactly 0.")] if any(zone.dead for zone in found) else []
        self._zones_text.setText(" ".join(said))
        self._zones_text.setVisible(bool(said))
        self._show_layer()

    def _color_items(self) -> None:
        """Show in the list which color is whose, where that has changed."""
        if self._colors == self._shown_colors:
            return
        self._shown_colors = dict(self._colors)
        blocked = self.list.blockSignals(True)
        for item in self._items():
            item.setIcon(swatch(self._colors.get(str(item.data(Qt.ItemDataRole.UserRole)))))
        self.list.blockSignals(blocked)

    def _show_layer(self) -> None:
        name = self.layers.currentText()
        self.layers.setVisible(bool(self._layers))
        if name not in self._layers:
            self.picture.show_layer(None)
            self._layer_text.setText("")
            return
        z = self._layers[name]
        self.picture.show_layer(z)
        curve = Curve(self.selected, self._values.get(self.selected, {}))
        saturated, dead = shares(curve.slope(z.astype(np.float64)))
        said = self.tr(
            "Of this layer's z, {saturated} % are saturated and {dead} % dead under the selected activation."
        )
        self._layer_text.setText(said.format(saturated=percent(saturated), dead=percent(dead)))

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]


def _sums_of(snapshot: Snapshot) -> dict[str, Array]:
    """Return the z of every layer with an activation at some training samples, by the layer's name."""
    from annstudio.engine.tracing import trace

    compiled, prepared, flat = snapshot.compiled, snapshot.prepared, snapshot.flat
    assert compiled is not None
    assert prepared is not None
    assert flat is not None
    part = prepared.train
    every = max(1, len(part.inputs) // _SAMPLES)
    found = trace(compiled.network, flat, part.inputs[::every], part.targets[::every])
    names: dict[str, Array] = {}
    for layer, traced in zip(compiled.network.layers, found.layers, strict=True):
        if layer.activation is not None:
            name = traced.name if isinstance(traced.name, str) else translate(traced.name)
            names[name] = traced.z.ravel()
    return names


def _ends(param: Real) -> tuple[float, float]:
    """Return the ends of a slider: the parameter's own, where they are not too far apart."""
    low, high = param.minimum, param.maximum
    if not (np.isfinite([low, high]).all() and high - low <= 20):
        low, high = max(low, -5.0), min(high, 5.0)
    return (low + 1e-3 * (high - low) if param.above_minimum else low), high


def _at(param: Real, share: float) -> float:
    low, high = _ends(param)
    return float(f"{low + share * (high - low):.4g}")
