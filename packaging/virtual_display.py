"""An X display without a screen, with a window manager on it, for tests and for the proof of a build."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SCREEN = "1366x768x24"
"""The classroom laptop that the window must fit."""


def is_available() -> bool:
    """Tell whether the programs are there."""
    return all(shutil.which(name) for name in ("Xvfb", "openbox", "xdotool", "xprop"))


@contextmanager
def virtual_display() -> Iterator[str]:
    """Give the name (":99") of a fresh display; it ends with the context.

    Raises:
        RuntimeError: the X server did not start.
    """
    with _server() as display:
        manager = subprocess.Popen(
            ["openbox", "--sm-disable"],
            env={**os.environ, "DISPLAY": display},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until(lambda: _has_manager(display), 30, "the window manager is ready")
            yield display
        finally:
            end(manager)


@contextmanager
def _server() -> Iterator[str]:
    reading, writing = os.pipe()
    # The server chooses a free number itself and writes it once it takes connections.
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with open(reading, encoding="ascii") as numbers:
            number = numbers.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start.")
        yield f":{number}"
    finally:
        end(server)


def _has_manager(display: str) -> bool:
    query = ["xprop", "-display", display, "-root", "_NET_SUPPORTING_WM_CHECK"]
    answer = subprocess.run(query, capture_output=True, text=True, check=False)
    return "window id" in answer.stdout


def visible_windows(display: str, title: str, pid: int | None = None) -> list[int]:
    """Return the X ids of the visible windows whose title matches the regular expression."""
    conditions = ["--onlyvisible", "--name", title]
    if pid is not None:
        conditions = ["--all", "--pid", str(pid), *conditions]
    answer = subprocess.run(
        ["xdotool", "search", *conditions],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(line) for line in answer.stdout.split()]


def wait_until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Ask again and again until the condition holds.

    Raises:
        TimeoutError: it did not hold in time; the message names `what`.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Waited {seconds:g} s in vain until {what}.")
        time.sleep(0.05)


def end(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    """End a process, kindly first."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
