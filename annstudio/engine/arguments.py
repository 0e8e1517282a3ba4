"""Arguments that must be numbers of some range, where no entry's parameters say so.

They come from programs, so a text is refused even where it spells a number.
"""

import numpy as np

from annstudio.core.errors import UserError
from annstudio.core.params import Integer, Real
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, shown, text


def whole(name: str, value: object, least: int = 1) -> int:
    """Return an argument that must be a whole number.

    Args:
        name: marked; the sentence begins with it.
        value: what came.
        least: the smallest that will do.

    Raises:
        UserError: it is none, not even 2.0, or it is too small.
    """
    _refuse_text(name, value)
    if isinstance(value, float | np.floating):
        template = QT_TRANSLATE_NOOP("annstudio", "{name} must be a whole number, not {value}.")
        raise UserError(text(template, name=Text(name), value=shown(float(value))))
    return Integer("", name, minimum=least).check(value)


def real(name: str, value: object, least: float = 0.0) -> float:
    """Return an argument that must be a finite number of at least this; arguments and errors as for whole."""
    _refuse_text(name, value)
    return Real("", name, minimum=least).check(value)


def _refuse_text(name: str, value: object) -> None:
    if isinstance(value, str):
        template = QT_TRANSLATE_NOOP("annstudio", "{name} must be a number, and “{value}” is a text.")
        raise UserError(text(template, name=Text(name), value=shown(value)))
