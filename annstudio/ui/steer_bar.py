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
        tips: of go, step and reset, without their keys.
    """

    run_clicked = Signal()
    """Go, or pause (Space)."""
    step_clicked = Signal()
    """One step on (N)."""
    reset_clicked = Signal()
    """From the beginning (R)."""

    def __init__(self, go: str, tips: tuple[str, str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._go, self._running = go, False
        self._icons: dict[QPushButton, str] = {}
        self._keys: dict[str, QPushButton] = {}
        run, step, reset = tips
        self.run = self._steering(go, run, self.tr("Space"), "Space", "play")
        self.run.clicked.connect(self.run_clicked)
        self.run.setProperty("accent", True)
        self.run.setMinimumWidth(92)
        self.step = self._steering(self.tr("Step"), step, "N", "N", "step-forward")
        self.step.clicked.connect(self.step_clicked)
        self.reset = self._steering(self.tr("Reset"), reset, "R", "R", "rotate-ccw")
        self.reset.clicked.connect(self.reset_clicked)

    def add_shortcuts(self, room: QWidget) -> None:
        """Let keys do in a room what the buttons do."""
        for key, button in self._keys.items():
            shortcut = QShortcut(QKeySequence(key), room)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)

    def show_running(self, running: bool) -> None:
        """Show whether it goes on."""
        self._running = running
        self.run.setText(self.tr("Pause") if running else self._go)
        self._icons[self.run] = "pause" if running else "play"
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

    def _steering(self, text: str, tip: str, key_name: str, key: str, picture: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(f"{tip} ({key_name})")
        button.setFixedHeight(HEIGHT)
        self._icons[button], self._keys[key] = picture, button
        return button

    def _color(self) -> None:
        theme = theme_of(self.palette())
        for button, picture in self._icons.items():
            button.setIcon(icon(picture, theme.on_accent if button is self.run else theme.muted))


class ReversibleBar(SteerBar):
    """Such a bar for what can be taken back, step by step.

    Args:
        go: the name of what is let go.
        tips: of go, step, back and reset, without their keys.
    """

    back_clicked = Signal()
    """One step back (B)."""

    def __init__(self, go: str, tips: tuple[str, str, str, str], parent: QWidget | None = None) -> None:
        run, step, back, reset = tips
        super().__init__(go, (run, step, reset), parent)
        self.back = self._steering(self.tr("Back"), back, "B", "B", "step-back")
        self.back.clicked.connect(self.back_clicked)


def show_text(button: QPushButton, text: str, shown: bool) -> None:
    """Show a button with its text, or as an icon alone."""
    button.setText(text if shown else "")
    button.setAccessibleName(text)


def dice_button(tip: str, parent: QWidget) -> QPushButton:
    """Return a button that asks for other random numbers; its icon has to be colored."""
    button = QPushButton(parent)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFixedHeight(HEIGHT)
    return button


def color_dice(button: QPushButton) -> None:
    """Give such a button its icon in the theme's color."""
    button.setIcon(icon("dices", theme_of(button.palette()).muted))
