"""The checkout's own Python environment in .venv: made once, and made anew only when something changed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import system_packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "annstudio-setup.json"

OLDEST = (3, 11)
NEWEST = (3, 13)


def refusal(version: tuple[int, ...]) -> str:
    """Return why this version of Python does not do, or an empty text if it does."""
    if OLDEST <= version[:2] <= NEWEST:
        return ""
    shown = ".".join(map(str, version[:3]))
    return f"ANN Studio needs Python 3.11, 3.12 or 3.13, and this is Python {shown}."


def program(name: str) -> Path:
    """Return the path of a program in the environment."""
    return VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name


def ensure(*extras: str) -> None:
    """Make the environment hold the app with these extras; returns at once when it already does.

    Raises:
        SystemExit: the environment could not be made; pip or venv has said why.
    """
    wanted = fingerprint((ROOT / "pyproject.toml").read_bytes(), sys.version_info[:3], ROOT)
    have = read_stamp(STAMP)
    if program("python").exists() and is_current(have, wanted, extras):
        return
    print("Setting up .venv (the first time takes a few minutes) …", flush=True)
    if not _is_usable():
        _create()
    # An extra that was there stays, so that `run` and `test` in turn do not undo each other's work.
    kept = sorted({*extras, *_extras_of(have)})
    _install(kept)
    STAMP.write_text(json.dumps({"fingerprint": wanted, "extras": kept}), encoding="utf-8")


def fingerprint(pyproject: bytes, version: tuple[int, ...], root: Path) -> str:
    """Return a digest of all that the environment's content depends on, except the extras."""
    facts = [hashlib.sha256(pyproject).hexdigest(), *map(str, version), str(root)]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def is_current(stamp: dict[str, object], wanted: str, extras: Iterable[str]) -> bool:
    """Tell whether an environment with this stamp already holds what is wanted."""
    return stamp.get("fingerprint") == wanted and _extras_of(stamp).issuperset(extras)


def read_stamp(path: Path) -> dict[str, object]:
    """Return what the last setup noted; nothing if there was none or it was cut short."""
    try:
        stamp = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def version_of(pyvenv: str) -> tuple[int, ...]:
    """Return major and minor version of Python as the text of a pyvenv.cfg gives it; () if it does not."""
    for line in pyvenv.splitlines():
        key, _, value = line.partition("=")
        # venv calls it version, virtualenv and uv version_info.
        if key.strip() in {"version", "version_info"}:
            return tuple(int(part) for part in value.strip().split(".")[:2])
    return ()


def _extras_of(stamp: dict[str, object]) -> set[str]:
    extras = stamp.get("extras")
    return {str(extra) for extra in extras} if isinstance(extras, list) else set()


def _is_usable() -> bool:
    config = VENV / "pyvenv.cfg"
    if not config.is_file() or not program("python").exists():
        return False
    return version_of(config.read_text(encoding="utf-8")) == sys.version_info[:2]


def _create() -> None:
    major, minor = sys.version_info[:2]
    # Debian keeps this part of the standard library in a package of its own.
    system_packages.ensure([system_packages.Need(f"python{major}.{minor}-venv", module="ensurepip")])
    _check([sys.executable, "-m", "venv", "--clear", str(VENV)])


def _install(extras: list[str]) -> None:
    project = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    pip = [str(program("python")), "-m", "pip", "--disable-pip-version-check", "install"]
    # Twice quiet: errors only.
    _check([*pip, "--quiet", "--quiet", "--editable", project])


def _check(command: list[str]) -> None:
    if subprocess.call(command) != 0:
        raise SystemExit("The Python environment could not be set up; the reason stands above.")
