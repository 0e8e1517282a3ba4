"""File > Export figure: a picture of the network for papers and slides."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annstudio.core.errors import UserError
from annstudio.project.figures import Drawing, draw, styles
from annstudio.project.figures.inks import THEMES
from annstudio.project.file.atomic import replace_content
from annstudio.project.model import Project
from annstudio.ui.figure.background import Background
from annstudio.ui.figure.choices import LEAST_SCALE, MOST_SCALE, Choices, remember, remembered
from annstudio.ui.figure.preview import Preview
from annstudio.ui.figures import encoded, image_of
from annstudio.ui.translate import translate

_SIZE = QSize(980, 560)
_SHARE = 0.9
"""At most so much of a small screen is covered."""
_FORM = 250
_CENTIMETERS = 2.54 / 96
_LARGEST = 3.0
"""How much larger than it is a small figure is shown at most."""


@dataclass(frozen=True)
class _Sketch:
    """A drawing, and how it looks in the preview."""

    drawing: Drawing
    image: QImage


class FigureDialog(QDialog):
    """Chooses how a figure of the network is to be, shows it, saves and copies it.

    Args:
        project: whose network is drawn.
        suggested: the file to write to, without an ending.
        parent: the window.
    """

    def __init__(self, project: Project, suggested: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export figure"))
        self._project, self._suggested = project, suggested
        self._choices = remembered()
        self._sketch: _Sketch | None = None
        self._asked: Future[Any] | None = None
        self._background = Background(self)
        self._preview = Preview()
        self._make_fields()
        self._make_buttons()
        self._place()
        self._show_choices()
        self._connect_fields()
        self.resize(_SIZE.boundedTo(self.screen().availableSize() * _SHARE))

    def done(self, result: int) -> None:
        """Remember the choices, and end what is being drawn."""
        remember(self._choices)
        self._background.close()
        super().done(result)

    def _make_fields(self) -> None:
        self._style = _combo([(key, translate(entry.info.label)) for key, entry in styles.items()])
        self._summary = QLabel()
        self._summary.setProperty("role", "muted")
        self._summary.setWordWrap(True)
        self._theme = _combo([(key, translate(theme.label)) for key, theme in THEMES.items()])
        self._legend = QCheckBox(self.tr("Legend"))
        self._transparent = QCheckBox(self.tr("Transparent ground"))
        self._kind = _combo(
            [
                ("svg", self.tr("SVG – to edit further")),
                ("pdf", self.tr("PDF – for LaTeX and print")),
                ("png", self.tr("PNG – for slides")),
            ]
        )
        self._scale = QDoubleSpinBox()
        self._scale.setRange(LEAST_SCALE, MOST_SCALE)
        self._scale.setDecimals(1)
        self._scale.setSingleStep(0.5)
        self._scale.setSuffix(self.tr(" ×"))
        self._measures = QLabel()
        self._measures.setProperty("role", "muted")

    def _connect_fields(self) -> None:
        self._preview.resized.connect(self._ask)
        for combo in (self._style, self._theme, self._kind):
            combo.currentIndexChanged.connect(self._on_chosen)
        for box in (self._legend, self._transparent):
            box.toggled.connect(self._on_chosen)
        self._scale.valueChanged.connect(self._on_chosen)

    def _make_buttons(self) -> None:
        self._copy = QPushButton(self.tr("&Copy"))
        self._copy.setToolTip(self.tr("Puts the figure on the clipboard, as SVG and as PNG"))
        self._copy.clicked.connect(self._on_copy)
        self._save = QPushButton(self.tr("&Save…"))
        self._save.setProperty("accent", True)
        self._save.setDefault(True)
        self._save.clicked.connect(self._on_save)
        self._close = QPushButton(self.tr("Close"))
        self._close.clicked.connect(self.reject)

    def _place(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.addRow(self.tr("Style"), self._style)
        form.addRow(self._summary)
        form.addRow(self.tr("Colors"), self._theme)
        form.addRow("", self._legend)
        form.addRow("", self._transparent)
        form.addRow(self.tr("Format"), self._kind)
        form.addRow(self.tr("Size"), self._scale)
        form.addRow("", self._measures)
        buttons = QHBoxLayout()
        for button in (self._close, self._copy, self._save):
            buttons.addWidget(button)
        side = QWidget()
        side.setFixedWidth(_FORM)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addStretch(1)
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 20, 20, 20)
        row.setSpacing(20)
        row.addWidget(self._preview, 1)
        row.addWidget(side)

    def _show_choices(self) -> None:
        chosen = self._choices
        for combo, key in ((self._style, chosen.style), (self._theme, chosen.theme), (self._kind, chosen.kind)):
            combo.setCurrentIndex(combo.findData(key))
        self._legend.setChecked(chosen.legend)
        self._transparent.setChecked(chosen.transparent)
        self._scale.setValue(chosen.scale)
        self._summary.setText(translate(styles[chosen.style].info.summary))

    def _on_chosen(self) -> None:
        self._choices = Choices(
            style=self._style.currentData(),
            theme=self._theme.currentData(),
            kind=self._kind.currentData(),
            scale=self._scale.value(),
            legend=self._legend.isChecked(),
            transparent=self._transparent.isChecked(),
        )
        self._summary.setText(translate(styles[self._choices.style].info.summary))
        self._ask()

    def _ask(self) -> None:
        """Have the figure drawn anew; what was asked for before and has not begun is no longer wanted."""
        if self._asked is not None:
            self._asked.cancel()
        work = partial(_sketched, self._project, self._choices, self._preview.room)
        self._asked = self._background.do(work, self._on_sketched)

    def _on_sketched(self, future: Future[_Sketch]) -> None:
        sketch = future.result()
        if future is self._asked:
            self._sketch = sketch
            self._preview.show_image(sketch.image)
            self._show_measures(sketch.drawing)

    def _show_measures(self, drawing: Drawing) -> None:
        width, height = (length * self._choices.scale for length in drawing.page[2:])
        if self._choices.kind == "png":
            said = self.tr("{width} × {height} pixels").format(width=f"{width:,.0f}", height=f"{height:,.0f}")
        else:
            said = self.tr("{width} × {height} cm").format(
                width=f"{width * _CENTIMETERS:.1f}", height=f"{height * _CENTIMETERS:.1f}"
            )
        self._measures.setText(said)

    def _on_save(self) -> None:
        kind = self._choices.kind
        dialog = QFileDialog(
            self, self.tr("Save the figure"), str(self._suggested.parent), f"{kind.upper()} (*.{kind})"
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(f"{self._suggested.name}.{kind}")
        if dialog.exec():
            path = Path(dialog.selectedFiles()[0])
            self._suggested = path.with_suffix("")
            self._work(partial(_saved, self._project, self._choices, path), self._on_saved)

    def _on_copy(self) -> None:
        self._work(partial(_copied, self._project, self._choices), self._on_copied)

    def _work(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Have something done that is waited for."""
        self._copy.setEnabled(False)
        self._save.setEnabled(False)
        self.setCursor(Qt.CursorShape.BusyCursor)
        self._background.do(work, partial(self._on_worked, then))

    def _on_worked(self, then: Callable[[Any], None], future: Future[Any]) -> None:
        self._copy.setEnabled(True)
        self._save.setEnabled(True)
        self.unsetCursor()
        try:
            then(future.result())
        except UserError as error:
            QMessageBox.warning(self, self.tr("ANN Studio"), translate(error.message))

    def _on_saved(self, nothing: None) -> None:
        self.accept()

    def _on_copied(self, copied: tuple[bytes, QImage]) -> None:
        svg, image = copied
        data = QMimeData()
        data.setData("image/svg+xml", QByteArray(svg))
        data.setImageData(image)
        QGuiApplication.clipboard().setMimeData(data)
        self._copy.setText(self.tr("Copied"))


