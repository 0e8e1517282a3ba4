"""One run: a project's private, compiled copy, and what is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.prepare import Part, Prepared
from annstudio.engine.calls import Array
from annstudio.engine.trainer import Trainer
from annstudio.project.compile import Compiled, compile_data, compile_network, compile_trainer
from annstudio.project.model import Project
from annstudio.training.history import History
from annstudio.training.metrics import metric
from annstudio.training.snapshot import LayerWeights
from annstudio.training.surface import Extent, grid


@dataclass(frozen=True)
class Progress:
    """How far the weights have been trained."""

    epoch: int = 0
    step: int = 0


UNTRAINED = Progress()


class Run:
    """A network, its data and its trainer, compiled from a project and owned by one thread.

    Args:
        project: what to run; compiled here, so this may raise UserError.
        weights: by node id; layers whose shapes fit start from these, the others from the seed.
        progress: how far these weights have been trained.
        earlier: the run before; data that would be the same are taken from it.
    """

    def __init__(
        self,
        project: Project,
        weights: Mapping[str, LayerWeights] | None = None,
        progress: Progress = UNTRAINED,
        earlier: "Run | None" = None,
    ) -> None:
        self.project = project
        self.compiled: Compiled = compile_network(project)
        self.prepared: Prepared = _prepared(project, earlier)
        start, self.anew = _starting_weights(self.compiled, project, weights or {})
        self.trainer: Trainer = compile_trainer(project, self.compiled.network, self.prepared, start)
        self._epochs_before, self._steps_before = progress.epoch, progress.step
        self.history = History()
        self._parts = [_cast(part, self.trainer.weights) for part in (self.prepared.train, self.prepared.validation)]
        self._good = self.trainer.weights.copy()
        self._grid = grid(self.prepared)
        self.measure()

    @property
    def progress(self) -> Progress:
        """How far the weights have been trained, in this run and before."""
        return Progress(self._epochs_before + self.trainer.epoch, self._steps_before + self.trainer.steps)

    def measure(self) -> bool:
        """Measure cost and metric of the training and validation parts, and note them in the history.

        Returns:
            The training cost is a finite number.
        """
        task = self.prepared.data.schema.task
        row = [self._epochs_before + self.trainer.epoch + self.trainer.batch / self.trainer.batches]
        measured = [self.trainer.evaluator.cost(*part) for part in self._parts]
        row += [cost for cost, _ in measured]
        row += [metric(task, outputs, part[1]) for (_, outputs), part in zip(measured, self._parts, strict=True)]
        self.history.append(row)
        return bool(np.isfinite(row[1]))

    def keep(self) -> None:
        """Remember the weights of this moment as the last finite ones."""
        self._good[:] = self.trainer.weights

    @property
    def finite(self) -> bool:
        """All weights are finite numbers."""
        with np.errstate(all="ignore"):
            return bool(np.isfinite(self.trainer.weights.sum()))

    def restore(self) -> Text:
        """Go back to the last finite weights; return what happened, for the student."""
        epoch = self.progress.epoch
        self.trainer.weights[:] = self._good
        return text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "Training stopped in epoch {epoch}: the numbers grew beyond all bounds. The last finite weights are "
                "back; try a smaller learning rate.",
            ),
            epoch=epoch,
        )

    def layer_weights(self) -> dict[str, LayerWeights]:
        """Return a copy of each layer's weights by node id."""
        return {
            node_id: LayerWeights(kernel, bias)
            for node_id, (kernel, bias) in self.compiled.layer_weights(self.trainer.weights).items()
        }

    @property
    def extent(self) -> Extent | None:
        """The ranges over which surface asks, in the data's own units."""
        return self._grid[0] if self._grid else None

    def surface(self) -> Array | None:
        """Return the outputs all over the plane, (rows, columns, outputs); None for more than two features."""
        if self._grid is None:
            return None
        _, (rows, columns), points = self._grid
        _, outputs = self.trainer.evaluator.outputs(points)
        return outputs.reshape(rows, columns, -1)

    def part_cost(self, part: Part) -> tuple[float, float]:
        """Return cost and metric of any part of the data, as things stand."""
        inputs, targets = _cast(part, self.trainer.weights)
        cost, outputs = self.trainer.evaluator.cost(inputs, targets)
        return cost, metric(self.prepared.data.schema.task, outputs, targets)


def _prepared(project: Project, earlier: Run | None) -> Prepared:
    if earlier is not None and earlier.project.data == project.data:
        return earlier.prepared
    return compile_data(project)


def _cast(part: Part, like: Array) -> tuple[Array, Array]:
    return part.inputs.astype(like.dtype), part.targets.astype(like.dtype)


def _starting_weights(
    compiled: Compiled, project: Project, kept: Mapping[str, LayerWeights]
) -> tuple[NDArray[Any], tuple[str, ...]]:
    """Return the flat starting weights and the ids of the nodes that start from the seed although others do not."""
    network = compiled.network
    flat = network.initial_weights(int(project.training["seed"]))
    fitting = [
        node_id in kept and kept[node_id].kernel.shape == (block.shape[0] - 1, block.shape[1])
        for node_id, block in zip(compiled.node_ids, network.views(flat), strict=True)
    ]
    for node_id, block, fits in zip(compiled.node_ids, network.views(flat), fitting, strict=True):
        if fits:
            block[:-1], block[-1] = kept[node_id].kernel, kept[node_id].bias
    anew = tuple(node_id for node_id, fits in zip(compiled.node_ids, fitting, strict=True) if not fits)
    return flat, anew
