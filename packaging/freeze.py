"""Freeze the app with PyInstaller and prove that what came out is the whole app."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from virtual_display import end, is_available, virtual_display, visible_windows, wait_until
from virtual_environment import ROOT, program

FOLDER = ROOT / "dist" / "annstudio"
TITLE = "ANN Studio"


def build() -> None:
    """Make dist/annstudio, a folder that runs without Python."""
    start = time.monotonic()
    folders = ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build")]
    freezer = [str(program("python")), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *folders]
    subprocess.run([*freezer, str(ROOT / "packaging" / "annstudio.spec")], check=True, cwd=ROOT)
    megabytes = sum(file.lstat().st_size for file in FOLDER.rglob("*")) / 1e6
    print(f"Built {FOLDER}: {megabytes:.0f} MB in {time.monotonic() - start:.0f} s", flush=True)


def prove() -> list[str]:
    """Return what is wrong with the frozen app, one sentence each; nothing if all is well."""
    found = [prove_self_check()]
    if sys.platform.startswith("linux"):
        found.append(prove_window())
    return [sentence for sentence in found if sentence]


def prove_self_check() -> str:
    """Return a sentence if the frozen app does not hold the same entries as the source tree."""
    source = _output([str(program("python")), str(ROOT / "packaging" / "launch.py"), "--self-check"])
    frozen = _output([str(_frozen_program()), "--self-check"])
    if not source:
        return "The source tree's --self-check says nothing."
    if source != frozen:
        return f"--self-check differs.\nSource tree:\n{source}\nFrozen app:\n{frozen}"
    print("The frozen app's --self-check equals the source tree's.", flush=True)
    return ""


def prove_window() -> str:
    """Return a sentence if the frozen app opens no window on a desktop that knows nothing of this machine."""
    if not is_available():
        return "Xvfb, openbox, xdotool and xprop are needed to prove that the window opens."
    start = time.monotonic()
    with virtual_display() as display, tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        app = subprocess.Popen([_frozen_program()], env={"DISPLAY": display}, stdout=log, stderr=log, cwd="/")
        try:
            wait_until(lambda: _is_up(app, display), 60, "the frozen app's window is open")
        except (TimeoutError, ChildProcessError) as error:
            log.seek(0)
            return f"{error}\n{log.read()}"
        finally:
            end(app)
    seconds = time.monotonic() - start
    print(f"The frozen app opens its window in an empty environment ({seconds:.1f} s).", flush=True)
    return ""


def _is_up(app: subprocess.Popen[bytes], display: str) -> bool:
    if app.poll() is not None:
        raise ChildProcessError(f"The frozen app ended with code {app.returncode} before its window opened.")
    return bool(visible_windows(display, TITLE, app.pid))


def _frozen_program() -> Path:
    if sys.platform == "darwin":
        return ROOT / "dist" / f"{TITLE}.app" / "Contents" / "MacOS" / "annstudio"
    found = shutil.which("annstudio", path=FOLDER)
    return Path(found) if found else FOLDER / "annstudio"


def _output(command: list[str]) -> str:
    result = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    return result.stdout if result.returncode == 0 else f"{result.stdout}{result.stderr}exit {result.returncode}"
