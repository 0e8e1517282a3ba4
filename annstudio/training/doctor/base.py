"""What a diagnosis goes by, and what a sign is."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from annstudio.core.registry import Info
from annstudio.core.texts import Text
from annstudio.engine.layers.base import Layer
from annstudio.project.compile import Compiled
from annstudio.project.critic.base import Finding, Fix, Severity
from annstudio.project.model import Node, Project
from annstudio.project.unroll import origins
from annstudio.training.history import Rows
from annstudio.training.vitals import LayerVitals, Vitals


@dataclass(frozen=True, eq=False)
class Case:
    """A run as far as it is judged: from its start, or from the last change that made it another.

    Attributes:
        project: what runs.
        compiled: its network.
        start: the cost of a network that has learned nothing, or where the case begins if that is more.
        epochs, costs: of the points of the training curve, (points,); the first is where the case begins.
        vitals: what was seen inside since then, in order.
        first: what was seen before anything had been learned; None of a run that goes on with what was.
        failure: the sentence of a run whose numbers are no longer finite; None of others.
        sharpness: how sharply the cost of a batch bends before training, for plain descent on squared errors; else NaN.
    """

    project: Project
    compiled: Compiled
    start: float
    epochs: Rows
    costs: Rows
    vitals: Sequence[Vitals] = ()
    first: Vitals | None = None
    failure: Text | None = None
    sharpness: float = math.nan

    @property
    def done(self) -> float:
        """Epochs since the case began."""
        return float(self.epochs[-1] - self.epochs[0])

    @property
    def best(self) -> float:
        """The lowest cost so far."""
        return float(np.nanmin(self.costs))

    def hidden(self) -> Iterator[tuple[Node, Layer, str]]:
        """Yield the layers before the output, in the order of the network: the node, the layer, and its id in a run.

        The id is not the node's in the further passes of a repeated block.
        """
        for node_id, layer in zip(self.compiled.node_ids[:-1], self.compiled.network.layers[:-1], strict=True):
            yield self.node(node_id), layer, node_id

    def node(self, node_id: str) -> Node:
        """Return the node of the design that a layer of the run is, or is a copy of."""
        return self.project.design.node(self._origins.get(node_id, node_id))

    @cached_property
    def _origins(self) -> Mapping[str, str]:
        return origins(self.project.design)

    def latest(self, node_id: str) -> LayerVitals | None:
        """Return how a layer did when it was last looked at."""
        return self.vitals[-1].layers.get(node_id) if self.vitals else None


class Sign:
    """Looks for one way in which training goes wrong.

    Attributes:
        info: key and texts; the summary says what is looked for.
        severity: of its findings.
        last_resort: it counts only where no other sign is found, because it follows from many of them.
    """

    info: ClassVar[Info]
    severity: ClassVar[Severity] = Severity.WARNING
    last_resort: ClassVar[bool] = False

    def examine(self, case: Case) -> Iterable[Finding]:
        """Yield what is wrong; nothing if all is well."""
        raise NotImplementedError

    def finding(self, message: Text, why: str, *remedies: Fix | None, node: str | None = None) -> Finding:
        """Return a finding of this sign.

        Args:
            message: what is happening, where, the number and the threshold.
            why: marked; what the lecture says about it.
            remedies: what helps, the likeliest first; at least one. None stands for what is done already.
            node: id of the layer that it is about; None for the whole.
        """
        fix, *others = (remedy for remedy in remedies if remedy is not None)
        return Finding(
            self.info.key, self.severity, node, message, why=Text(why), fix=fix, others=tuple(others), live=True
        )
