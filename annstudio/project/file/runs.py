"""runs.json: runs that are kept with the project, checked as strictly as the project itself."""

import math
from collections.abc import Sequence
from typing import Annotated

import msgspec
import numpy as np

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.file import record, strict_json
from annstudio.project.file.archive import RUNS
from annstudio.project.kept import MOST_POINTS, MOST_RUNS, KeptRun

MAXIMUM_NOTE = 2000

_Row = tuple[float, float | None, float | None, float | None, float | None]


class _Run(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    note: Annotated[str, msgspec.Meta(max_length=MAXIMUM_NOTE)]
    epoch: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
    curves: Annotated[list[_Row], msgspec.Meta(min_length=1, max_length=MOST_POINTS)]
    project: msgspec.Raw


_Runs = Annotated[list[_Run], msgspec.Meta(max_length=MOST_RUNS)]


def encode(runs: Sequence[KeptRun]) -> bytes:
    """Return runs as JSON; decode is the way back."""
    return msgspec.json.encode(
        [
            _Run(
                name=record.clean_name(run.name),
                note=run.note[:MAXIMUM_NOTE],
                epoch=run.epoch,
                curves=[_row(row) for row in run.curves.tolist()],
                project=msgspec.Raw(record.encode(run.project, None)),
            )
            for run in runs[:MOST_RUNS]
        ]
    )


def decode(data: bytes) -> tuple[KeptRun, ...]:
    """Return the runs of a file.

    Raises:
        UserError: anything is not as it should be.
    """
    strict_json.check_unique(data, RUNS)
    return tuple(_run(each) for each in strict_json.decode(data, _Runs, RUNS))


def _run(found: _Run) -> KeptRun:
    project, _ = record.decode(bytes(found.project))
    curves = np.array([[math.nan if cell is None else cell for cell in row] for row in found.curves])
    if not np.isfinite(curves[:, 0]).all() or (np.diff(curves[:, 0]) < 0).any():
        told = QT_TRANSLATE_NOOP("annstudio", "the curve of a run in it goes backwards; use another copy of the file.")
        raise UserError(text(told))
    return KeptRun(record.clean_name(found.name), project, found.epoch, curves, found.note)


def _row(row: Sequence[float]) -> _Row:
    train, new, train_metric, new_metric = (value if math.isfinite(value) else None for value in row[1:])
    return row[0], train, new, train_metric, new_metric
