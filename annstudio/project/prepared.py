"""From the data settings to samples."""

from typing import cast

from annstudio.data.prepare import Prepared, prepare
from annstudio.project.model import Settings
from annstudio.project.settings import own_values, shares_of


def prepared(data: Settings) -> Prepared:
    """Return the data that these settings describe: drawn or read, split and scaled.

    Raises:
        UserError: the shares take more than there is.
    """
    values = data.values
    return prepare(
        cast(str, values["source"]),
        own_values(values, "source"),
        cast(int, values["seed"]),
        shares_of(data),
        cast(bool, values["standardize"]),
    )
