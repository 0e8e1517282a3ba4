"""What every benchmark prints."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any


def main(
    goal: str,
    measure: Callable[..., dict[str, Any]],
    table: Callable[[dict[str, Any]], str],
    add_options: Callable[[argparse.ArgumentParser], None] = lambda parser: None,
) -> None:
    """Measure, print, and exit with 0 if the goal holds, 1 if not.

    Args:
        goal: one sentence that a reader can check the figures against.
        measure: returns the figures, with "holds"; takes the benchmark's own options by name.
        table: makes a table for people of them.
        add_options: adds the benchmark's own options to the parser.
    """
    parser = argparse.ArgumentParser(description=goal)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    add_options(parser)
    options = vars(parser.parse_args())
    as_json = options.pop("json")
    figures = measure(**options)
    if as_json:
        print(json.dumps({"goal": goal, **figures}))
    else:
        print(table(figures), f"Goal: {goal}", "holds" if figures["holds"] else "does NOT hold", sep="\n")
    sys.exit(0 if figures["holds"] else 1)


def columns(rows: Sequence[Sequence[object]]) -> str:
    """Return rows as aligned columns, the first row being the heading."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    )


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return str(value)
