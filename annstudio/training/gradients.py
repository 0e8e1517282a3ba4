"""Gradients of a project's network, checked against differences."""

import math
from typing import Any

from annstudio.core.errors import UserError
from annstudio.core.random import stream
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.data.prepare import Part
from annstudio.engine.differences import TOLERANCE, GradientCheck, gradient_check
from annstudio.engine.network import Network
from annstudio.project.compile import Compiled, compile_data, compile_network
from annstudio.project.model import Project

MOST_PARAMETERS = 20_000
"""Each parameter takes two evaluations of the cost: so many are a matter of seconds."""
SAMPLES = 16
"""Training samples that the cost is made of."""
NUDGE = 0.01
"""How far, on the average, parameters and inputs are moved."""
TRIES = 3
"""Starting points, at most: where one lies on a kink, the next hardly does."""


class CheckedGradients:
    """What backpropagation computes for a project, beside central differences, near the seed's starting weights.

    Near, and not at: with biases of zero, a sample of zeros makes every z zero, where ReLU has its kink and a
    difference is no gradient; equal pixels are a tie for max pooling. So parameters and inputs are moved a little.

    Args:
        project: whose network is checked, in double precision, on its first training samples.

    Raises:
        UserError: the network cannot run, or is too large to be checked so.
    """

    def __init__(self, project: Project) -> None:
        self._compiled: Compiled = compile_network(project)
        network = self._compiled.network
        if network.trainable_count > MOST_PARAMETERS:
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio",
                        "The network has {parameters} parameters, and a check takes two evaluations for each: "
                        "choose fewer units, at most {most} parameters.",
                    ),
                    parameters=f"{network.trainable_count:,}",
                    most=f"{MOST_PARAMETERS:,}",
                )
            )
        self.found = _checked(network, compile_data(project).train, int(project.training["seed"]))

    def as_json(self) -> dict[str, Any]:
        """Return the relative errors as plain values."""
        layers = zip(self._compiled.node_ids, self.found.layers, strict=True)
        return {
            "parameters": _number(self.found.parameters),
            "inputs": _number(self.found.inputs),
            "layers": {node_id: _number(error) for node_id, error in layers},
            "tolerance": TOLERANCE,
            "holds": self.found.holds,
            "kinks": [str(name) for name in self.found.kinks],
            "undefined": None if self.found.undefined is None else str(self.found.undefined),
        }

    def as_text(self) -> str:
        """Return the relative errors as a short table for people, or why there are none."""
        if self.found.undefined is not None:
            return (
                f"The values of {self.found.undefined} are not finite at the starting weights: its function has no "
                "value for what comes in, so there are no gradients to compare."
            )
        rows = [*zip(self._compiled.node_ids, self.found.layers, strict=True)]
        rows += [("all parameters", self.found.parameters), ("inputs", self.found.inputs)]
        width = max(len(name) for name, _ in rows)
        lines = [f"{name:{width}}  {error:.1e}" for name, error in rows]
        said = "agree" if self.found.holds else "do NOT agree"
        verdict = [f"They {said} (at most {TOLERANCE:.0e} is rounding)."]
        if self.found.kinks:
            names = ", ".join(str(name) for name in self.found.kinks)
            verdict.append(
                f"But values lie on a kink, a jump or an end of {names}, where no difference is a gradient: "
                "another seed may tell."
            )
        return "\n".join(["Relative error of backpropagation against central differences:", *lines, *verdict])


def _checked(network: Network, part: Part, seed: int) -> GradientCheck:
    """Return the check at the first starting point that lies on no kink, else at the last that was tried."""
    start, inputs, targets = network.initial_weights(seed), part.inputs[:SAMPLES], part.targets[:SAMPLES]
    for attempt in range(TRIES):
        rng = stream(seed, "gradients", attempt)
        weights = start.copy()
        weights[: network.parameter_count] += rng.normal(0, NUDGE, network.parameter_count)
        found = gradient_check(network, weights, inputs + rng.normal(0, NUDGE, inputs.shape), targets)
        if not found.kinks:
            break
    return found


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
