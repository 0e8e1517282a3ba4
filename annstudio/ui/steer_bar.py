"""What steers an experiment: go or pause, one step on, one step back, from the beginning."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from annstudio.ui.icons import icon
from annstudio.ui.theme import theme_of

HEIGHT = 32
"""Of what stands in such a bar."""


class SteerBar(QFrame):
    """A bar that begins with these buttons; whoever makes one puts them into its row.

    Args:
        go: the name of what is let go.
        tips: of go, step, back and reset, without their keys.
    """

    run_clicked = Signal()
    """Go, or pause (Space)."""
    step_clicked = Signal()
    """One step on (N)."""
    back_clicked = Signal()
    """One step back (B)."""
    reset_clicked = Signal()
    """From the beginning (R)."""

    def __init__(self, go: str, tips: tuple[str, str, str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._go, self._running = go, False
        run, step, back, reset = (f"{tip} ({key})" for tip, key in zip(tips, ("Space", "N", "B", "R"), strict=True))
        self.run = self._button(go, run, self.run_clicked)
        self.run.setProperty("accent", True)
        self.run.setMinimumWidth(92)
        self.step = self._button(self.tr("Step"), step, self.step_clicked)
        self.back = self._button(self.tr("Back"), back, self.back_clicked)
        self.reset = self._button(self.tr("Reset"), reset, self.reset_clicked)

    def add_shortcuts(self, room: QWidget) -> None:
        """Let keys do in a room what the buttons do."""
        signals = (self.run_clicked, self.step_clicked, self.back_clicked, self.reset_clicked)
        for key, signal in zip(("Space", "N", "B", "R"), signals, strict=True):
            shortcut = QShortcut(QKeySequence(key), room)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(signal)

    def show_running(self, running: bool) -> None:
        """Show whether it goes on."""
        self._running = running
        self.run.setText(self.tr("Pause") if running else self._go)
        self._color()

    def showEvent(self, event: QShowEvent) -> None:
        """Have icons in the theme's colors."""
        super().showEvent(event)
        self._color()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._color()

    def _button(self, text: str, tip: str, signal: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setFixedHeight(HEIGHT)
        button.clicked.connect(signal)
        return button

    def _color(self) -> None:
        theme = theme_of(self.palette())
        self.run.setIcon(icon("pause" if self._running else "play", theme.on_accent))
        self.step.setIcon(icon("step-forward", theme.muted))
        self.back.setIcon(icon("step-back", theme.muted))
        self.reset.setIcon(icon("rotate-ccw", theme.muted))


def show_text(button: QPushButton, text: str, shown: bool) -> None:
    """Show a button with its text, or as an icon alone."""
    button.setText(text if shown else "")
    button.setAccessibleName(text)
