"""What every data set of the program is built on."""

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.dataset import DataSet, Schema
from annstudio.data.split import Shares


class Source:
    """Makes one kind of data set. The rule that it follows is stated in its info.

    Attributes:
        info: key, texts and settings.
        schema: what the columns mean; the same for every setting.
        shares: how the samples are shared out unless the student chooses otherwise.
        samples: how many there are, where no setting says so; None where one does, or where making them tells.
        exhaustive: its samples are all that there can be, as the rows of a truth table: to be learned by heart.
        standardize: whether the features are brought to a common scale unless the student chooses otherwise.
        origin: marked sentence on where the numbers come from.
        license: marked sentence on how they may be used.
    """

    info: ClassVar[Info]
    schema: ClassVar[Schema]
    shares: ClassVar[Shares] = Shares()
    samples: ClassVar[int | None] = None
    exhaustive: ClassVar[bool] = False
    standardize: ClassVar[bool] = True
    origin: ClassVar[str] = QT_TRANSLATE_NOOP("annstudio", "Drawn by this program with the rule shown.")
    license: ClassVar[str] = QT_TRANSLATE_NOOP("annstudio", "Free to use: no one else's data is in it.")

    def make(self, params: Mapping[str, Value], rng: np.random.Generator) -> DataSet:
        """Return the data set.

        Args:
            params: a value for every parameter of the info, checked by it.
            rng: where random numbers are drawn from; nothing else is random.
        """
        raise NotImplementedError
