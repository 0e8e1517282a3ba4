"""The system packages that Qt, the tests and the build need on Linux: found, installed, or named.

Python wheels bring Qt itself but not the libraries that every desktop has and a bare server has not.
"""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """A Debian package, and how to see that what it brings is there, whoever installed it."""

    package: str
    library: str = ""
    command: str = ""
    module: str = ""

    def is_present(self) -> bool:
        """Look for the library, command or module itself; works on every distribution."""
        if self.library:
            return ctypes.util.find_library(self.library) is not None
        if self.command:
            return shutil.which(self.command) is not None
        importlib.invalidate_caches()
        return importlib.util.find_spec(self.module) is not None


QT = (
    Need("libglib2.0-0", library="glib-2.0"),
    Need("libegl1", library="EGL"),
    Need("libgl1", library="GL"),
    Need("libdbus-1-3", library="dbus-1"),
    Need("libfontconfig1", library="fontconfig"),
    Need("libxkbcommon0", library="xkbcommon"),
)
"""What Qt loads even without a screen."""

WINDOW = (
    Need("libxcb-cursor0", library="xcb-cursor"),
    Need("libxcb-icccm4", library="xcb-icccm"),
    Need("libxcb-keysyms1", library="xcb-keysyms"),
    Need("libxcb-shape0", library="xcb-shape"),
    Need("libxcb-xkb1", library="xcb-xkb"),
    Need("libxcb-render-util0", library="xcb-render-util"),
    Need("libxcb-image0", library="xcb-image"),
    Need("libxkbcommon-x11-0", library="xkbcommon-x11"),
)
"""What Qt loads in addition to open a window under X."""

DESKTOP = (
    Need("xvfb", command="Xvfb"),
    Need("xauth", command="xauth"),
    Need("openbox", command="openbox"),
    Need("xdotool", command="xdotool"),
    Need("imagemagick", command="import"),
    Need("x11-utils", command="xprop"),
)
"""A desktop without a screen, and hands and eyes for it."""

FREEZER = (Need("binutils", command="objdump"),)
"""What PyInstaller calls."""


def ensure(required: Sequence[Need], optional: Sequence[Need] = ()) -> None:
    """Install what is missing where that is possible, else say how; elsewhere than on Linux do nothing.

    Raises:
        SystemExit: something required is still missing.
    """
    if not sys.platform.startswith("linux"):
        return
    lacking = missing([*required, *optional])
    if lacking and _can_install():
        _install([need.package for need in lacking])
        lacking = missing(lacking)
    if lacking:
        print(advice([need.package for need in lacking], debian=_is_debian()), file=sys.stderr)
    if any(need in required for need in lacking):
        raise SystemExit(1)


def missing(needs: Iterable[Need]) -> list[Need]:
    """Return the needs that neither the package manager nor a look for the thing itself finds."""
    needs = list(needs)
    installed = _installed([need.package for need in needs])
    return [need for need in needs if installed.isdisjoint(spellings(need.package)) and not need.is_present()]


def spellings(package: str) -> tuple[str, str]:
    """Return the names that a package may have: newer releases renamed some for 64-bit times."""
    return package, f"{package}t64"


def parse_installed(listing: str) -> set[str]:
    """Return the installed packages of a listing with lines of name, tab, status."""
    rows = (line.split("\t") for line in listing.splitlines())
    return {row[0] for row in rows if row[1:] == ["installed"]}


def names_known_here(packages: Iterable[str], known: set[str]) -> list[str]:
    """Return each package under the name that this release knows; the old name when it knows neither."""
    return [next((name for name in spellings(package) if name in known), package) for package in packages]


def advice(packages: Sequence[str], *, debian: bool) -> str:
    """Return a sentence with the command that installs the packages."""
    listed = " ".join(packages)
    if debian:
        return f"Some system packages are missing. Please run:\n    sudo apt-get install -y {listed}"
    return f"Some system libraries or tools are missing. Debian calls their packages: {listed}"


def _is_debian() -> bool:
    return shutil.which("apt-get") is not None and shutil.which("dpkg-query") is not None


def _can_install() -> bool:
    return _is_debian() and os.geteuid() == 0


def _installed(packages: Sequence[str]) -> set[str]:
    if not _is_debian():
        return set()
    names = [name for package in packages for name in spellings(package)]
    # The command fails as soon as one name is unknown, and still lists the others.
    query = ["dpkg-query", "--show", "--showformat=${Package}\t${db:Status-Status}\n", *names]
    listing = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    return parse_installed(listing)


def _install(packages: Sequence[str]) -> None:
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    listing = subprocess.run(["apt-cache", "pkgnames"], capture_output=True, text=True, check=False).stdout
    names = names_known_here(packages, set(listing.split()))
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
    # Whether it worked is seen by looking again at what is missing.
    subprocess.run(install, env=environment, stdout=subprocess.DEVNULL, check=False)
