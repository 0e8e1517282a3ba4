"""Tests of the real window: a display, and a pair of hands on it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.display.desktop import Desktop
from virtual_display import is_available, virtual_display

HERE = Path(__file__).resolve().parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder; the hook is shown those of all others, too."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.display)


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The name of a display that no person works on: the test command's, or an own one."""
    given = os.environ.get("ANNSTUDIO_TEST_DISPLAY")
    if given:
        yield given
    elif is_available():
        with virtual_display() as name:
            yield name
    else:
        pytest.skip("needs Xvfb, openbox, xdotool and xprop")


@pytest.fixture
def desktop(display: str, tmp_path: Path) -> Iterator[Desktop]:
    """A desktop whose apps keep their settings in the test's own folder and end with the test."""
    desktop = Desktop(display, tmp_path)
    try:
        yield desktop
    finally:
        desktop.close_all()
    assert "Traceback" not in desktop.output(), desktop.output()
