"""PyTorch as most people write it: eager mode, the optimizer's defaults."""

from collections.abc import Iterator

from annstudio.data.prepare import Prepared
from tests.benchmarks._peers import _torch
from tests.benchmarks._peers.base import Variant
from tests.benchmarks.workloads import Workload

LABEL = "PyTorch eager"
NEEDS: tuple[str, ...] = ("torch",)


def variants(workload: Workload, data: Prepared) -> Iterator[Variant]:
    """See Peer.variants."""
    for threads in workload.threads:
        yield Variant("", threads, _torch.steps(workload, data, threads))
