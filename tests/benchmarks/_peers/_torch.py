"""The network in PyTorch and a step of its training."""

import logging
from collections.abc import Callable
from typing import Any

from annstudio.data.prepare import Prepared
from tests.benchmarks._peers.base import Steps, epochs, samples
from tests.benchmarks.workloads import Workload


def steps(
    workload: Workload,
    data: Prepared,
    threads: int,
    compiled: bool = False,
    compiled_step: bool = False,
    **optimizer_options: bool,
) -> Steps:
    """Return PyTorch's training loop.

    Args:
        workload: what to train.
        data: on what.
        threads: that PyTorch may use.
        compiled: compile forward, loss and backward.
        compiled_step: compile the optimizer's step too.
        optimizer_options: of the optimizer's constructor.
    """
    import torch

    x, t = (torch.from_numpy(values) for values in samples(workload, data))
    model, loss = _model(workload)
    kind: Any = torch.optim.SGD if workload.optimizer == "sgd" else torch.optim.Adam
    optimizer = kind(model.parameters(), lr=workload.learning_rate, **optimizer_options)
    cost = _compiled(lambda x, t: loss(model(x), t), compiled)
    update = _compiled(optimizer.step, compiled_step)

    def epoch(order: Any) -> int:
        batches = x[order].split(workload.batch), t[order].split(workload.batch)
        for xb, tb in zip(*batches, strict=True):
            optimizer.zero_grad()
            cost(xb, tb).backward()
            update()
        return len(batches[0])

    run = epochs(epoch, len(x))

    def run_with_threads(seconds: float) -> float:
        torch.set_num_threads(threads)
        return run(seconds)

    return run_with_threads


def _model(workload: Workload) -> tuple[Any, Any]:
    """Return the network up to what its loss asks for: PyTorch's cross-entropy does the softmax itself."""
    from torch import nn

    layers: list[Any] = []
    for shape in workload.shapes:
        layers += [nn.Linear(*shape), nn.Tanh() if workload.activation == "tanh" else nn.ReLU()]
    if workload.classes:
        return nn.Sequential(*layers[:-1]), nn.CrossEntropyLoss()
    return nn.Sequential(*layers[:-1], nn.Tanh()), nn.MSELoss()


def _compiled(function: Callable[..., Any], wanted: bool) -> Callable[..., Any]:
    import torch

    # It would tell that compiled optimizers do not show in profiles.
    torch._logging.set_logs(all=logging.ERROR)
    return torch.compile(function, options={"cpp_wrapper": True}) if wanted else function
