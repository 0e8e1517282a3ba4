"""Pictures as large as MNIST's, drawn: the app brings no set of this size along."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.data.dataset import Column, DataSet, Schema, Task
from annstudio.data.sources import sources
from annstudio.data.sources.base import Source
from annstudio.data.split import Shares

_SIDE, _CLASSES = 28, 10
_SAMPLES = 12_800


class Pictures(Source):
    """A picture of noise for each class, and samples that are it under as much noise again.

    The training part has 10,240 samples: whole batches, whether of 128 or of 256.
    """

    info = Info(key="pictures", label="Pictures")
    schema = Schema(
        task=Task.MULTI_CLASS,
        features=tuple(Column(str(pixel)) for pixel in range(_SIDE**2)),
        target=Column("Class"),
        classes=tuple("0123456789"),
        image_shape=(_SIDE, _SIDE),
    )
    shares = Shares(0.8, 0.1, 0.1)

    def make(self, params: Mapping[str, Value], rng: np.random.Generator) -> DataSet:
        """See Source.make."""
        labels = np.arange(_SAMPLES) % _CLASSES
        patterns = rng.normal(size=(_CLASSES, _SIDE**2))
        inputs = patterns[labels] + rng.normal(size=(_SAMPLES, _SIDE**2))
        return DataSet(self.schema, inputs, np.eye(_CLASSES)[labels])


def admit() -> None:
    """Let projects choose these pictures, as if their file lay beside the other data sets."""
    sources._found[Pictures.info.key] = Pictures
