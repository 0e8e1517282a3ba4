"""Training steps per second: this engine, as the app uses it, beside its peers.

One step is forward, backward and update of one mini-batch in single precision. The engine also measures and hands out
snapshots meanwhile (_peers/studio.py); the peers only train. Each is tried in every way and with every number of
threads that might be its best, and the best is compared. All take turns within one run, and only ratios within a round
count, because machines are noisy. Needs the extra `bench` and a C++ compiler.
"""

import importlib.util
import shutil
import statistics
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping, Sequence
from typing import Any

from annstudio.engine.threads import set_blas_threads
from annstudio.project.compile import compile_data
from tests.benchmarks._peers import PEERS, STUDIO
from tests.benchmarks._peers.base import Variant
from tests.benchmarks._report import columns, main
from tests.benchmarks.workloads import WORKLOADS, Workload

ROUNDS = 5
SECONDS = 1.0
TRIALS = 2
TRIAL_SECONDS = 1.0
GOAL = (
    "A at least 30 × and B 20 × PyTorch eager, both 12 × scikit-learn and 5 × naive NumPy; C 8 × PyTorch's best and "
    "6 × scikit-learn; D 1.2 × and E 1.0 × the best of PyTorch and Keras on JAX"
)


def measure(only: Sequence[str], rounds: int) -> dict[str, Any]:
    """Return steps per second of everyone, and this engine's ratios to its peers.

    Args:
        only: names of the workloads.
        rounds: turns that everyone takes.
    """
    _check_peers()
    rows = {name: _measure(WORKLOADS[name], rounds) for name in only}
    return {"workloads": rows, "holds": all(row["holds"] for row in rows.values())}


def _check_peers() -> None:
    """Exit with 2 if something is missing."""
    needs = {need for peer in PEERS.values() for need in peer.NEEDS}
    missing = sorted(need for need in needs if importlib.util.find_spec(need) is None)
    if missing:
        print(f"Missing: {', '.join(missing)}. Install the peers with: pip install -e .[bench]", file=sys.stderr)
        sys.exit(2)
    if not any(map(shutil.which, ("g++", "clang++"))):
        print("Missing: a C++ compiler, which torch.compile needs. Install g++.", file=sys.stderr)
        sys.exit(2)


def _measure(workload: Workload, rounds: int) -> dict[str, Any]:
    data = compile_data(workload.project())
    peers = {"studio": STUDIO, **PEERS}
    variants = {name: list(peer.variants(workload, data)) for name, peer in peers.items()}
    best = {name: _fastest(ways) for name, ways in variants.items()}
    turns = [{name: _rate(way, SECONDS) for name, way in best.items()} for _ in range(rounds)]
    for way in (way for ways in variants.values() for way in ways):
        way.close()
    ratios = {name: statistics.median(turn["studio"] / turn[name] for turn in turns) for name in PEERS}
    return {
        "about": workload.about,
        "steps_per_second": {name: statistics.median(turn[name] for turn in turns) for name in peers},
        "way": {name: _shown(way) for name, way in best.items()},
        "ratio": ratios,
        "goals": dict(workload.goals),
        "holds": all(ratios[name] >= goal for name, goal in workload.goals.items()),
    }


def _fastest(ways: Sequence[Variant]) -> Variant:
    """Try all, by turns; the first try also warms up and compiles."""
    tries = [[_rate(way, TRIAL_SECONDS) for way in ways] for _ in range(TRIALS)]
    rates = [max(of_one) for of_one in zip(*tries, strict=True)]
    return ways[rates.index(max(rates))]


def _rate(way: Variant, seconds: float) -> float:
    set_blas_threads(way.threads)
    return way.run(seconds)


def _shown(way: Variant) -> str:
    threads = f"{way.threads} threads" if way.threads > 1 else ""
    return ", ".join(filter(None, (way.about, threads)))


def table(figures: Mapping[str, Any]) -> str:
    """Return the figures as a table for people."""
    rows: list[list[object]] = [["", "steps/s", "studio makes", "goal", "best way"]]
    for name, row in figures["workloads"].items():
        rates, ways = row["steps_per_second"], row["way"]
        rows.append([f"{name}  {row['about']}", rates["studio"], "", "", ways["studio"]])
        for key, peer in PEERS.items():
            goal = row["goals"].get(key)
            ratio = f"{row['ratio'][key]:.2f} ×"
            rows.append([f"   {peer.LABEL}", rates[key], ratio, f"{goal} ×" if goal else "", ways[key]])
    return columns(rows)


def add_options(parser: ArgumentParser) -> None:
    """Add the options that measure takes."""
    parser.add_argument("--only", type=_names, default=[*WORKLOADS], metavar="A,B", help="workloads; all by default")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="turns that everyone takes (%(default)s)")


def _names(typed: str) -> list[str]:
    names = typed.split(",")
    if not set(names) <= set(WORKLOADS):
        raise ArgumentTypeError(f"choose from {', '.join(WORKLOADS)}")
    return names


if __name__ == "__main__":
    main(GOAL, measure, table, add_options)
