"""From the student's design to the engine's network."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from numpy.typing import NDArray

from annstudio.core.errors import UserError
from annstudio.data.prepare import Prepared
from annstudio.data.sources import sources
from annstudio.engine.losses import losses
from annstudio.engine.network import INPUT, Network
from annstudio.engine.optimizers import optimizers
from annstudio.engine.schedules import schedules
from annstudio.project.critic import can_run, criticize
from annstudio.project.graph import Graph
from annstudio.project.make import made
from annstudio.project.model import Project
from annstudio.project.names import title
from annstudio.project.prepared import prepared
from annstudio.project.settings import own_values
from annstudio.project.unroll import unrolled

if TYPE_CHECKING:
    from annstudio.engine.trainer import Precision, Trainer


@dataclass(frozen=True, eq=False)
class Compiled:
    """A network ready to train, and which of its layers is which node of the design.

    Attributes:
        network: for the engine.
        node_ids: the node of each layer, in the network's order.
    """

    network: Network
    node_ids: tuple[str, ...]

    def parts(self, flat: NDArray[Any]) -> dict[str, dict[str, NDArray[Any]]]:
        """Return, by node id, the parts ("kernel", "bias", …) of each layer that has any; views of the flat vector."""
        pairs = zip(self.node_ids, self.network.parts(flat), strict=True)
        return {node_id: parts for node_id, parts in pairs if parts}


def compile_network(project: Project) -> Compiled:
    """Return the network of a project; layers whose values never reach the Output are left out.

    Raises:
        UserError: the design cannot run; the message is the critic's first.
    """
    findings = criticize(project)
    if not can_run(findings):
        raise UserError(findings[0].message)
    design = unrolled(project.design)
    training = project.training.values
    loss = losses[cast(str, training["loss"])](**own_values(training, "loss"))
    schema = sources[cast(str, project.data["source"])].schema
    graph = Graph(design)
    inputs, used = {node.id for node in design.of_kind("input")}, graph.used
    ids = [node_id for node_id in graph.ordered if node_id in used and node_id not in inputs]
    ids.sort(key=lambda node_id: graph.nodes[node_id].kind == "output")
    places = {node_id: place for place, node_id in enumerate(ids)} | dict.fromkeys(inputs, INPUT)
    network = Network(
        schema.inputs,
        [made(graph.nodes[node_id]) for node_id in ids],
        loss,
        [[places[source] for source in graph.sources[node_id]] for node_id in ids],
        [title(graph.nodes[node_id]) for node_id in ids],
    )
    return Compiled(network, tuple(ids))


def compile_data(project: Project) -> Prepared:
    """Return the project's data: drawn or read, split and scaled."""
    return prepared(project.data)


def compile_trainer(
    project: Project, network: Network, prepared: Prepared, weights: NDArray[Any] | None = None
) -> "Trainer":
    """Return a trainer of this network on the training part, starting from the seed's weights or the given ones."""
    # Loaded when something is trained: the window appears before.
    from annstudio.engine.trainer import Trainer
    from annstudio.engine.update import Clipping

    training = project.training.values
    optimizer = optimizers[cast(str, training["optimizer"])](**own_values(training, "optimizer"))
    schedule = schedules[cast(str, training["schedule"])](**own_values(training, "schedule"))
    return Trainer(
        network,
        prepared.train.inputs,
        prepared.train.targets,
        optimizer,
        min(cast(int, training["batch_size"]), len(prepared.train.inputs)),
        cast(int, training["seed"]),
        cast("Precision", training["precision"]),
        weights,
        schedule,
        Clipping(cast(float, training["clip_norm"]), cast(float, training["clip_value"])),
        cast(int, training["threads"]),
    )
