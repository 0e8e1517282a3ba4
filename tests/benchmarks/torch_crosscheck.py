"""The engine against PyTorch: random graphs trained side by side, cost by cost.

Chains and directed acyclic graphs of the layers that draw no luck, all activations with a slope, all losses with
outputs that suit them, all optimizers that follow a gradient. Both start from the same weights and see the same batches
in the same order, in double precision; weight decay (on kernels alone), clipping and schedules are on in some runs.
What PyTorch does not have is written out in its tensors. L-BFGS descends a convex bowl. Needs the extra `bench`.
"""

import sys
from importlib.util import find_spec
from typing import Any

from tests.benchmarks._report import columns, main

TOLERANCE = 1e-9
GOAL = f"no cost of any run further than {TOLERANCE:g} from PyTorch's, relative"


def measure() -> dict[str, Any]:
    """Return the worst deviation for each optimizer."""
    from tests.benchmarks._torch_runs import deviations, left_out

    rows = deviations()
    return {
        "optimizers": rows,
        "left_out": left_out(),
        "holds": all(row["deviation"] <= TOLERANCE for row in rows.values()),
    }


def table(figures: dict[str, Any]) -> str:
    """Return the figures as a table for people."""
    rows: list[list[object]] = [["optimizer", "graphs", "steps", "worst relative deviation"]]
    rows += [[key, row["graphs"], row["steps"], row["deviation"]] for key, row in figures["optimizers"].items()]
    return f"{columns(rows)}\nNot compared: {', '.join(figures['left_out'])}"


if __name__ == "__main__":
    if find_spec("torch") is None:
        print("This proof compares with PyTorch, which is not installed: pip install -e .[bench]", file=sys.stderr)
        sys.exit(2)
    main(GOAL, measure, table)
