"""The list of all that the critic finds."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annstudio.project.critic import Finding, Severity
from annstudio.ui.document import Document
from annstudio.ui.icons import icon
from annstudio.ui.inspector.notes import label
from annstudio.ui.problems.row import ProblemRow
from annstudio.ui.scrolling import scrolling
from annstudio.ui.theme import theme_of

_MOST = 40
"""So many rows are shown: whoever mends these will see the others."""
_ICON = 16


class ProblemsPanel(QFrame):
    """A row for each finding, the gravest first; it follows every edit and stays open until it is closed.

    Args:
        document: what fixes are applied to.
    """

    layer_chosen = Signal(str)
    """(node id): the user wants to see the layer that a finding is about."""
    setting_chosen = Signal(str, str)
    """(owner, key): the user wants to see this setting."""
    close_clicked = Signal()
    left = Signal()
    """Escape was pressed: the keyboard goes back to where it came from."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._rows: list[ProblemRow] = []
        self._findings: tuple[Finding, ...] = ()
        self._current = 0
        self.setProperty("role", "panel")
        self.setAccessibleName(self.tr("Problems"))
        self.setMinimumWidth(220)
        self._count, self._nothing, self._more = label("muted"), label("muted"), label("muted")
        self._nothing.setText(self.tr("No problems found. Whatever an edit brings about is listed here at once."))
        self._close, self._sign, self._well = QToolButton(), QLabel(), QWidget()
        self._list = QVBoxLayout()
        self._lay_out()
        self.show_findings(())

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """List these; what was selected stays so, as long as it is found."""
        before = self._findings[self._current] if self._current < len(self._findings) else None
        self._findings = tuple(findings)
        shown = self._findings[:_MOST]
        while len(self._rows) < len(shown):
            self._add_row()
        for row, finding in zip(self._rows, shown, strict=False):
            row.show_finding(finding)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(shown))
        self._show_texts()
        self._make_current(_place_of(before, shown, self._current))
        # At once: a busy moment would show the new texts in the old places.
        self._whole.activate()

    def take_focus(self) -> None:
        """Move the keyboard to the selected row, or to the button that closes the list."""
        row = self._rows[self._current] if self._findings else self._close
        row.setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:
        """Be wide enough for a sentence in four lines."""
        return QSize(290, 360)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._renew_icons()

    def _lay_out(self) -> None:
        heading = label("heading")
        heading.setText(self.tr("Problems"))
        heading.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        heading.setWordWrap(False)
        self._close.setProperty("role", "quiet")
        self._close.setAccessibleName(self.tr("Close the list of problems"))
        self._close.setToolTip(self._close.accessibleName())
        self._close.clicked.connect(self.close_clicked)
        self._renew_icons()
        head = QHBoxLayout()
        head.setContentsMargins(14, 7, 8, 4)
        head.setSpacing(8)
        head.addWidget(heading)
        head.addWidget(self._count, 1)
        head.addWidget(self._close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._scrolling(), 1)

    def _scrolling(self) -> QScrollArea:
        """Return the area that the rows are in."""
        content = QWidget()
        self._whole = column = QVBoxLayout(content)
        column.setContentsMargins(6, 0, 6, 8)
        column.setSpacing(2)
        self._list.setSpacing(2)
        column.addLayout(self._list)
        row = QHBoxLayout(self._well)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._nothing, 1)
        self._more.setContentsMargins(8, 2, 8, 2)
        column.addWidget(self._well)
        column.addWidget(self._more)
        column.addStretch(1)
        self._area = scrolling(content)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return self._area

    def _add_row(self) -> None:
        row = ProblemRow(self._document, listed=True)
        row.entered.connect(self._on_entered)
        row.chosen.connect(self._on_chosen)
        row.stepped.connect(self._on_stepped)
        self._rows.append(row)
        self._list.addWidget(row)

    def _show_texts(self) -> None:
        rest = len(self._findings) - _MOST
        self._well.setVisible(not self._findings)
        self._more.setVisible(rest > 0)
        self._more.setText(self.tr("and {count} more").format(count=rest))
        self._count.setText(self._counted())

    def _counted(self) -> str:
        """Return how many there are of each kind."""
        numbers = {level: sum(found.severity is level for found in self._findings) for level in Severity}
        words = {
            Severity.ERROR: (self.tr("1 error"), self.tr("{count} errors")),
            Severity.WARNING: (self.tr("1 warning"), self.tr("{count} warnings")),
            Severity.NOTE: (self.tr("1 note"), self.tr("{count} notes")),
        }
        parts = (words[level][number > 1].format(count=number) for level, number in numbers.items() if number)
        return " · ".join(parts)

    def _make_current(self, place: int) -> None:
        self._current = place
        for other, row in enumerate(self._rows[: len(self._findings)]):
            row.set_open(other == place)

    def _renew_icons(self) -> None:
        theme = theme_of(self.palette())
        self._close.setIcon(icon("x", theme.muted))
        self._close.setIconSize(QSize(_ICON, _ICON))
        self._sign.setPixmap(icon("circle-check", theme.ok).pixmap(_ICON, _ICON))

    def _on_entered(self, row: ProblemRow) -> None:
        self._make_current(self._rows.index(row))
        self._area.ensureWidgetVisible(row)

    def _on_chosen(self, row: ProblemRow) -> None:
        self._make_current(self._rows.index(row))
        finding = self._findings[self._current]
        if finding.node is not None:
            self.layer_chosen.emit(finding.node)
        if finding.setting is not None:
            self.setting_chosen.emit(*finding.setting)

    def _on_stepped(self, row: ProblemRow, by: int) -> None:
        place = self._rows.index(row) + by
        if 0 <= place < min(len(self._findings), _MOST):
            self._rows[place].setFocus(Qt.FocusReason.TabFocusReason)


def _place_of(before: Finding | None, findings: Sequence[Finding], place: int) -> int:
    """Return where a finding is now; where it is gone, the one that has taken its place."""
    same = (
        other
        for other, finding in enumerate(findings)
        if before is not None and (finding.rule, finding.node) == (before.rule, before.node)
    )
    return next(same, max(0, min(place, len(findings) - 1)))
