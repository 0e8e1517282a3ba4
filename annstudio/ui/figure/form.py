"""The fields in which one chooses how a figure is to be."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QLabel, QWidget

from annstudio.project.figures import SCALE, styles
from annstudio.project.figures.drawing import Drawing
from annstudio.project.figures.inks import THEMES
from annstudio.ui.figure.choices import Choices
from annstudio.ui.translate import translate

_CENTIMETERS = 2.54 / 96
"""Per unit of a drawing."""


class FigureForm(QWidget):
    """Style, colors, legend, format and size of a figure.

    Args:
        choices: what the fields show at first.
    """

    changed = Signal()
    """Something else is chosen now."""

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self.style_field = _combo([(key, translate(entry.info.label)) for key, entry in styles.items()])
        self.theme_field = _combo([(key, translate(theme.label)) for key, theme in THEMES.items()])
        self.kind_field = _combo(
            [
                ("svg", self.tr("SVG – to edit further")),
                ("pdf", self.tr("PDF – for LaTeX and print")),
                ("png", self.tr("PNG – for slides")),
            ]
        )
        self.legend_field = QCheckBox(self.tr("Legend"))
        self.transparent_field = QCheckBox(self.tr("Transparent ground"))
        self.scale_field = self._scale_box()
        self.summary, self.measures = _muted(), _muted()
        self._place()
        self._show(choices)
        self._connect()

    @property
    def choices(self) -> Choices:
        """What the fields say."""
        return Choices(
            style=self.style_field.currentData(),
            theme=self.theme_field.currentData(),
            kind=self.kind_field.currentData(),
            scale=self.scale_field.value(),
            legend=self.legend_field.isChecked(),
            transparent=self.transparent_field.isChecked(),
        )

    def show_measures(self, drawing: Drawing) -> None:
        """Say how large a figure gets, in what counts for its format."""
        width, height = (length * self.choices.scale for length in drawing.page[2:])
        if self.choices.kind == "png":
            said = self.tr("{width} × {height} pixels").format(width=f"{width:,.0f}", height=f"{height:,.0f}")
        else:
            said = self.tr("{width} × {height} cm").format(
                width=f"{width * _CENTIMETERS:.1f}", height=f"{height * _CENTIMETERS:.1f}"
            )
        self.measures.setText(said)

    def _scale_box(self) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setRange(SCALE.minimum, SCALE.maximum)
        box.setDecimals(1)
        box.setSingleStep(0.5)
        box.setSuffix(self.tr(" ×"))
        return box

    def _place(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(10)
        form.addRow(self.tr("Style"), self.style_field)
        form.addRow(self.summary)
        form.addRow(self.tr("Colors"), self.theme_field)
        form.addRow("", self.legend_field)
        form.addRow("", self.transparent_field)
        form.addRow(self.tr("Format"), self.kind_field)
        form.addRow(self.tr("Size"), self.scale_field)
        form.addRow("", self.measures)

    def _show(self, choices: Choices) -> None:
        self.style_field.setCurrentIndex(self.style_field.findData(choices.style))
        self.theme_field.setCurrentIndex(self.theme_field.findData(choices.theme))
        self.kind_field.setCurrentIndex(self.kind_field.findData(choices.kind))
        self.legend_field.setChecked(choices.legend)
        self.transparent_field.setChecked(choices.transparent)
        self.scale_field.setValue(choices.scale)
        self._show_summary()

    def _connect(self) -> None:
        for combo in (self.style_field, self.theme_field, self.kind_field):
            combo.currentIndexChanged.connect(self._on_changed)
        for box in (self.legend_field, self.transparent_field):
            box.toggled.connect(self._on_changed)
        self.scale_field.valueChanged.connect(self._on_changed)

    def _show_summary(self) -> None:
        self.summary.setText(translate(styles[self.choices.style].info.summary))

    def _on_changed(self) -> None:
        self._show_summary()
        self.changed.emit()


def _combo(entries: Sequence[tuple[str, str]]) -> QComboBox:
    combo = QComboBox()
    for key, label in entries:
        combo.addItem(label, key)
    return combo


def _muted() -> QLabel:
    label = QLabel()
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label
