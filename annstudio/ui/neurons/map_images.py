"""What neurons answer all over the plane, as colors."""

from collections.abc import Iterable, Mapping

import numpy as np
from PySide6.QtGui import QImage

from annstudio.core.calls import Array
from annstudio.training.snapshot import Snapshot
from annstudio.ui.theme import Theme
from annstudio.ui.views.colors import color_image, diverging, levels, no_answer
from annstudio.ui.views.ground import value_range


def map_images(
    theme: Theme, snapshot: Snapshot, maps: Mapping[str, Array], node_id: str, numbers: Iterable[int]
) -> list[QImage]:
    """Return the answers of some units of a layer: blue is high, orange is low, gray is no answer.

    In the middle is zero, of the Output what it says where it is of two minds. The strongest color is that of the
    layer's largest answer, so its units can be compared.

    Args:
        theme: gives the colors.
        snapshot: the moment.
        maps: of that moment; see unit_maps.
        node_id: the layer.
        numbers: of the units.
    """
    values = maps[node_id]
    middle, reach = _range(snapshot, node_id, values)
    chosen = values[list(numbers)][:, ::-1]
    colors = diverging(theme)[levels(chosen - middle, reach)]
    return [color_image(image) for image in np.where(np.isnan(chosen), no_answer(theme), colors)]


def _range(snapshot: Snapshot, node_id: str, values: Array) -> tuple[float, float]:
    """Return the answer that is painted neutral, and how far from it the colors are strongest."""
    compiled, prepared = snapshot.compiled, snapshot.prepared
    if compiled is not None and prepared is not None and node_id == compiled.node_ids[-1]:
        return value_range(prepared.data.schema, prepared.train.targets, snapshot.loss.answers)
    return 0.0, float(np.abs(values[np.isfinite(values)]).max(initial=0.0)) or 1.0
