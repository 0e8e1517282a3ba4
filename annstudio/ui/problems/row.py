"""One finding of the critic: what is wrong, why, and the button that mends it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from annstudio.project.critic import Finding, Severity, criticize
from annstudio.project.model import Project
from annstudio.project.names import title
from annstudio.ui.canvas.editor import Editor
from annstudio.ui.canvas.report import LEVELS
from annstudio.ui.document import Document
from annstudio.ui.icons import icon
from annstudio.ui.inspector.notes import label
from annstudio.ui.problems.fix_button import FixButton
from annstudio.ui.theme import FONT_PIXELS, RADIUS, theme_of
from annstudio.ui.translate import translate

_ICON = 16
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ProblemRow(QFrame):
    """Says it, and mends it by one undoable edit.

    In a list it is folded: it says why only where the keyboard or the mouse has come to.

    Args:
        document: what a fix is applied to.
        listed: it is one of a list, and names the layer that it is about if the sentence does not.

    Attributes:
        finding: what it shows.
        fix: the button.
    """

    entered = Signal(object)
    """(this row): the keyboard has come here."""
    chosen = Signal(object)
    """(this row): clicked, or Enter was pressed: the user wants to see what it is about."""
    stepped = Signal(object, int)
    """(this row, by): an arrow key asks for the next row, or the one before."""

    def __init__(self, document: Document, listed: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._listed = document, listed
        self._editor = Editor(document)
        self._editor.refused.connect(self._on_refused)
        self.finding: Finding | None = None
        self._open = not listed
        self._sign = QLabel()
        self._sign.setFixedSize(_ICON, _ICON)
        self._place, self._message, self._why, self._refusal = label("muted"), label(), label("muted"), label("error")
        self.fix = FixButton()
        self.fix.clicked.connect(partial(self._on_fix, 0))
        self.others: list[FixButton] = []
        self._lay_out()
        if listed:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            # It is painted again when the mouse comes and goes.
            self.setAttribute(Qt.WidgetAttribute.WA_Hover)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            for text in (self._place, self._message, self._why):
                # A click anywhere is one on the row.
                text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)

    def show_finding(self, finding: Finding) -> None:
        """Show this one."""
        if finding == self.finding:
            return
        self.finding = finding
        message, layer = translate(finding.message), _layer_name(self._document.project, finding.node)
        self._message.setText(message)
        self._place.setText(layer if self._listed and layer not in message else "")
        self._why.setText(translate(finding.why) if finding.why is not None else "")
        self._refusal.setText("")
        self.fix.show_label(translate(finding.fix.label) if finding.fix is not None else "")
        self._show_others([translate(other.label) for other in finding.others])
        self._renew_sign()
        self._show_parts()

    def set_open(self, open_: bool) -> None:
        """Say why, or fold that away."""
        self._open = open_
        self._show_parts()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard has come here."""
        super().focusInEvent(event)
        self.entered.emit(self)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame of the keyboard away."""
        super().focusOutEvent(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Be chosen."""
        if self._listed and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be chosen by Enter or Space, and leave by the arrows."""
        key = Qt.Key(event.key())
        if self._listed and key in _STEPS:
            self.stepped.emit(self, _STEPS[key])
        elif self._listed and key in _CHOOSING:
            self.chosen.emit(self)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._renew_sign()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of an open row, or of one under the mouse, and the frame of the keyboard."""
        theme, area = theme_of(self.palette()), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = theme.color(self._token(), 0.09) if self._open else theme.color("ink", 0.04)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("accent"), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(ground if self._open or self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, RADIUS, RADIUS)

    def _lay_out(self) -> None:
        font = self.font()
        font.setPixelSize(FONT_PIXELS - 1)
        for widget in (self._place, self._message, self._why, self.fix):
            widget.setFont(font)
        foot = QHBoxLayout()
        foot.addWidget(self.fix)
        foot.addStretch(1)
        self._place.setWordWrap(False)
        self._place.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        foot.addWidget(self._place)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        for widget in (self._message, self._why, self._refusal):
            texts.addWidget(widget)
        texts.addLayout(foot)
        self._more = QVBoxLayout()
        self._more.setSpacing(4)
        texts.addLayout(self._more)
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 6, 8, 7)
        grid.setHorizontalSpacing(8)
        grid.addWidget(self._sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(texts, 0, 1)
        grid.setColumnStretch(1, 1)

    def _show_others(self, labels: Sequence[str]) -> None:
        """Have a button for each of these."""
        while len(self.others) < len(labels):
            button = FixButton()
            button.setFont(self.fix.font())
            button.clicked.connect(partial(self._on_fix, len(self.others) + 1))
            self.others.append(button)
            self._more.addWidget(button)
        for number, button in enumerate(self.others):
            button.show_label(labels[number] if number < len(labels) else "")

    def _show_parts(self) -> None:
        for number, button in enumerate(self.others):
            button.setVisible(self._open and self.finding is not None and number < len(self.finding.others))
        self._place.setVisible(bool(self._place.text()))
        self._why.setVisible(self._open and bool(self._why.text()))
        self._refusal.setVisible(bool(self._refusal.text()))
        self._describe()

    def _describe(self) -> None:
        """Tell a screen reader all that is to be seen here."""
        assert self.finding is not None
        words = {
            Severity.ERROR: self.tr("Error"),
            Severity.WARNING: self.tr("Warning"),
            Severity.NOTE: self.tr("Note"),
        }
        parts = (words[self.finding.severity], self._place.text(), self._message.text())
        self.setAccessibleName(": ".join(part for part in parts if part))
        self.setAccessibleDescription(self._why.text())

    def _token(self) -> str:
        assert self.finding is not None
        return LEVELS[self.finding.severity].value[1]

    def _renew_sign(self) -> None:
        if self.finding is not None:
            name, token = LEVELS[self.finding.severity].value
            color = theme_of(self.palette()).color(token).name()
            self._sign.setPixmap(icon(name, color).pixmap(_ICON, _ICON))

    def _on_fix(self, number: int) -> None:
        """Mend it as it is now: an edit may have left every word of a finding as it was, but not what mends it."""
        finding = self.finding
        if finding is not None and not finding.live:
            finding = next((other for other in criticize(self._document.project) if other == finding), None)
        fixes = (finding.fix, *finding.others) if finding is not None else ()
        if number < len(fixes) and (fix := fixes[number]) is not None:
            self._editor.mend(fix)

    def _on_refused(self, reason: str) -> None:
        self._refusal.setText(reason)
        self._show_parts()


def _layer_name(project: Project, node_id: str | None) -> str:
    return translate(title(project.design.node(node_id))) if node_id is not None else ""
