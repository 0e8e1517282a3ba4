"""What the command line and the window's own example reach: digits over five seeds, and the spiral without noise."""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from annstudio.project.templates import templates
from annstudio.training.batch import train
from tests.benchmarks._report import columns, main

SEEDS = range(5)
EPOCHS = 60
DIGITS_GOAL = 0.955
SPIRAL_GOAL = 0.97
SPIRAL_EPOCHS = 200
GOAL = f"mean test accuracy at least {DIGITS_GOAL} on digits (5 seeds) and {SPIRAL_GOAL} on the window's spiral"


def measure() -> dict[str, Any]:
    """Return the test accuracies."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "digits.ann")
        network = ["--data", "digits", "--hidden", "64,32", "--activation", "relu", "--batch-size", "32"]
        _annstudio("new", "-o", str(file), *network)
        digits = [
            json.loads(_annstudio("train", str(file), "--epochs", str(EPOCHS), "--seed", str(seed), "--json"))
            for seed in SEEDS
        ]
    accuracies = [outcome["metrics"]["test"]["accuracy"] for outcome in digits]
    spiral = train(templates["spiral"]().build(), SPIRAL_EPOCHS, lambda cost: None).as_json()
    mean, found = statistics.mean(accuracies), spiral["metrics"]["test"]["accuracy"]
    return {
        "digits": accuracies,
        "digits_mean": mean,
        "spiral": found,
        "holds": mean >= DIGITS_GOAL and found >= SPIRAL_GOAL,
    }


def _annstudio(*arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "annstudio", *arguments], stdout=subprocess.PIPE, text=True, check=True
    ).stdout


def table(figures: dict[str, Any]) -> str:
    """Return the figures as a table for people."""
    rows: list[list[object]] = [["test accuracy", *(f"seed {seed}" for seed in SEEDS), "mean"]]
    rows.append(["digits", *figures["digits"], figures["digits_mean"]])
    rows.append(["spiral", *[""] * len(SEEDS), figures["spiral"]])
    return columns(rows)


if __name__ == "__main__":
    main(GOAL, measure, table)
