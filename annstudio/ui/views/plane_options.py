"""How a plane of answers is shown: classes instead of probabilities, and the samples that are answered wrongly."""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from annstudio.data.dataset import Array, Schema, Task
from annstudio.data.prepare import Part
from annstudio.engine.losses.base import Loss
from annstudio.ui.views.header import Header
from annstudio.ui.views.judged import Judged

Answered = tuple[Part, NDArray[np.floating] | None]
_NOWHERE = np.empty((0, 2))


class PlaneOptions(QObject):
    """Both are on or off, by a menu that is there for classes only.

    Args:
        header: gets the menu.
        changed: called when something has been switched.

    Attributes:
        hard, wrong: the entries of the menu.
    """

    def __init__(self, header: Header, changed: Callable[[], None]) -> None:
        super().__init__(header)
        name = self.tr("What the plane shows")
        entries = [self.tr("Classes instead of probabilities"), self.tr("Mark what is answered wrongly")]
        self._button, (self.hard, self.wrong) = header.add_menu(name, entries)
        for action in (self.hard, self.wrong):
            action.toggled.connect(lambda _: changed())

    def suit(self, schema: Schema) -> None:
        """Be there for classes, and not for numbers."""
        self._button.setVisible(schema.task is not Task.REGRESSION)

    def wrong_places(self, schema: Schema, answered: Iterable[Answered], loss: type[Loss]) -> Array:
        """Return where samples stand that the network takes for another class, (samples, 2); none unless wanted.

        Args:
            schema: what the data mean.
            answered: parts of them, whose `raw` are the places, with the network's answers; asked for where wanted.
            loss: by which answers are to be read.
        """
        if not self.wrong.isChecked() or schema.task is Task.REGRESSION:
            return _NOWHERE
        found = [_NOWHERE]
        for part, outputs in answered:
            if len(part.raw) and outputs is not None and outputs.shape == part.targets.shape:
                judged = Judged(schema, part, outputs, loss)
                found.append(part.raw[judged.said != judged.true])
        return np.vstack(found)


def decided(schema: Schema, surface: Array, answers: tuple[float, float]) -> Array:
    """Return a surface with the answer of the class that is named in place of every output; NaN stays.

    Args:
        schema: what the outputs mean.
        surface: (rows, columns, outputs).
        answers: the outputs that the loss asks for.
    """
    if schema.task is Task.BINARY:
        sharp = np.where(surface > sum(answers) / 2, answers[1], answers[0])
    elif schema.task is Task.MULTI_CLASS:
        sharp = np.eye(surface.shape[-1])[np.nan_to_num(surface).argmax(axis=-1)]
    else:
        return surface
    return np.where(np.isnan(surface).any(axis=-1, keepdims=True), np.nan, sharp)
