"""Fisher's irises."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.dataset import Column, DataSet, Schema, Task
from annstudio.data.sources import _bundled as bundled
from annstudio.data.sources.base import Source

_CM = QT_TRANSLATE_NOOP("annstudio", "cm")
_SPECIES = ("setosa", "versicolor", "virginica")


class Iris(Source):
    """150 flowers of three species, told apart by four lengths."""

    info = Info(
        key="iris",
        label=QT_TRANSLATE_NOOP("annstudio", "Iris flowers"),
        summary=QT_TRANSLATE_NOOP("annstudio", "150 flowers of three species, told apart by four lengths."),
        order=40,
        category=bundled.CATEGORY,
        reference=QT_TRANSLATE_NOOP(
            "annstudio", "R. A. Fisher 1936, The use of multiple measurements in taxonomic problems"
        ),
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio",
            "A first set with three classes: setosa is easy, the other two overlap a little.",
        ),
    )
    schema = Schema(
        task=Task.MULTI_CLASS,
        features=(
            Column(QT_TRANSLATE_NOOP("annstudio", "Sepal length"), _CM),
            Column(QT_TRANSLATE_NOOP("annstudio", "Sepal width"), _CM),
            Column(QT_TRANSLATE_NOOP("annstudio", "Petal length"), _CM),
            Column(QT_TRANSLATE_NOOP("annstudio", "Petal width"), _CM),
        ),
        target=Column(QT_TRANSLATE_NOOP("annstudio", "Species")),
        classes=(
            QT_TRANSLATE_NOOP("annstudio", "Setosa"),
            QT_TRANSLATE_NOOP("annstudio", "Versicolor"),
            QT_TRANSLATE_NOOP("annstudio", "Virginica"),
        ),
    )
    origin = QT_TRANSLATE_NOOP(
        "annstudio", "Measured by E. Anderson, published by R. A. Fisher in 1936; as in Fisher's paper."
    )
    license = bundled.LICENSE
    samples = 150

    def make(self, params: Mapping[str, Value], rng: np.random.Generator) -> DataSet:
        """See Source.make; nothing is random here."""
        return DataSet(self.schema, *bundled.read_classes("iris.csv", _SPECIES))
