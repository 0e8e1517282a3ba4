"""The guards of conftest.py and of pytest's settings truly fail a test that deserves it."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parent.parent

CULPRITS = {
    "log": ("import logging\nlogging.getLogger('engine').warning('stray')", "Unexpected log records"),
    "thread": (
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()",
        "left the thread",
    ),
    "thread_error": (
        "import threading\nthread = threading.Thread(target=lambda: 1 / 0)\nthread.start()\nthread.join()",
        "PytestUnhandledThreadExceptionWarning",
    ),
    "warning": ("import warnings\nwarnings.warn('stray')", "UserWarning"),
    "qt_warning": ("from PySide6.QtCore import qWarning\nqWarning('stray')", "Qt messages"),
    "slot_error": (
        "from PySide6.QtCore import QTimer\nQTimer.singleShot(0, lambda: 1 / 0)\nqtbot.wait(20)",
        "ZeroDivisionError",
    ),
}

INNOCENTS = {
    "expected_log": "import logging\nlogging.getLogger('engine').warning('stray')\nassert caplog.records",
    "thread_that_ends": "import threading, time\nthreading.Thread(target=time.sleep, args=[0.05]).start()",
    "screen": "assert qapp.primaryScreen().size().toTuple() == (1366, 768)",
    "settings": "import tempfile\nfrom PySide6.QtCore import QSettings\n"
    "assert QSettings('a', 'b').fileName().startswith(tempfile.gettempdir())",
    "no_size_hints": "from PySide6.QtWidgets import QWidget\nwidget = QWidget()\nqtbot.addWidget(widget)\n"
    "widget.setMinimumSize(50, 50)\nwidget.show()\nqtbot.waitExposed(widget)",
}

FIXTURES = {"slot_error": "qtbot", "expected_log": "caplog", "screen": "qapp", "no_size_hints": "qtbot"}


def _test_named(name: str, body: str) -> str:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"def test_{name}({FIXTURES.get(name, '')}):\n{lines}\n"


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What pytest, with this project's settings and guards, has to say against each of the tests above."""
    bodies = {name: body for name, (body, _) in CULPRITS.items()} | INNOCENTS
    folder = tmp_path_factory.mktemp("guards")
    file, report = folder / "test_these.py", folder / "report.xml"
    file.write_text("".join(_test_named(*item) for item in bodies.items()), encoding="utf-8")
    options = ["-p", "tests.conftest", "-c", "pyproject.toml", f"--junitxml={report}"]
    command = [sys.executable, "-m", "pytest", *options, str(file)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    found: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        name = case.attrib["name"].removeprefix("test_")
        complaints = [f"{complaint.get('message')} {complaint.text}" for complaint in case]
        found[name] = found.get(name, "") + "".join(complaints)
    return found


@pytest.mark.parametrize("name", CULPRITS)
def test_culprit_fails(complaints: dict[str, str], name: str) -> None:
    assert CULPRITS[name][1] in complaints[name]


@pytest.mark.parametrize("name", INNOCENTS)
def test_innocent_passes(complaints: dict[str, str], name: str) -> None:
    assert complaints[name] == ""
