"""Gradients of a project's network, checked against differences."""

from typing import Any

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.gradient_check import TOLERANCE, GradientCheck, gradient_check
from annstudio.project.compile import Compiled, compile_data, compile_network
from annstudio.project.model import Project

MOST_PARAMETERS = 20_000
"""Each parameter takes two evaluations of the cost: so many are a matter of seconds."""
SAMPLES = 16
"""Training samples that the cost is made of."""


class CheckedGradients:
    """What backpropagation computes for a project, beside central differences, at the seed's starting weights.

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
        part = compile_data(project).train
        weights = network.initial_weights(int(project.training["seed"]))
        self.found: GradientCheck = gradient_check(network, weights, part.inputs[:SAMPLES], part.targets[:SAMPLES])

    def as_json(self) -> dict[str, Any]:
        """Return the relative errors as plain values."""
        layers = zip(self._compiled.node_ids, self.found.layers, strict=True)
        return {
            "parameters": self.found.parameters,
            "inputs": self.found.inputs,
            "layers": dict(layers),
            "tolerance": TOLERANCE,
            "holds": self.found.holds,
        }

    def as_text(self) -> str:
        """Return the relative errors as a short table for people."""
        rows = [*zip(self._compiled.node_ids, self.found.layers, strict=True)]
        rows += [("all parameters", self.found.parameters), ("inputs", self.found.inputs)]
        width = max(len(name) for name, _ in rows)
        said = "agree" if self.found.holds else "do NOT agree"
        lines = [f"{name:{width}}  {error:.1e}" for name, error in rows]
        return "\n".join(
            [
                "Relative error of backpropagation against central differences:",
                *lines,
                f"They {said} (at most {TOLERANCE:.0e} is rounding).",
            ]
        )
