"""One sample, computed by hand in many texts."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.dataset import Column, DataSet, Schema, Task
from annstudio.data.sources.base import Source
from annstudio.data.split import Shares


class ByHand(Source):
    """Two inputs and two targets: so little that backpropagation fits on a sheet of paper.

    Training needs two samples, so this one stands twice; with batches of one, every step is the published one.
    """

    info = Info(
        key="by_hand",
        label=QT_TRANSLATE_NOOP("annstudio", "One sample by hand"),
        summary=QT_TRANSLATE_NOOP("annstudio", "A single sample with two targets, to compute every number by hand."),
        order=31,
        category=QT_TRANSLATE_NOOP("annstudio", "Regression"),
        formula="x = (0.05, 0.10),  y = (0.01, 0.99)",
        reference=QT_TRANSLATE_NOOP(
            "annstudio", "The 2-2-2 example that M. Mazur published in 2015, A step by step backpropagation example"
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "To follow a step of training in the glass box, number by number."),
    )
    schema = Schema(
        task=Task.REGRESSION,
        features=(Column("x₁"), Column("x₂")),
        target=Column("y₁"),
        others=(Column("y₂"),),
    )
    shares = Shares(1.0, 0.0, 0.0)
    samples = 2
    exhaustive = True
    standardize = False
    origin = QT_TRANSLATE_NOOP("annstudio", "Four numbers from the published example; the sample stands twice.")

    def make(self, params: Mapping[str, Value], rng: np.random.Generator) -> DataSet:
        """See Source.make; nothing is random here."""
        return DataSet(self.schema, np.array([[0.05, 0.10]] * 2), np.array([[0.01, 0.99]] * 2))
