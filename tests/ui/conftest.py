"""The window and its parts, with a session that a test can steer."""

import pytest
from PySide6.QtCore import QSettings

from annstudio.project.build import chain
from annstudio.ui.appearance import Appearance
from annstudio.ui.document import Document
from annstudio.ui.fonts import load_fonts, text_font
from annstudio.ui.run_controller import RunController
from tests.ui.fakes import FakeSession


@pytest.fixture(scope="session")
def fonts(qapp):
    load_fonts()


@pytest.fixture
def dressed(qapp, fonts):
    """The application as run_app dresses it; afterwards as it was."""
    style, font, palette = qapp.style().objectName(), qapp.font(), qapp.palette()
    qapp.setOrganizationName("ANN Studio tests")
    qapp.setApplicationName("ANN Studio tests")
    qapp.setStyle("Fusion")
    qapp.setFont(text_font())
    QSettings().clear()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)
    qapp.setStyle(style)


@pytest.fixture
def appearance(dressed):
    return Appearance(dressed)


@pytest.fixture
def document(qapp):
    return Document(chain("Exam", "exam", [(4, "tanh")]))


@pytest.fixture
def sessions():
    """The sessions that were made, in order."""
    return []


@pytest.fixture
def controller(document, sessions):
    """A controller of fake sessions."""

    def make(*arguments):
        sessions.append(FakeSession(*arguments))
        return sessions[-1]

    controller = RunController(document, make)
    yield controller
    controller.close()


@pytest.fixture
def real_controller(document):
    """A controller of real sessions."""
    controller = RunController(document)
    yield controller
    controller.close()
