"""How a plane of answers is shown: with held-out samples, in classes, with marks around what is answered wrongly."""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from annstudio.data.dataset import Array, Schema, Task
from annstudio.data.prepare import Part, Prepared
from annstudio.engine.losses.base import Loss
from annstudio.ui.views.header import Header
from annstudio.ui.views.judged import Judged

Answered = tuple[Part, NDArray[np.floating] | None]
_NOWHERE = np.empty((0, 2))


class PlaneOptions(QObject):
    """Each is on or off: a switch for the held-out samples, and a menu for the others where there are classes.

    Args:
        header: gets the switch and the menu.
        show_held_out: paints held-out samples, or no longer.
        changed: called when something has been switched.

    Attributes:
        held_out: the switch.
        hard, wrong: the entries of the menu.
    """

    def __init__(self, header: Header, show_held_out: Callable[[bool], None], changed: Callable[[], None]) -> None:
        super().__init__(header)
        tip = self.tr("Also show, as outlines, the samples that the network does not learn from")
        self.held_out = header.add_switch(self.tr("Test"), tip, show_held_out)
        self.held_out.toggled.connect(lambda _: changed())
        name = self.tr("What the plane shows")
        entries = [self.tr("Classes instead of probabilities"), self.tr("Mark what is answered wrongly")]
        self._button, (self.hard, self.wrong) = header.add_menu(name, entries)
        for action in (self.hard, self.wrong):
            action.toggled.connect(lambda _: changed())

    def suit(self, prepared: Prepared) -> None:
        """Offer what there is of these data: held-out samples, classes."""
        self.held_out.setEnabled(len(prepared.validation.raw) + len(prepared.test.raw) > 0)
        self._button.setVisible(prepared.data.schema.task is not Task.REGRESSION)

    def parts(self, prepared: Prepared) -> tuple[Part, ...]:
        """Return the parts of data that are painted."""
        whole = (prepared.train, prepared.validation, prepared.test)
        return whole if self.held_out.isChecked() else whole[:1]

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
