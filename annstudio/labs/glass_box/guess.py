"""Predict first: what a student commits to before the number shows, and how it is marked."""

from dataclasses import dataclass
from enum import StrEnum

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, shown, text
from annstudio.labs.glass_box.page import Page
from annstudio.labs.notation import Figure, Row

_RELATIVE, _ABSOLUTE = 0.02, 0.005
"""How near a number must come: two percent, and never nearer than two decimals say."""


class Kind(StrEnum):
    """What is to be predicted."""

    NUMBER = "number"
    SIGN = "sign"
    FORMULA = "formula"


@dataclass(frozen=True)
class Question:
    """What can be asked at a stop.

    Args:
        answer: the number that comes out.
        formulas: right sides to choose from, the right one among them; empty where there is nothing to confuse.
        right: number of the right one.
    """

    answer: float
    formulas: tuple[Row, ...] = ()
    right: int = 0

    def marks_number(self, typed: str) -> bool:
        """Return whether a typed number is right.

        Raises:
            UserError: it is none.
        """
        try:
            value = float(typed.strip().replace("−", "-").replace(",", "."))
        except ValueError:
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP("annstudio", "“{typed}” is no number: type one such as 0.25."), typed=shown(typed)
                )
            ) from None
        return abs(value - self.answer) <= max(_RELATIVE * abs(self.answer), _ABSOLUTE)

    def marks_sign(self, sign: int) -> bool:
        """Return whether −1, 0 or 1 is the sign of the answer."""
        return sign == (self.answer > 0) - (self.answer < 0)

    def marks_formula(self, number: int) -> bool:
        """Return whether the formula of this number is the right one."""
        return number == self.right


def question_of(page: Page, seed: int = 0) -> Question | None:
    """Return what can be asked before the last number of a page shows; None where no single number comes out.

    Args:
        page: of a stop.
        seed: decides where the right formula stands among the wrong ones.
    """
    if not page.equations:
        return None
    last = page.equations[-1]
    if not isinstance(last.result, Figure):
        return None
    if not (page.rivals and last.letters):
        return Question(last.result.value)
    right = seed % (len(page.rivals) + 1)
    formulas = list(page.rivals)
    formulas.insert(right, last.letters)
    return Question(last.result.value, tuple(formulas), right)
