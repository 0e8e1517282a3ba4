"""The title row of a view: title, caption or legend, and small switches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QComboBox, QHBoxLayout, QLabel, QMenu, QSizePolicy, QWidget

from annstudio.ui.fonts import text_font
from annstudio.ui.theme import theme_of
from annstudio.ui.views.painting import paint_mark

HEIGHT = 26
_DISABLED = 0.45
_CAPTION_PIXELS = 12
_LEAST_BOX = 80
_LINE_SAMPLE, _MARK_SAMPLE = 15, 9
_GAP = 5


@dataclass(frozen=True)
class Key:
    """One entry of a legend.

    Args:
        text: what the line means.
        color: of the line or mark in front of it; None for words alone.
        dashed: how the line is drawn.
        width: of the line, in pixels.
        mark: number of the class whose mark is drawn instead of a line.
        short: what it is called where there is no room for the text; empty if there is nothing shorter.
    """

    text: str
    color: QColor | None = None
    dashed: bool = False
    width: float = 2.0
    mark: int | None = None
    short: str = ""


class Header(QWidget):
    """Bold title at the start, muted caption behind it, switches at the end."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._title = QLabel()
        self._title.setFont(text_font(weight=QFont.Weight.DemiBold))
        self._caption = Caption()
        self._yielding: Switch | None = None
        self._row.addWidget(self._title)
        self._row.addWidget(self._caption, 1)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Show another title; an empty one gives its place away."""
        self._title.setText(title)
        self._title.setVisible(bool(title))

    def set_caption(self, *keys: Key) -> None:
        """Show these behind the title, as far as there is room."""
        self._caption.set_keys(keys)
        self._make_room()

    def yield_to_legend(self, switch: "Switch") -> None:
        """Leave this switch out where there is room for the legend only without it."""
        self._yielding = switch

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find anew what there is room for."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        switch = self._yielding
        if switch is None:
            return
        self._row.activate()
        taken, room = switch.sizeHint().width() + self._row.spacing(), self._caption.width()
        alone = room if switch.isHidden() else room + taken
        switch.setHidden(alone - taken < self._caption.least <= alone)

    def add_switch(self, text: str, tip: str, toggled: Callable[[bool], None]) -> "Switch":
        """Add a button that is on or off, at the end of the row."""
        switch = Switch(text, tip)
        switch.toggled.connect(toggled)
        self._row.addWidget(switch)
        return switch

    def add_button(self, text: str, tip: str, clicked: Callable[[], None]) -> "Switch":
        """Add a button that does something, at the end of the row."""
        button = Switch(text, tip)
        button.setCheckable(False)
        button.clicked.connect(clicked)
        self._row.addWidget(button)
        return button

    def fill_box(self, box: QComboBox, texts: Sequence[str], chosen: int) -> None:
        """Offer these in a list of add_box, one of them chosen."""
        with QSignalBlocker(box):
            if list(texts) != [box.itemText(number) for number in range(box.count())]:
                box.clear()
                box.addItems(texts)
                # At once: the row is painted before it would hear of the new width.
                box.updateGeometry()
                self._row.activate()
            box.setCurrentIndex(chosen)

    def add_menu(self, name: str, entries: Sequence[str]) -> tuple["Switch", list[QAction]]:
        """Add a button at the end of the row, with a menu of what can be on or off.

        Args:
            name: of the button, for its tip.
            entries: the text of each.

        Returns:
            The button, and the entries.
        """
        button = Switch("⋯", name)
        button.setCheckable(False)
        button.setAccessibleName(name)
        menu = QMenu(button)
        actions = [menu.addAction(text) for text in entries]
        for action in actions:
            action.setCheckable(True)
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        self._row.addWidget(button)
        return button, actions

    def add_box(self, name: str, chosen: Callable[[int], None]) -> QComboBox:
        """Add a list to choose from, in front of the title: for more choices than there is room for."""
        box = QComboBox()
        box.setAccessibleName(name)
        box.setProperty("role", "small")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMinimumWidth(_LEAST_BOX)
        box.setFont(text_font(_CAPTION_PIXELS))
        box.activated.connect(chosen)
        self._row.insertWidget(0, box)
        return box

    def add_choice(self, texts: Sequence[str], chosen: Callable[[int], None]) -> list["Switch"]:
        """Add buttons of which one is on, in front of the title."""
        group = QButtonGroup(self)
        switches = [Switch(text, "") for text in texts]
        for number, switch in enumerate(switches):
            group.addButton(switch, number)
            self._row.insertWidget(number, switch)
        switches[0].setChecked(True)
        group.idClicked.connect(chosen)
        return switches


class Caption(QWidget):
    """Muted words with samples of the lines they mean.

    Where there is no room, plain words are left out from the end, and names get shorter. The samples are all there or
    none is: half of a legend would say that there is no other half. The tool tip has everything.
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Key, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setFont(text_font(_CAPTION_PIXELS))

    def set_keys(self, keys: Sequence[Key]) -> None:
        """Show these, those with a sample first; nothing is repainted where they are the same."""
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self.setToolTip(" · ".join(key.text for key in keys))
            self.setAccessibleName(self.toolTip())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the keys from the start of the row."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            at = 0.0
            for key, text in self.shown():
                at = self._paint_key(painter, key, text, at)

    def shown(self) -> list[tuple[Key, str]]:
        """Return the entries that there is room for, each with its text, its short name or what is left of it."""
        samples = sum(key.color is not None for key in self._keys)
        for count in range(len(self._keys), max(samples, 1) - 1, -1):
            keys = self._keys[:count]
            for texts in ([key.text for key in keys], [key.short or key.text for key in keys]):
                if self._needed(keys, texts) <= self.width():
                    return list(zip(keys, texts, strict=True))
        return self._cut(self._keys[:samples] if samples else self._keys)

    @property
    def least(self) -> int:
        """The width in which the legend is whole, with its short names."""
        keys = [key for key in self._keys if key.color is not None]
        return self._needed(keys, [key.short or key.text for key in keys])

    def _cut(self, keys: Sequence[Key]) -> list[tuple[Key, str]]:
        """Return the entries with equally much of each text; nothing where that would be too little to tell."""
        metrics = QFontMetrics(self.font())
        room = (self.width() - self._needed(keys, [""] * len(keys))) // max(1, len(keys))
        if room < metrics.horizontalAdvance("mm…"):
            return []
        return [(key, metrics.elidedText(key.text, Qt.TextElideMode.ElideRight, room)) for key in keys]

    def _needed(self, keys: Sequence[Key], texts: Sequence[str]) -> int:
        metrics = QFontMetrics(self.font())
        widths = [
            _sample_width(key) + metrics.horizontalAdvance(text) + 1 for key, text in zip(keys, texts, strict=True)
        ]
        return sum(widths) + 2 * _GAP * (len(widths) - 1)

    def _paint_key(self, painter: QPainter, key: Key, text: str, at: float) -> float:
        """Paint one key `at` pixels from the start; return where the next goes."""
        sample = _sample_width(key)
        if key.color is not None:
            _paint_sample(painter, key, key.color, self._placed(at, sample - _GAP))
        width = QFontMetrics(self.font()).horizontalAdvance(text) + 1.0
        painter.setPen(theme_of(self.palette()).color("muted"))
        painter.drawText(self._placed(at + sample, width), Qt.AlignmentFlag.AlignVCenter, text)
        return at + sample + width + 2 * _GAP

    def _placed(self, at: float, width: float) -> QRectF:
        """Return a rectangle so far from the start of the row: the right, in right-to-left languages."""
        left = at if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else self.width() - at - width
        return QRectF(left, 0, width, self.height())


