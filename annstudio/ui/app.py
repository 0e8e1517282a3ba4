"""Starting the window."""

import signal
import sys
from functools import cache
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication

from annstudio import __version__
from annstudio.core.resources import resources
from annstudio.project.templates import templates
from annstudio.ui.appearance import Appearance
from annstudio.ui.collector import Collector
from annstudio.ui.document import Document
from annstudio.ui.fonts import load_fonts, text_font
from annstudio.ui.icons import app_icon
from annstudio.ui.main_window import MainWindow
from annstudio.ui.run_controller import RunController

if TYPE_CHECKING:
    from annstudio.ui.dialogs import ErrorReporter

NAME = "ANN Studio"
_FIRST_EXAMPLE = "exam"
_SMALL_SCREEN = 1440
"""Screens no wider than this, in points, are filled from the start."""
_INTERRUPTED = 130
_DRAWN_CARDS = 64 * 1024
"""Kilobytes of pictures that are kept: several hundred cards, on screens of 200 % a hundred and fifty."""


def run_app(path: Path | None) -> int:
    """Open the window and stay until it is closed.

    Args:
        path: a project to open; the first example otherwise.

    Returns:
        The exit code of the process.
    """
    app = make_app()
    collector = Collector(app)
    window = make_window(app)
    if path is not None:
        window.files.open_path(path)
    _hook_errors(app, window)
    if app.primaryScreen().availableSize().width() <= _SMALL_SCREEN:
        window.showMaximized()
    else:
        window.show()
    code = app.exec()
    window.shut_down()
    collector.stop()
    sys.excepthook = sys.__excepthook__
    return code


def make_app() -> QApplication:
    """Return the application, with its name, fonts, icon and language."""
    app = QApplication([NAME])
    app.setOrganizationName(NAME)
    app.setApplicationName(NAME)
    app.setApplicationVersion(__version__)
    app.setStyle("Fusion")
    QPixmapCache.setCacheLimit(_DRAWN_CARDS)
    load_fonts()
    app.setFont(text_font())
    app.setWindowIcon(app_icon())
    _load_translation(app)
    return app


def make_window(app: QApplication) -> MainWindow:
    """Return the window with the first example; what takes time comes up after its first painting."""
    document = Document(templates[_FIRST_EXAMPLE]().build(), app)
    controller = RunController(document, parent=app)
    window = MainWindow(document, controller, Appearance(app))
    # Queued: whoever else waits for the first painting hears of it before what takes time begins.
    window.painted.connect(window.start, Qt.ConnectionType.QueuedConnection)
    return window


def _load_translation(app: QApplication) -> None:
    translator = QTranslator(app)
    if translator.load(QLocale(), "annstudio", "_", str(resources() / "translations")):
        app.installTranslator(translator)


def _hook_errors(app: QApplication, window: MainWindow) -> None:
    """Let errors be shown, and Ctrl+C end the program.

    The handler runs as soon as Python does, which the controller's timer sees to many times a second.
    """

    def interrupt(number: int, frame: FrameType | None) -> None:
        app.exit(_INTERRUPTED)

    signal.signal(signal.SIGINT, interrupt)

    @cache
    def reporter() -> "ErrorReporter":
        from annstudio.ui.dialogs import ErrorReporter

        return ErrorReporter(window)

    sys.excepthook = lambda *error: reporter().report(*error)
