"""PyTorch as fast as it can be made: a fused or a foreach optimizer, torch.compile with C++ around it."""

from collections.abc import Iterator
from typing import Any

from annstudio.data.prepare import Prepared
from tests.benchmarks._peers import _torch
from tests.benchmarks._peers.base import Variant
from tests.benchmarks.workloads import Workload

LABEL = "PyTorch best"
NEEDS: tuple[str, ...] = ("torch",)

_WAYS: dict[str, dict[str, Any]] = {
    "fused": {"fused": True},
    "foreach": {"foreach": True},
    "compiled, fused": {"fused": True, "compiled": True},
    "compiled with its optimizer": {"compiled": True, "compiled_step": True},
}


def variants(workload: Workload, data: Prepared) -> Iterator[Variant]:
    """See Peer.variants; compiling takes place in the first run."""
    for about, options in _WAYS.items():
        for threads in workload.threads:
            yield Variant(about, threads, _torch.steps(workload, data, threads, **options))
