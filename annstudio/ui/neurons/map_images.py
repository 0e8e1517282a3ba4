"""What neurons answer all over the plane, as colors."""

from collections.abc import Iterable, Mapping

import numpy as np
from PySide6.QtGui import QImage

from annstudio.core.calls import Array
from annstudio.training.snapshot import Snapshot
from annstudio.ui.theme import Theme
from annstudio.ui.views.colors import Numbers
from annstudio.ui.views.ground import value_range
from annstudio.ui.views.unit_images import reaches, unit_images


def map_images(
    theme: Theme, snapshot: Snapshot, maps: Mapping[str, Array], node_id: str, numbers: Iterable[int]
) -> list[QImage]:
    """Return the answers of some units of a layer: blue is high, orange is low, gray is no answer.

    In the middle is zero, of the Output what it says where it is of two minds. The strongest color is as on the cards;
    of the Output, which is compared with its targets, that of the farthest target.

    Args:
        theme: gives the colors.
        snapshot: the moment.
        maps: of that moment; see unit_maps.
        node_id: the layer.
        numbers: of the units.
    """
    values, chosen = maps[node_id], list(numbers)
    middle, strongest = _range(snapshot, node_id, values)
    return unit_images(theme, values[chosen][:, ::-1], strongest[chosen], middle)


def _range(snapshot: Snapshot, node_id: str, values: Array) -> tuple[float, Numbers]:
    """Return the answer that is painted neutral, and for each unit how far from it the colors are strongest."""
    compiled, prepared = snapshot.compiled, snapshot.prepared
    if compiled is not None and prepared is not None and node_id == compiled.node_ids[-1]:
        middle, reach = value_range(prepared.data.schema, prepared.train.targets, snapshot.loss.answers)
        return middle, np.full(len(values), reach)
    return 0.0, reaches(values)
