"""Which targets a loss can judge."""

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text

_ROUNDING = 1e-3
"""Shares in single precision miss 1 by less."""


def check_targets(loss: Text, judges: str, targets: Array) -> None:
    """Check that targets are of the kind that a loss judges.

    Args:
        loss: its name.
        judges: what it takes outputs for; see Loss.
        targets: (samples, outputs), finite.

    Raises:
        UserError: what came, and what was expected.
    """
    if judges in ("probabilities", "shares"):
        _expect(targets[(targets < 0) | (targets > 1)], loss, QT_TRANSLATE_NOOP("annstudio", "from 0 to 1"))
    elif judges == "scores":
        _expect(targets[(targets != 0) & (targets != 1)], loss, QT_TRANSLATE_NOOP("annstudio", "0 or 1"))
    sums = targets.sum(axis=1)
    if judges == "shares" and targets.shape[1] > 1:
        _expect(sums[abs(sums - 1) > _ROUNDING], loss, QT_TRANSLATE_NOOP("annstudio", "that add up to 1"))


def _expect(strays: Array, loss: Text, kind: str) -> None:
    """Refuse the first value that is not as expected."""
    if strays.size:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio", "{loss} needs targets {kind}, but there is {value}: choose another loss."
                ),
                loss=loss,
                kind=Text(kind),
                value=f"{np.ravel(strays)[0]:g}",
            )
        )
