"""The scrubber: the whole run under one handle."""

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
    QWidget,
)

from annstudio.training.snapshot import Past, Snapshot
from annstudio.ui.actions import Actions
from annstudio.ui.fonts import text_font
from annstudio.ui.icons import icon
from annstudio.ui.theme import theme_of

_WIDTH = 170
_PLACES = 10_000
_FAR = 10
_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -_FAR,
    Qt.Key.Key_PageUp: _FAR,
    Qt.Key.Key_Home: -_PLACES,
    Qt.Key.Key_End: _PLACES,
}
_NOTCH = 120
"""What Qt tells of one notch of a wheel."""


class TimeBar(QWidget):
    """Shows where in its past a run is shown, and leads there."""

    step_wanted = Signal(int)
    """(step): the run is to be shown as it was there; one of Past.steps."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said: object = None
        self.slider = _TimeSlider(self)
        self.slider.setAccessibleName(self.tr("Time of the run"))
        self.slider.chosen.connect(self.step_wanted)
        self.label = QLabel(self)
        self.label.setFont(text_font(11))
        self.label.setFixedWidth(_WIDTH)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.latest = self._button(self.tr("Back to the latest"), self.tr("Back to the latest (Ctrl+F9)"))
        self.latest.clicked.connect(actions.latest.trigger)
        tip = self.tr("Pin this moment, to see it beside others (Ctrl+Shift+P)")
        self.pin = self._button(self.tr("Pin this moment"), tip)
        self.pin.clicked.connect(actions.pin.trigger)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(2)
        layout.setVerticalSpacing(0)
        layout.addWidget(self.label, 0, 0)
        layout.addWidget(self.slider, 1, 0)
        layout.addWidget(self.latest, 1, 1)
        layout.addWidget(self.pin, 1, 2)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_snapshot(None)
        self._color_icons()

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show where in its past this run stands."""
        past = snapshot.past if snapshot is not None else Past()
        self.slider.show_past(past)
        self.latest.setEnabled(past.behind)
        self.pin.setEnabled(bool(past.steps))
        moment = ""
        if snapshot is not None and past.behind:
            told = self.tr("epoch {epoch} of {last}")
            moment = told.format(epoch=f"{snapshot.epoch:,}", last=f"{past.epochs[-1]:,}")
        self._say(moment, past)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._color_icons()

    def _say(self, moment: str, past: Past) -> None:
        """Tell the moment of the past that is shown, or what the slider is for."""
        reaches = len(past.steps) > 1
        if (moment, reaches) == self._said:
            return
        self._said = moment, reaches
        self.label.setText(moment or self.tr("Rewind"))
        self.label.setEnabled(reaches)
        self.slider.setAccessibleDescription(moment)
        self.slider.setToolTip(
            self.tr("Drag to see the run as it was; Run goes on from there")
            if reaches
            else self.tr("Once the network has trained, drag here to see the run as it was")
        )

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        return button

    def _color_icons(self) -> None:
        color = theme_of(self.palette()).muted
        self.latest.setIcon(icon("chevrons-right", color))
        self.pin.setIcon(icon("pin", color))


class _TimeSlider(QSlider):
    """A slider along the batches of a run that stands at kept moments only."""

    chosen = Signal(int)
    """(step) of the moment nearest to where the student has put the handle."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._past = Past()
        self._asked = 0
        """The step that the handle stands for."""
        self._wish: int | None = None
        """The same, from the moment that it is asked for until it is shown."""
        self.setRange(0, _PLACES)
        self.setFixedWidth(_WIDTH)
        # Time runs as on the axis of the plots.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.sliderMoved.connect(self._on_moved)
        self.sliderReleased.connect(self._stand)

    def show_past(self, past: Past) -> None:
        """Stand where the run is shown, unless the handle is held."""
        self._past = past
        self.setEnabled(len(past.steps) > 1)
        # What comes while a wish is on its way is from before it.
        on_its_way = self._wish is not None and past.behind and past.now != self._wish
        if not self.isSliderDown() and not on_its_way:
            self._asked, self._wish = past.now, None
            self._stand()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from moment to moment."""
        steps = _KEYS.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self._walk(steps)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go from moment to moment, up is later."""
        notches = round(event.angleDelta().y() / _NOTCH)
        if notches:
            self._walk(notches)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle to where the groove is clicked, rather than a page nearer."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        style, whole = self.style(), QStyle.ComplexControl.CC_Slider
        handle = style.subControlRect(whole, option, QStyle.SubControl.SC_SliderHandle, self)
        if event.button() == Qt.MouseButton.LeftButton and not handle.contains(event.position().toPoint()):
            room = self.width() - handle.width()
            way = event.position().toPoint().x() - handle.width() // 2
            place = QStyle.sliderValueFromPosition(0, _PLACES, way, room)
            self.setValue(place)
            self._on_moved(place)
        super().mousePressEvent(event)

    def _walk(self, moments: int) -> None:
        steps = self._past.steps
        if len(steps) < 2:
            return
        # Between two moments, after steps back, either neighbor is one step away.
        here = bisect_left(steps, self._asked) if moments < 0 else bisect_right(steps, self._asked) - 1
        self._choose(steps[max(0, min(here + moments, len(steps) - 1))])
        self._stand()

    def _on_moved(self, place: int) -> None:
        steps = self._past.steps
        wanted = steps[0] + place / _PLACES * (steps[-1] - steps[0])
        after = min(bisect_left(steps, wanted), len(steps) - 1)
        before = max(0, after - 1)
        self._choose(steps[before] if wanted - steps[before] < steps[after] - wanted else steps[after])

    def _choose(self, step: int) -> None:
        if step != self._asked:
            self._asked = self._wish = step
            self.chosen.emit(step)

    def _stand(self) -> None:
        """Put the handle where the step is that is shown, or has been asked for."""
        steps = self._past.steps
        if len(steps) < 2:
            self.setValue(0)
            return
        now = min(max(self._asked, steps[0]), steps[-1])
        self.setValue(round((now - steps[0]) / (steps[-1] - steps[0]) * _PLACES))