def _sample_width(key: Key) -> int:
    if key.color is None:
        return 0
    return _GAP + (_LINE_SAMPLE if key.mark is None else _MARK_SAMPLE)


def _paint_sample(painter: QPainter, key: Key, color: QColor, place: QRectF) -> None:
    middle = QPointF(place.center().x(), place.center().y() + 1)
    if key.mark is None:
        painter.setPen(QPen(color, key.width, Qt.PenStyle.DashLine if key.dashed else Qt.PenStyle.SolidLine))
        painter.drawLine(QPointF(place.left(), middle.y()), QPointF(place.right(), middle.y()))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        paint_mark(painter, key.mark, middle, _MARK_SAMPLE / 2)


class Switch(QAbstractButton):
    """A small word that is on or off, or that is just pressed."""

    def __init__(self, text: str, tip: str) -> None:
        super().__init__()
        self.setText(text)
        self.setToolTip(tip)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of the word at its boldest, so that switching moves nothing."""
        metrics = QFontMetrics(text_font(_CAPTION_PIXELS, QFont.Weight.DemiBold))
        return QSize(metrics.horizontalAdvance(self.text()) + 12, HEIGHT - 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the word, on a soft ground when it is on, with a ring when it has the focus."""
        theme, on = theme_of(self.palette()), self.isChecked()
        shape = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("accent"), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
            lit = on or self.underMouse()
            painter.setBrush(theme.color("accent_soft", 1.0 if on else 0.5) if lit else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(shape, 6, 6)
            painter.setFont(text_font(_CAPTION_PIXELS, QFont.Weight.DemiBold if on else QFont.Weight.Normal))
            painter.setPen(theme.color("accent" if on else "muted", 1.0 if self.isEnabled() else _DISABLED))
            painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, self.text())
