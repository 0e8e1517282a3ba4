"""Reading the tables that come with the program."""

from functools import cache

import numpy as np

from annstudio.core.resources import resources
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.dataset import Array, one_hot

CATEGORY = QT_TRANSLATE_NOOP("annstudio", "Real data")
LICENSE = QT_TRANSLATE_NOOP(
    "annstudio",
    "Copied from scikit-learn 1.9.1, a package under the BSD 3-Clause License; "
    "it states no separate license for the data.",
)


@cache
def read_classes(file: str, classes: tuple[str, ...]) -> tuple[Array, Array]:
    """Return the inputs and one-hot targets of a table; read once, then shared and read-only.

    Args:
        file: name of a CSV file in resources/data: one header line, numbers, the class in the last column.
        classes: how the file names the classes, in the order of their numbers.

    Returns:
        Inputs (samples, features) and targets (samples, classes).
    """
    path = resources() / "data" / file
    last = path.read_text(encoding="utf-8").partition("\n")[0].count(",")
    table = np.loadtxt(path, delimiter=",", skiprows=1, encoding="utf-8", converters={last: classes.index})
    inputs = np.ascontiguousarray(table[:, :last])
    targets = one_hot(table[:, last].astype(np.intp), len(classes))
    inputs.flags.writeable = targets.flags.writeable = False
    return inputs, targets