def _combo(entries: Sequence[tuple[str, str]]) -> QComboBox:
    combo = QComboBox()
    for key, label in entries:
        combo.addItem(label, key)
    return combo


def _drawn(project: Project, choices: Choices) -> Drawing:
    return draw(project, choices.style, legend=choices.legend, translate=translate)


def _sketched(project: Project, choices: Choices, room: tuple[int, int]) -> _Sketch:
    """Return the figure with an image of it that fits into so many pixels."""
    drawing = _drawn(project, choices)
    scale = min(room[0] / drawing.page.width, room[1] / drawing.page.height, _LARGEST)
    return _Sketch(drawing, image_of(drawing, THEMES[choices.theme], scale, transparent=choices.transparent))


def _content(project: Project, choices: Choices) -> bytes:
    drawing, theme = _drawn(project, choices), THEMES[choices.theme]
    return encoded(drawing, theme, choices.kind, choices.scale, transparent=choices.transparent)


def _saved(project: Project, choices: Choices, path: Path) -> None:
    replace_content(path, _content(project, choices))


def _copied(project: Project, choices: Choices) -> tuple[bytes, QImage]:
    """Return the figure as SVG and as an image, for programs that take either."""
    image = image_of(_drawn(project, choices), THEMES[choices.theme], choices.scale, transparent=choices.transparent)
    return _content(project, replace(choices, kind="svg")), image
