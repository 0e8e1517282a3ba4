"""Whether a window can be opened here at all.

Qt aborts the process when the display or one of its libraries is missing, so this looks before Qt is loaded.
"""

import ctypes
import os
import socket
import sys
from pathlib import Path

from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text

_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
_X_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt loads on Linux, with the Debian package that brings it."""


def missing_for_a_window() -> Text | None:
    """Return a sentence that says what is missing, or None when a window can be opened."""
    if not sys.platform.startswith("linux"):
        return None
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    on_x = platform.startswith("xcb") or (not platform and not os.environ.get("WAYLAND_DISPLAY"))
    if on_x and (problem := _missing_display()):
        return problem
    return _missing_libraries({**_LIBRARIES, **(_X_LIBRARIES if on_x else {})})


def _missing_display() -> Text | None:
    display = os.environ.get("DISPLAY", "")
    if not display:
        return text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "There is no display to open a window on: start this in a desktop session, or set DISPLAY.",
            )
        )
    if _answers(display):
        return None
    return text(
        QT_TRANSLATE_NOOP(
            "annstudio",
            "The display {display} does not answer: check DISPLAY, or start this in a desktop session.",
        ),
        display=display,
    )


def _answers(display: str) -> bool:
    """A local display has a socket that accepts connections; a remote one is left for Qt to try."""
    host, _, number = display.rpartition(":")
    if host not in {"", "unix"}:
        return True
    name = f"/tmp/.X11-unix/X{number.split('.')[0]}"
    addresses = [name] * Path(name).exists() + ["\0" + name]
    for address in addresses:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            try:
                client.connect(address)
            except OSError:
                continue
            return True
    return False


def _missing_libraries(needed: dict[str, str]) -> Text | None:
    packages = sorted(package for library, package in needed.items() if not _loads(library))
    if not packages:
        return None
    return text(
        QT_TRANSLATE_NOOP(
            "annstudio",
            "The window needs system libraries that are not installed. On Debian or Ubuntu: "
            "sudo apt-get install {packages}",
        ),
        packages=" ".join(packages),
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
