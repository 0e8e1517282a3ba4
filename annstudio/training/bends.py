"""How sharply the cost of a project bends where its training begins."""

import math

from annstudio.engine.sharpness import sharpness
from annstudio.engine.trainer import Trainer
from annstudio.project.model import Project

_SQUARED = ("mse", "rss")
_MOST, _FEWEST = 200, 20
"""Samples by which it is judged."""
_MOST_WORK = 2e6
"""Multiply-adds of one of up to forty gradients."""


def sharpness_of(project: Project, trainer: Trainer) -> float:
    """Return how sharply the cost of a batch bends with the trainer's weights; NaN where that says little.

    It says little of other losses than squared errors, and of optimizers that fit their steps to the gradients; and for
    large networks it is too much work.
    """
    training, network = project.training, trainer.network
    plain = training["optimizer"] == "sgd" and not training["optimizer.momentum"]
    most = int(min(_MOST, _MOST_WORK / max(1, network.multiply_adds)))
    if not plain or training["loss"] not in _SQUARED or most < _FEWEST:
        return math.nan
    inputs, targets = trainer.samples
    chosen = slice(None, None, max(1, -(-len(inputs) // most)))
    bend = sharpness(network, trainer.weights, inputs[chosen], targets[chosen])
    # A sum over samples bends the more sharply, the more there are.
    return bend * trainer.batches.size / len(inputs[chosen]) if network.objective.loss.sums else bend
