"""When activations were introduced, and which one models of a large library use by default."""

import csv
import re
from dataclasses import dataclass

from annstudio.core.resources import resources
from annstudio.engine.activations import activations

_YEAR = re.compile(r"\b(1[6-9]\d\d|20\d\d)\b")
NOT_STATED = "not stated"


@dataclass(frozen=True)
class Introduction:
    """Where an activation comes from.

    Args:
        key: of it.
        year: of the publication.
        reference: author, year and title.
    """

    key: str
    year: int
    reference: str


@dataclass(frozen=True)
class Usage:
    """How many model families first present in a year name an activation as their default.

    Args:
        years: ascending.
        counts: by activation, one number for each year; the most used first.
    """

    years: tuple[int, ...]
    counts: dict[str, tuple[int, ...]]


def introductions() -> list[Introduction]:
    """Return those whose reference names a year, the earliest first."""
    found = []
    for key, entry in activations.items():
        year = _YEAR.search(entry.info.reference)
        # A formula of one's own was introduced by nobody.
        if year is not None and key != "formula":
            found.append(Introduction(key, int(year.group()), entry.info.reference))
    return sorted(found, key=lambda each: (each.year, each.key))


def usage() -> Usage:
    """Return the counts from resources/data/activation_usage.csv; families that state none are left out."""
    path = resources() / "data" / "activation_usage.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["activation"] != NOT_STATED]
    years = tuple(sorted({int(line["year"]) for line in lines}))
    counts: dict[str, list[int]] = {}
    for line in lines:
        row = counts.setdefault(line["activation"], [0] * len(years))
        row[years.index(int(line["year"]))] += int(line["models"])
    order = sorted(counts, key=lambda name: -sum(counts[name]))
    return Usage(years, {name: tuple(counts[name]) for name in order})
