"""Points to drag, and the lines that three losses draw through them."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QFormLayout, QHeaderView, QPushButton, QTableWidget, QTableWidgetItem, QWidget

from annstudio.core.errors import UserError
from annstudio.core.params import Real, Value
from annstudio.engine.losses import losses
from annstudio.labs.losses.outliers import Line, best, cost, point_losses, starting_points
from annstudio.ui.choice_box import choice_box
from annstudio.ui.inspector.fields import NumberField
from annstudio.ui.page_parts import label, page_layout, swatch
from annstudio.ui.racing.colors import racer_color
from annstudio.ui.translate import translate
from annstudio.ui.views.frame import Axis, Frame, fit_frame, paint_axes
from annstudio.ui.views.numerals import figure, short_figure
from annstudio.ui.views.painting import picture_painter
from annstudio.ui.views.view import Picture

KEYS = ("mse", "mae", "huber")
_X, _Y = (-3.2, 3.2), (-4.5, 4.5)
_NEAR = 12.0
_NUDGE = 0.1
_APART = 0.02
"""Points cannot come nearer in x: a line through two points of one x stands upright."""
_STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DashDotLine)


class OutliersPicture(Picture):
    """Drag a point, or move it by the arrow keys; Page up and down go to the next."""

    fitted = Signal()
    """All lines have been drawn anew, or another point is selected."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 120)
        self.xs, self.ys = starting_points()
        self.selected, self._held = len(self.xs) - 1, False
        self.shown = 0
        self.delta = 1.0
        self.lines: dict[str, Line] = {}
        self.fit()

    def fit(self) -> None:
        """Draw all lines through the points as they are."""
        self.lines = {key: best(key, self.xs, self.ys, self.delta) for key in KEYS}
        self.fitted.emit()
        self.update()

    def move_selected(self, x: float, y: float) -> None:
        """Move the selected point there, and fit anew."""
        others = np.delete(self.xs, self.selected)
        nearest = others[np.abs(others - x).argmin()]
        if abs(nearest - x) < _APART:
            x = float(nearest + (_APART if x >= nearest else -_APART))
        self.xs[self.selected] = min(max(x, _X[0]), _X[1])
        self.ys[self.selected] = min(max(y, _Y[0]), _Y[1])
        self.fit()

    def frame(self) -> Frame:
        """Return where the axes run."""
        return fit_frame(QRectF(self.rect()).adjusted(4, 4, -4, -4), Axis("x", *_X), Axis("y", *_Y))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a point."""
        super().mousePressEvent(event)
        frame = self.frame()
        far = [QLineF(frame.point(*p), event.position()).length() for p in zip(self.xs, self.ys, strict=True)]
        if min(far) < _NEAR:
            self.selected, self._held = int(np.argmin(far)), True
            self.fitted.emit()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        if self._held:
            self.move_selected(*self.frame().values(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        super().mouseReleaseEvent(event)
        self._held = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the selected point, or select another one."""
        moves = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        key = Qt.Key(event.key())
        if key in moves:
            dx, dy = moves[key]
            self.move_selected(self.xs[self.selected] + dx * _NUDGE, self.ys[self.selected] + dy * _NUDGE)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.selected = (self.selected + (1 if key is Qt.Key.Key_PageDown else -1)) % len(self.xs)
            self.fitted.emit()
            self.update()
        else:
            super().keyPressEvent(event)

    def paint_picture(self) -> None:
        """Paint lines, residuals and points."""
        frame = self.frame()
        with picture_painter(self) as painter:
            paint_axes(painter, self.theme, frame, grid=True)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(frame.area)
            self._paint_residuals(painter, frame)
            for number, key in enumerate(KEYS):
                line = self.lines[key]
                painter.setPen(QPen(racer_color(number), 3.2 if number == self.shown else 2.0, _STYLES[number]))
                ends = [frame.point(x, line.w * x + line.b) for x in _X]
                painter.drawLine(QLineF(*ends))
            for number, (x, y) in enumerate(zip(self.xs, self.ys, strict=True)):
                self._paint_point(painter, frame.point(x, y), number == self.selected)

    def _paint_residuals(self, painter: QPainter, frame: Frame) -> None:
        """Paint what the selected loss counts: squares over the residuals, or their lengths."""
        key = KEYS[self.shown]
        line, color = self.lines[key], racer_color(self.shown)
        for x, y in zip(self.xs, self.ys, strict=True):
            point, foot = frame.point(x, y), frame.point(x, line.w * x + line.b)
            squared = key == "mse" or (key == "huber" and abs(line.w * x + line.b - y) <= self.delta)
            if squared:
                color.setAlphaF(0.16)
                side = abs(point.y() - foot.y())
                painter.fillRect(QRectF(point.x(), min(point.y(), foot.y()), side, side), color)
            color.setAlphaF(0.75)
            painter.setPen(QPen(color, 1.4))
            painter.drawLine(point, foot)

    def _paint_point(self, painter: QPainter, spot: QPointF, selected: bool) -> None:
        painter.setPen(QPen(self.theme.color("card"), 1.6))
        painter.setBrush(self.theme.color("ink"))
        painter.drawEllipse(spot, 6.5, 6.5)
        if selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.theme.color("accent"), 2))
            painter.drawEllipse(spot, 11, 11)


