"""What each unit of a network answers all over the plane, of a snapshot, as large as it is wanted."""

from annstudio.core.calls import Array
from annstudio.training.snapshot import Snapshot
from annstudio.training.surface import lattice
from annstudio.training.units import Units

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
    units = Units(snapshot.project, compiled, flat)
    if compiled.network.inputs != 2 or side * side > units.room(_MOST_WORK):
        return {}
    answers = units.answers(lattice(prepared, side)[1])
    return {node_id: values.reshape(-1, side, side) for node_id, values in answers.items()}
