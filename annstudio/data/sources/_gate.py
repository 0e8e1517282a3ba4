"""What the logic gates share: a truth table with every row, learned as a whole."""

from collections.abc import Mapping
from itertools import product
from typing import ClassVar

import numpy as np

from annstudio.core.params import Value
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.dataset import Column, DataSet, Schema, Task
from annstudio.data.sources.base import Source
from annstudio.data.split import Shares

CATEGORY = QT_TRANSLATE_NOOP("annstudio", "Logic gates")
REFERENCE = QT_TRANSLATE_NOOP(
    "annstudio", "W. McCulloch & W. Pitts 1943, A logical calculus of the ideas immanent in nervous activity"
)


def gate_schema(*features: str) -> Schema:
    """Return the schema of a gate with these inputs."""
    return Schema(
        task=Task.BINARY,
        features=tuple(Column(name) for name in features),
        target=Column(QT_TRANSLATE_NOOP("annstudio", "Output")),
        classes=("0", "1"),
    )


class Gate(Source):
    """A truth table. All rows are for training: a gate is learned by heart, no row is left to test it.

    Attributes:
        outputs: the gate's output for every row, the inputs counting up in binary (00, 01, 10, 11).
    """

    outputs: ClassVar[tuple[int, ...]]
    shares = Shares(1.0, 0.0, 0.0)
    exhaustive = True
    # 0 and 1 are what the table says, and what a student computes with by hand.
    standardize = False
    origin = QT_TRANSLATE_NOOP("annstudio", "The truth table of the gate.")

    def make(self, params: Mapping[str, Value], rng: np.random.Generator) -> DataSet:
        """See Source.make; nothing is random here."""
        rows = np.array(list(product((0.0, 1.0), repeat=self.schema.inputs)))
        return DataSet(self.schema, rows, np.array(self.outputs, dtype=np.float64)[:, np.newaxis])
