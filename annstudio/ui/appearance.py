"""Light or dark: what the user chose, what the system says, and putting it on."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QSettings, Qt, QTemporaryDir, Signal
from PySide6.QtWidgets import QApplication

from annstudio.ui.icons import colored_svg
from annstudio.ui.style import GLYPHS, palette_of, style_sheet
from annstudio.ui.theme import DARK, LIGHT, Theme

_KEY = "appearance"


class Choice(StrEnum):
    """Where the theme comes from."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Appearance(QObject):
    """Puts the theme on the application and remembers the choice."""

    changed = Signal(object)
    """(theme: Theme), after the application has taken it on."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._glyphs = QTemporaryDir(QDir.tempPath() + "/annstudio-XXXXXX")
        self._theme: Theme | None = None
        self.choice = _remembered()
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._put_on()

    @property
    def theme(self) -> Theme:
        """The tokens in use."""
        if self.choice is Choice.SYSTEM:
            return DARK if self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self.choice is Choice.DARK else LIGHT

    def choose(self, choice: Choice) -> None:
        """Take the theme from here from now on."""
        self.choice = choice
        QSettings().setValue(_KEY, choice.value)
        self._put_on()

    def _on_scheme_changed(self) -> None:
        self._put_on()

    def _put_on(self) -> None:
        theme = self.theme
        if theme is self._theme:
            return
        self._theme = theme
        self._app.setPalette(palette_of(theme))
        self._app.setStyleSheet(style_sheet(theme, self._write_glyphs(theme)))
        self.changed.emit(theme)

    def _write_glyphs(self, theme: Theme) -> Path:
        """Write the small pictures that a style sheet can only take from files; return their folder."""
        folder = Path(self._glyphs.path(), "dark" if theme.dark else "light")
        folder.mkdir(exist_ok=True)
        for name, token in GLYPHS:
            (folder / f"{name}.svg").write_text(colored_svg(name, getattr(theme, token)), encoding="utf-8")
        return folder


def _remembered() -> Choice:
    value = QSettings().value(_KEY)
    return next((choice for choice in Choice if choice == value), Choice.SYSTEM)
