"""From the student's design to the engine's network."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from annstudio.core.errors import UserError
from annstudio.core.params import Value
from annstudio.data.prepare import Prepared, prepare
from annstudio.data.sources import sources
from annstudio.engine.activations import activations
from annstudio.engine.initializers import initializers
from annstudio.engine.layers.dense import Dense
from annstudio.engine.losses import losses
from annstudio.engine.network import Network
from annstudio.engine.optimizers import optimizers
from annstudio.engine.trainer import Precision, Trainer
from annstudio.project.critic import can_run, criticize
from annstudio.project.model import Node, Project
from annstudio.project.settings import own_values, shares_of


@dataclass(frozen=True, eq=False)
class Compiled:
    """A network ready to train, and which of its layers is which node of the design.

    Attributes:
        network: for the engine.
        node_ids: the node of each layer, in the network's order.
    """

    network: Network
    node_ids: tuple[str, ...]

    def layer_weights(self, flat: NDArray[np.floating]) -> dict[str, tuple[NDArray[np.floating], NDArray[np.floating]]]:
        """Return copies of each node's kernel (inputs, units) and bias (units,) from a flat vector."""
        blocks = self.network.views(flat)
        return {
            node_id: (block[:-1].copy(), block[-1].copy()) for node_id, block in zip(self.node_ids, blocks, strict=True)
        }


def compile_network(project: Project) -> Compiled:
    """Return the network of a project.

    Raises:
        UserError: the design cannot run; the message is the critic's first.
    """
    findings = criticize(project)
    if not can_run(findings):
        raise UserError(findings[0].message)
    chain = _chain(project)
    training = project.training.values
    loss = losses[cast(str, training["loss"])](**own_values(training, "loss"))
    schema = sources[cast(str, project.data["source"])].schema
    network = Network(schema.inputs, [_dense(node) for node in chain], loss)
    return Compiled(network, tuple(node.id for node in chain))


def compile_data(project: Project) -> Prepared:
    """Return the project's data: drawn or read, split and scaled."""
    values = project.data.values
    return prepare(
        cast(str, values["source"]),
        own_values(values, "source"),
        cast(int, values["seed"]),
        shares_of(project.data),
        cast(bool, values["standardize"]),
    )


def compile_trainer(
    project: Project, network: Network, prepared: Prepared, weights: NDArray[np.floating] | None = None
) -> Trainer:
    """Return a trainer of this network on the training part, starting from the seed's weights or the given ones."""
    training = project.training.values
    optimizer = optimizers[cast(str, training["optimizer"])](**own_values(training, "optimizer"))
    return Trainer(
        network,
        prepared.train.inputs,
        prepared.train.targets,
        optimizer,
        cast(int, training["batch_size"]),
        cast(int, training["seed"]),
        cast(Precision, training["precision"]),
        weights,
    )


def _chain(project: Project) -> list[Node]:
    """Return the trainable nodes from the first after the Input to the Output; the critic has seen a single path."""
    design = project.design
    current = design.of_kind("input")[0].id
    nodes: list[Node] = []
    while targets := design.targets(current):
        current = targets[0]
        nodes.append(design.node(current))
    return nodes


def _dense(node: Node) -> Dense:
    values: Mapping[str, Value] = node.settings.values
    activation = activations[cast(str, values["activation"])](**own_values(values, "activation"))
    initializer = initializers[cast(str, values["initializer"])](**own_values(values, "initializer"))
    return Dense(cast(int, values["units"]), activation, initializer)
