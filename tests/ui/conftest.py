"""The window and its parts, with a session that a test can steer."""

import gc

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest

from annstudio.project.build import chain
from annstudio.training.session import Session
from annstudio.training.snapshot import RunState
from annstudio.ui.appearance import Appearance, Choice
from annstudio.ui.collector import collect
from annstudio.ui.document import Document
from annstudio.ui.fonts import load_fonts, text_font
from annstudio.ui.main_window import MainWindow
from annstudio.ui.run_controller import RunController
from tests.ui.fakes import FakeSession


@pytest.fixture(scope="session", autouse=True)
def _collected_in_the_end(qapp):
    """Nothing of Qt is left for Python's own end, which destroys it in any order."""
    yield
    gc.enable()
    gc.collect()


@pytest.fixture(autouse=True)
def collected():
    """Garbage is collected between tests, and never in a thread that a test has started; see Collector."""
    gc.disable()
    yield
    collect()


@pytest.fixture(scope="session")
def fonts(qapp):
    load_fonts()


@pytest.fixture(scope="session")
def _dressed_once(qapp, fonts):
    """The application as run_app dresses it.

    It stays so: Qt keeps pointers to widgets that outlive the removal of an application's style sheet, and may crash
    over them when the next sheet comes.
    """
    qapp.setOrganizationName("ANN Studio tests")
    qapp.setApplicationName("ANN Studio tests")
    qapp.setStyle("Fusion")
    qapp.setFont(text_font())
    return qapp


@pytest.fixture
def dressed(_dressed_once):
    """The dressed application with settings as on a first start."""
    QSettings().clear()
    return _dressed_once


@pytest.fixture(scope="session")
def _pictures():
    """The folders of pictures that style sheets still name: the last sheet stays on the application."""
    return []


@pytest.fixture
def appearance(dressed, _pictures):
    appearance = Appearance(dressed)
    yield appearance
    appearance.choose(Choice.LIGHT)
    _pictures.append(appearance._glyphs)
    appearance.deleteLater()


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


@pytest.fixture(scope="session")
def rested(qapp):
    """A function from a project to what a run shows of it before the first step."""
    made = {}

    def snapshot(project):
        if id(project) not in made:
            session = Session(project, None)
            box = session.mailbox
            for _ in range(2000):
                if box.last is not None and box.last.state is RunState.READY:
                    break
                QTest.qWait(10)
            assert session.close()
            made[id(project)] = project, box.last
        return made[id(project)][1]

    return snapshot


@pytest.fixture
def window(document, controller, appearance, qtbot):
    """The whole window, active, with what comes up after its first painting."""
    made = MainWindow(document, controller, appearance)
    qtbot.addWidget(made, before_close_func=lambda window: document.undo_stack.setClean())
    made.resize(1366, 740)
    made.painted.connect(made.start)
    with qtbot.waitSignal(made.painted):
        made.show()
    made.activateWindow()
    return made
