"""What each unit of a network answers all over the plane, of a snapshot, as large as it is wanted."""

import numpy as np

from annstudio.core.calls import Array
from annstudio.engine.plan import ForwardPlan
from annstudio.training.snapshot import Snapshot
from annstudio.training.surface import lattice

_MOST_WORK = 3e7
"""Multiply-adds for all maps together, some milliseconds."""


def unit_maps(snapshot: Snapshot, side: int) -> dict[str, Array]:
    """Return the answers of all units, by node id, (units, side, side), row 0 at the bottom; the data's are included.

    There are none for data without two features, before there is a network, and of networks that are too large.

    Args:
        snapshot: with its own copy of the weights, so this may run beside the training.
        side: points along each side.
    """
    prepared, compiled, flat = snapshot.prepared, snapshot.compiled, snapshot.flat
    if prepared is None or compiled is None or flat is None or snapshot.project is None:
        return {}
    network, points = compiled.network, side * side
    places = range(len(network.layers))
    work = sum(network.layers[place].multiply_adds(network.input_shapes(place)) for place in places)
    if network.inputs != 2 or points * work > _MOST_WORK:
        return {}
    inputs = lattice(prepared, side)[1].astype(flat.dtype)
    plan = ForwardPlan(network, flat, points)
    with np.errstate(all="ignore"):
        plan.run(inputs)
    answers = {node.id: inputs.T for node in snapshot.project.design.of_kind("input")}
    answers |= dict(zip(compiled.node_ids, plan.outputs, strict=True))
    return {node_id: values.reshape(-1, side, side) for node_id, values in answers.items()}
