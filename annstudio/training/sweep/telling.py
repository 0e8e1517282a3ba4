"""A ranking as text and as plain values."""

import math
from collections.abc import Sequence
from typing import Any

from annstudio.training.sweep.plan import Plan
from annstudio.training.sweep.ranking import Entry


def as_json(plan: Plan, entries: Sequence[Entry]) -> dict[str, Any]:
    """Return a ranking as plain values."""
    return {
        "epochs": plan.epochs,
        "seeds": len({trial.seed for trial in plan.trials}),
        "ranking": [_plain(plan, entry) for entry in entries],
    }


def as_text(plan: Plan, entries: Sequence[Entry]) -> str:
    """Return a ranking as a table for people."""
    rows = [[*(axis.name for axis in plan.axes), "cost", "accuracy/R²", "better than the next", ""]]
    for entry in entries:
        last = entry is entries[-1]
        seeds = len(entry.costs)
        better = "" if last else f"in {entry.better} of {seeds} seeds"
        told = "" if last else ("clearly" if entry.clear else "may be chance")
        failed = f"{entry.failed} of {seeds} failed" if entry.failed else told
        rows.append([*entry.settings, _number(entry.mean), _number(entry.metric), better, failed])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def _plain(plan: Plan, entry: Entry) -> dict[str, Any]:
    return {
        "settings": {axis.name: value for axis, value in zip(plan.axes, entry.settings, strict=True)},
        "costs": [_finite(cost) for cost in entry.costs],
        "mean": _finite(entry.mean),
        "metric": _finite(entry.metric),
        "failed": entry.failed,
        "better_than_next": entry.better,
        "clear": entry.clear,
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _number(value: float) -> str:
    return f"{value:.4g}" if math.isfinite(value) else "–"
