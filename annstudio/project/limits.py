"""How large a project may grow.

Edits and the file loader hold the same limits, so that what can be made can be saved and opened again.
"""

MAXIMUM_NODES = 500
"""Layers of a design: far more than anyone wires by hand, few enough for every check to stay instant."""

MAXIMUM_WIRES = 2 * MAXIMUM_NODES
"""An input takes one wire, so edits make fewer wires than nodes; foreign files get some room."""

MAXIMUM_NAME = 120
"""Characters of a project's name."""

MAXIMUM_COORDINATE = 100_000.0
"""How far from the origin a card may stand, in scene units."""

MAXIMUM_PARAMETERS = 20_000_000
"""Weights and biases of a network: with gradients and Adam's memory 320 MB in single precision, as much as a
classroom laptop has to spare."""