class OutliersPage(QWidget):
    """The picture, and the three lines in numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = OutliersPicture(self.tr("Points, and the lines of three losses"))
        self.picture.setToolTip(self.tr("Drag a point far away, or move the selected one by the arrow keys"))
        names = [(translate(losses[key].info.label), key) for key in KEYS]
        self.shown = choice_box(names, self.tr("Whose residuals are drawn"), self)
        self.shown.activated.connect(self._on_shown)
        self._delta_param = next(each for each in losses["huber"].info.params if isinstance(each, Real))
        self.delta = NumberField(self._delta_param)
        self.delta.show_value(self.picture.delta)
        self.delta.entered.connect(self._on_delta)
        form = QWidget()
        rows = QFormLayout(form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addRow(self.tr("Residuals of"), self.shown)
        rows.addRow(self.tr("Huber's δ"), self.delta)
        self._told = label("error")
        self.table = QTableWidget(len(KEYS), 5, self)
        self.table.setHorizontalHeaderLabels(["", "w", "b", self.tr("its cost J"), self.tr("loss ℓ")])
        self.table.setToolTip(self.tr("ℓ is the loss of the selected point alone; J is the mean over all"))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.table.setShowGrid(False)
        self.table.setFixedHeight(128)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        back = QPushButton(self.tr("Points as they were"), self)
        back.clicked.connect(self._on_back)
        title = label("title", self.tr("One point far away"))
        about = label(
            "muted",
            self.tr(
                "Squares grow fast: MSE lets one far point pull the whole line. MAE counts lengths, and Huber's loss"
            )
            + " "
            + self.tr("squares only what is nearer than δ."),
        )
        self.point = label("muted")
        page_layout(self, self.picture, title, about, form, self._told, self.table, self.point, back)
        self.picture.fitted.connect(self._show)
        self._show()

    def _on_shown(self) -> None:
        self.picture.shown = self.shown.currentIndex()
        self.picture.update()

    def _on_delta(self, typed: Value) -> None:
        try:
            self.picture.delta = float(self._delta_param.check(typed))
        except UserError as error:
            self.delta.show_refusal()
            self._told.setText(translate(error.message))
            return
        self._told.setText("")
        self.delta.show_value(self.picture.delta)
        self.picture.fit()

    def _on_back(self) -> None:
        self.picture.xs, self.picture.ys = starting_points()
        self.picture.fit()

    def _show(self) -> None:
        """Show the lines in numbers."""
        picture = self.picture
        for row, key in enumerate(KEYS):
            line = picture.lines[key]
            judged = (key, line, picture.xs, picture.ys, picture.delta)
            numbers = (line.w, line.b, cost(*judged), float(point_losses(*judged)[picture.selected]))
            # What its name has in parentheses is short enough for a narrow window.
            whole = translate(losses[key].info.label)
            texts = (whole.rpartition("(")[2].rstrip(")"), *map(figure, numbers))
            for column, text in enumerate(texts):
                item = self.table.item(row, column)
                if item is None:
                    item = QTableWidgetItem()
                    if column == 0:
                        item.setIcon(swatch(row))
                        item.setToolTip(whole)
                    self.table.setItem(row, column, item)
                item.setText(text)
        said = self.tr("ℓ is the loss of the ringed point alone, at x = {x}, y = {y}; J is the mean over all {count}.")
        x, y = (short_figure(round(float(each[picture.selected]), 2)) for each in (picture.xs, picture.ys))
        self.point.setText(said.format(x=x, y=y, count=len(picture.xs)))
