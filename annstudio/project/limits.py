"""How large a project may grow.

Edits and the file loader hold the same limits, so that what can be made can be saved and opened again.
"""

MAXIMUM_NODES = 500
"""Layers of a design: far more than anyone wires by hand, few enough for every check to stay instant."""

MAXIMUM_WIRES = 2 * MAXIMUM_NODES
"""Most layers take one wire; those that take many get as many again to share."""

MAXIMUM_TIMES = 20
"""How often a block may be repeated: deeper than any dense network that still learns."""

MAXIMUM_NAME = 120
"""Characters of a project's name."""

MAXIMUM_COORDINATE = 100_000.0
"""How far from the origin a card may stand, in scene units."""

MAXIMUM_VALUES = 1_000_000
"""Values that a layer may give for one sample: a batch of them still fits. Without an end, layers that join others
would double their values again and again."""

MAXIMUM_PARAMETERS = 20_000_000
"""Weights and biases of a network: with gradients and Adam's memory 320 MB in single precision, as much as a
classroom laptop has to spare."""
