"""The one command for work on a checkout: it sets up what is missing, then does what is asked.

    python packaging/dev.py run [ARGS…]           start the app from the checkout
    python packaging/dev.py test [PYTEST ARGS…]   all tests, on a virtual display too where there is one
    python packaging/dev.py mutants               plant mistakes in the engine that the tests must catch
    python packaging/dev.py lint                  ruff, mypy, import contracts
    python packaging/dev.py pictures              draw the pictures of the documentation
    python packaging/dev.py build                 freeze the app into dist/annstudio and prove it

Needs nothing but Python 3.11 to 3.13. On Debian and Ubuntu it installs missing system packages when it may.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence

import freeze
import system_packages
import virtual_environment
from system_packages import DESKTOP, FREEZER, QT, WINDOW
from virtual_display import is_available, virtual_display
from virtual_environment import ROOT, program

NO_TESTS_COLLECTED = 5


def main(arguments: Sequence[str]) -> int:
    """Do one command and return its exit code."""
    refusal = virtual_environment.refusal(sys.version_info[:3])
    if refusal:
        print(refusal, file=sys.stderr)
        return 2
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="handed on to the app or to pytest")
    chosen = parser.parse_args(arguments)
    if chosen.arguments and chosen.command not in {"run", "test"}:
        parser.error(f"{chosen.command} takes no arguments")
    return COMMANDS[chosen.command](chosen.arguments)


def run(arguments: list[str]) -> int:
    """Start the app; whether there is a display to open a window on is the app's own business."""
    if os.environ.get("WAYLAND_DISPLAY"):
        system_packages.ensure(QT, optional=WINDOW)
    else:
        system_packages.ensure([*QT, *WINDOW])
    virtual_environment.ensure()
    return subprocess.call([str(program("python")), str(ROOT / "packaging" / "launch.py"), *arguments])


def test(arguments: list[str]) -> int:
    """Run the tests that need no screen, then those that need one on a virtual display."""
    system_packages.ensure(QT, optional=[*WINDOW, *DESKTOP])
    virtual_environment.ensure("dev")
    codes = [_pytest(["-m", "not display", *arguments], QT_QPA_PLATFORM="offscreen")]
    if is_available():
        with virtual_display() as display:
            environment = {"DISPLAY": display, "ANNSTUDIO_TEST_DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
            codes.append(_pytest(["-m", "display", *arguments], **environment))
    else:
        print("The tests of the real window were left out: they need Xvfb.", file=sys.stderr)
    return verdict(codes)


def mutants(_arguments: list[str]) -> int:
    """Prove that the tests notice mistakes in the engine."""
    virtual_environment.ensure("dev")
    return subprocess.call([str(program("python")), "-m", "tests.benchmarks.mutants"], cwd=ROOT)


def lint(_arguments: list[str]) -> int:
    """Run every checker, also when an earlier one found something."""
    virtual_environment.ensure("dev")
    ruff, mypy, imports = (str(program(name)) for name in ("ruff", "mypy", "lint-imports"))
    checks = [[ruff, "check"], [ruff, "format", "--check"], [mypy], [imports]]
    return max(subprocess.call(check, cwd=ROOT) for check in checks)


def pictures(_arguments: list[str]) -> int:
    """Draw the pictures of the documentation from the running app, on an unseen screen."""
    system_packages.ensure(QT)
    virtual_environment.ensure()
    script = ROOT / "packaging" / "pictures.py"
    screen = f"offscreen:configfile={ROOT / 'tests' / 'offscreen.json'}"
    return subprocess.call([str(program("python")), str(script)], env={**os.environ, "QT_QPA_PLATFORM": screen})


def build(_arguments: list[str]) -> int:
    """Freeze the app and prove the result."""
    system_packages.ensure([*QT, *WINDOW, *DESKTOP, *FREEZER])
    virtual_environment.ensure("dev")
    freeze.build()
    findings = freeze.prove()
    print("\n".join(findings), file=sys.stderr, end="\n" if findings else "")
    return int(bool(findings))


def verdict(codes: Iterable[int]) -> int:
    """Return the exit code of several pytest runs: a run without tests is fine if another had some."""
    codes = list(codes)
    ran = [code for code in codes if code != NO_TESTS_COLLECTED]
    return max(ran) if ran else NO_TESTS_COLLECTED


def _pytest(arguments: list[str], **environment: str) -> int:
    command = [str(program("python")), "-m", "pytest", *arguments]
    return subprocess.call(command, cwd=ROOT, env={**os.environ, **environment})


COMMANDS = {"run": run, "test": test, "mutants": mutants, "lint": lint, "pictures": pictures, "build": build}

if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
