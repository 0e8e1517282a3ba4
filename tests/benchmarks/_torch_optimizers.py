"""The engine's optimizers and schedules in PyTorch."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch.optim import LBFGS, SGD, Adadelta, Adagrad, Adam, Adamax, AdamW, NAdam, RMSprop, lr_scheduler

from annstudio.engine.optimizers.base import Optimizer
from annstudio.engine.schedules.base import Schedule
from tests.benchmarks._torch_twin import Twin


class QHM(torch.optim.Optimizer):
    """Ma & Yarats 2019, equations 3 and 4, as they stand there."""

    def __init__(self, params: Iterable[Any], **values: float) -> None:
        super().__init__(params, values)

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            beta, nu = group["beta"], group["nu"]
            for w in group["params"]:
                g = w.grad + group["weight_decay"] * w
                state = self.state[w]
                state["m"] = beta * state.get("m", 0) + (1 - beta) * g
                w.sub_(group["lr"] * ((1 - nu) * g + nu * state["m"]))


class QHAdam(torch.optim.Optimizer):
    """Ma & Yarats 2019, QHAdam, as it stands there."""

    def __init__(self, params: Iterable[Any], **values: Any) -> None:
        super().__init__(params, values)

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            (beta1, beta2), nu1, nu2 = group["betas"], group["nu1"], group["nu2"]
            for w in group["params"]:
                g = w.grad + group["weight_decay"] * w
                state = self.state[w]
                t = state["t"] = state.get("t", 0) + 1
                state["m"] = beta1 * state.get("m", 0) + (1 - beta1) * g
                state["v"] = beta2 * state.get("v", 0) + (1 - beta2) * g**2
                blend = (1 - nu1) * g + nu1 * state["m"] / (1 - beta1**t)
                size = (1 - nu2) * g**2 + nu2 * state["v"] / (1 - beta2**t)
                w.sub_(group["lr"] * blend / (size.sqrt() + group["eps"]))


CLASSES: Mapping[str, tuple[Callable[..., torch.optim.Optimizer], Mapping[str, Any]]] = {
    "adadelta": (Adadelta, {}),
    "adagrad": (Adagrad, {}),
    "adam": (Adam, {}),
    "adamax": (Adamax, {}),
    "adamw": (AdamW, {}),
    "amsgrad": (Adam, {"amsgrad": True}),
    "lbfgs": (LBFGS, {}),
    "momentum": (SGD, {}),
    "nadam": (NAdam, {}),
    "nesterov": (SGD, {"nesterov": True}),
    "qhadam": (QHAdam, {}),
    "qhm": (QHM, {}),
    "rmsprop": (RMSprop, {}),
    "sgd": (SGD, {}),
}
"""PyTorch's classes, with what it calls an option and we an optimizer of its own."""

NAMES = {
    "learning_rate": "lr",
    "epsilon": "eps",
    "initial_sum": "initial_accumulator_value",
    "line_search": "line_search_fn",
}
"""PyTorch's names of settings; what it calls decay has a name of its own in each class."""

DECAYS = {"adadelta": "rho", "rmsprop": "alpha"}


def optimizer_for(ours: Optimizer, twin: Twin) -> torch.optim.Optimizer:
    """Return PyTorch's optimizer for ours; weight decay, where it has one, on kernels alone."""
    key = ours.info.key
    kind, fixed = CLASSES[key]
    names = {**NAMES, "decay": DECAYS.get(key)}
    values = {names.get(name, name): value for name, value in ours.params.items()} | fixed
    if "beta1" in values:
        values["betas"] = (values.pop("beta1"), values.pop("beta2"))
    if values.get("line_search_fn") == "none":
        values["line_search_fn"] = None
    if "weight_decay" not in values:
        return kind(twin.parameters(), **values)
    return kind([{"params": twin.kernels()}, {"params": twin.others(), "weight_decay": 0.0}], **values)


def scheduler_for(ours: Schedule, optimizer: torch.optim.Optimizer, batches: int) -> Callable[[int, float], None]:
    """Return what is to be called after every step, with the number of steps done and the cost at an epoch's end."""
    p, rate = ours.params, optimizer.param_groups[0]["lr"]

    def by_step(scheduler: Any) -> Callable[[int, float], None]:
        return lambda done, cost: scheduler.step()

    def by_epoch(scheduler: Any) -> Callable[[int, float], None]:
        return lambda done, cost: None if done % batches else scheduler.step()

    def cosine_restarts() -> Callable[[int, float], None]:
        lowest = p["lowest"] * rate
        scheduler = lr_scheduler.CosineAnnealingWarmRestarts(optimizer, p["period"], p["growth"], lowest)
        return lambda done, cost: scheduler.step(done / batches)

    def plateau() -> Callable[[int, float], None]:
        scheduler = lr_scheduler.ReduceLROnPlateau(
            optimizer,
            factor=p["decay"],
            patience=p["patience"],
            threshold=p["threshold"],
            cooldown=p["cooldown"],
            min_lr=p["lowest"] * rate,
            eps=0,
        )
        return lambda done, cost: None if done % batches else scheduler.step(cost)

    def one_cycle() -> Any:
        factors = {"div_factor": 1 / p["start"], "final_div_factor": p["start"] / p["end"], "pct_start": p["rise"]}
        return lr_scheduler.OneCycleLR(optimizer, rate, p["period"] * batches, cycle_momentum=False, **factors)

    made: dict[str, Callable[[], Callable[[int, float], None]]] = {
        "constant": lambda: lambda done, cost: None,
        "cosine_restarts": cosine_restarts,
        "exponential": lambda: by_epoch(lr_scheduler.ExponentialLR(optimizer, p["decay"])),
        "one_cycle": lambda: by_step(one_cycle()),
        "plateau": plateau,
        "step": lambda: by_epoch(lr_scheduler.StepLR(optimizer, p["period"], p["decay"])),
        "warmup": lambda: by_step(lr_scheduler.LinearLR(optimizer, p["start"], 1.0, p["period"] * batches)),
    }
    return made[ours.info.key]()
