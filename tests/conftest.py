"""What holds for every test: settings of its own, a screen of known size, and nothing left behind unseen."""

import atexit
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

TESTS = Path(__file__).resolve().parent
SECONDS_TO_END = 3.0


def _isolate_settings() -> None:
    """Keep QSettings out of the developer's home; Qt looks at these variables once, when it starts."""
    home = tempfile.mkdtemp(prefix="annstudio-tests-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        folder = Path(home, name)
        folder.mkdir()
        os.environ[name] = str(folder)


def _choose_screen() -> None:
    """Without other wish, run Qt on an unseen screen that is as large as a classroom laptop's."""
    wish = os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Qt splits the value at colons, so a path with a drive letter cannot be given.
    if wish == "offscreen" and sys.platform != "win32":
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={TESTS / 'offscreen.json'}"


_isolate_settings()
_choose_screen()

settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")


class _Records(logging.Handler):
    """Keep the records that a user or a developer would have to look at."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on log records of WARNING and up, unless the test takes `caplog` and so looks at them itself."""
    records = _Records()
    logging.getLogger().addHandler(records)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(records)
    if records.lines and "caplog" not in request.fixturenames:
        pytest.fail("Unexpected log records:\n" + "\n".join(records.lines))


@pytest.fixture(autouse=True)
def no_leaked_thread() -> Iterator[None]:
    """Fail on a thread that the test started and that does not end within a few seconds."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + SECONDS_TO_END
    for thread in set(threading.enumerate()) - before:
        # Threads that Python did not start itself, as Qt's, have no end that Python could see.
        if not isinstance(thread, threading._DummyThread):
            thread.join(max(0.0, deadline - time.monotonic()))
            assert not thread.is_alive(), f"The test left the thread {thread.name!r} running."
