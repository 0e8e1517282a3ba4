"""The program as its own process."""

import os
import signal
import subprocess
import sys

import pytest

from annstudio.project.file import save
from annstudio.project.templates import templates

OPEN_AND = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from annstudio.ui import app, main_window

start = main_window.MainWindow.start
def started(window):
    start(window)
    print(window.windowTitle(), flush=True)
    {then}
main_window.MainWindow.start = started
sys.exit(app.run_app({path}))
"""


def run(then="", path=None):
    code = OPEN_AND.format(then=then, path=f"Path({str(path)!r})" if path else None)
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    )


def test_it_shows_the_first_example_and_ends_when_closed():
    out, err = run("QTimer.singleShot(300, window.close)").communicate(timeout=60)
    assert "Will you pass?" in out
    assert "Traceback" not in err


def test_it_opens_the_file_it_is_given(tmp_path):
    path = tmp_path / "given.ann"
    save(path, templates["exam"]().build(), None, None)
    process = run("QTimer.singleShot(0, window.close)", path)
    out, _ = process.communicate(timeout=60)
    assert "given.ann" in out
    assert process.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for other processes")
def test_ctrl_c_during_a_run_ends_it_cleanly():
    then = """
    window._controller.state_changed.connect(lambda state: print(state, flush=True))
    QTimer.singleShot(200, window.commands.run.trigger)"""
    process = run(then)
    while process.stdout.readline() != "running\n":
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in err


def test_an_error_in_a_slot_does_not_end_the_program():
    then = """
    from PySide6.QtWidgets import QMessageBox
    QMessageBox.show = lambda box: print("SAID", box.text(), flush=True)
    def fail(): raise ValueError("made by the test")
    QTimer.singleShot(0, fail)
    QTimer.singleShot(300, window.close)"""
    process = run(then)
    out, err = process.communicate(timeout=60)
    assert "SAID" in out
    assert "made by the test" in err
    assert process.returncode == 0
