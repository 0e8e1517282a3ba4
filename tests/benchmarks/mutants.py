"""Whether the tests would notice: mistakes planted in the engine, one at a time, each of which some test must catch.

A proof that the tests can fail where it matters. The mistakes are those that people make when they write an engine
(_mutants_list.py). Everything happens in copies in a temporary folder. First all tests in question must pass without
any mistake; so where one of them fails with a mistake, the changed file is what ran.
"""

import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks._mutants_list import MUTANTS, Mutant
from tests.benchmarks._report import columns, main

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("annstudio", "tests", "resources", "pyproject.toml")
AT_ONCE = 2
TESTS_FAILED = 1
GOAL = f"each of {len(MUTANTS)} mistakes planted in the engine makes a test fail that passes without it"


class Broken(Exception):
    """The proof itself does not work; the text says why."""


class Copy:
    """A copy of the package and its tests.

    Args:
        folder: where it is made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, folder / name)
        found = Path(self._python("-c", "import annstudio; print(annstudio.__file__)").stdout.strip())
        if not found.is_relative_to(folder):
            raise Broken(f"Python takes annstudio from {found.parent}, not from the copy in {folder}.")

    def pytest(self, *tests: str) -> subprocess.CompletedProcess[str]:
        """Run these tests until the first one fails."""
        return self._python("-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *(f"tests/{test}" for test in tests))

    @contextmanager
    def mistaken(self, mutant: Mutant) -> Iterator[None]:
        """Make the mistake for a while."""
        file = self.folder / "annstudio" / mutant.file
        right = file.read_text(encoding="utf-8")
        file.write_text(right.replace(mutant.old, mutant.new), encoding="utf-8")
        try:
            yield
        finally:
            file.write_text(right, encoding="utf-8")

    def _python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        alone = {
            "PYTHONPATH": str(self.folder),
            # Bytecode files tell a changed source by its size and its second, so they might hide a mistake.
            "PYTHONDONTWRITEBYTECODE": "1",
            "OPENBLAS_NUM_THREADS": "1",
            # Drawn examples are the same at every run.
            "CI": "true",
        }
        command, environment = [sys.executable, *arguments], {**os.environ, **alone}
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )


def measure() -> dict[str, Any]:
    """Return for each mutant which test caught it, or what happened instead."""
    start = time.perf_counter()
    _check_list()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as workers:
        copies: queue.SimpleQueue[Copy] = queue.SimpleQueue()
        for copy in workers.map(Copy, (Path(folder).resolve() / str(number) for number in range(AT_ONCE))):
            copies.put(copy)
        _check_unchanged(copies)
        rows = list(workers.map(lambda mutant: _tried(mutant, copies), MUTANTS))
    caught = sum(row["caught"] for row in rows)
    seconds = time.perf_counter() - start
    return {"mutants": rows, "caught": caught, "seconds": seconds, "holds": caught == len(rows)}


def table(figures: dict[str, Any]) -> str:
    """Return the figures as a table for people."""
    rows: list[list[object]] = [["mistake", "noticed by"]]
    rows += [[row["about"], row["outcome"]] for row in figures["mutants"]]
    summary = f"{figures['caught']} of {len(figures['mutants'])} caught in {figures['seconds']:.0f} s"
    return f"{columns(rows)}\n{summary}"


def _check_list() -> None:
    """Check that every mistake can still be made."""
    found = {
        mutant: (ROOT / "annstudio" / mutant.file).read_text(encoding="utf-8").count(mutant.old) for mutant in MUTANTS
    }
    problems = [
        f"“{mutant.about}”: its old text is {count} times in annstudio/{mutant.file}, not once."
        for mutant, count in found.items()
        if count != 1
    ]
    if problems:
        raise Broken("\n".join(problems))


def _check_unchanged(copies: queue.SimpleQueue[Copy]) -> None:
    """Check that all tests pass without any mistake."""
    copy = copies.get()
    result = copy.pytest(*sorted({mutant.test for mutant in MUTANTS}))
    copies.put(copy)
    if result.returncode:
        raise Broken(f"The tests do not even pass without mistakes:\n{result.stdout}{result.stderr}")


def _tried(mutant: Mutant, copies: queue.SimpleQueue[Copy]) -> dict[str, Any]:
    """Make one mistake in a copy that is free, and run its test."""
    copy = copies.get()
    try:
        with copy.mistaken(mutant):
            result = copy.pytest(mutant.test)
    finally:
        copies.put(copy)
    caught = result.returncode == TESTS_FAILED
    failed = re.search(r"^FAILED tests/([^\[\s]+)", result.stdout, re.MULTILINE)
    outcome = failed[1] if caught and failed else f"NOT CAUGHT: pytest ended with code {result.returncode}"
    return {"about": mutant.about, "file": mutant.file, "caught": caught, "outcome": outcome}


if __name__ == "__main__":
    try:
        main(GOAL, measure, table)
    except Broken as problem:
        sys.exit(str(problem))
