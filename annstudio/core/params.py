"""Typed parameters with ranges: the one place where limits live.

An entry (an activation, an optimizer, a layer, a data set …) declares its parameters. The inspector builds its
fields from them, the file loader and the command line check with them, the documentation prints them.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, shown, text

if TYPE_CHECKING:
    from annstudio.core.formula import Formula

Value = bool | int | float | str


@dataclass(frozen=True)
class Param:
    """A named setting of an entry.

    Args:
        key: its name in files and code.
        label: its marked name on the screen.
        default: the value it starts with.
        help: one marked sentence for the tooltip.
        more: forms show it behind "more": few need it.
        needs: the key of a Flag of the same entry, without which this counts for nothing and is not shown.
        tunes: of a layer: another value makes training another, but not the network, so that it may change in mid-run.
    """

    key: str
    label: str
    default: Any
    help: str = ""
    more: bool = field(default=False, kw_only=True)
    needs: str = field(default="", kw_only=True)
    tunes: bool = field(default=False, kw_only=True)

    def check(self, value: object) -> Value:
        """Return the value in its own type.

        Raises:
            UserError: the value is of the wrong type or out of range.
        """
        raise NotImplementedError


@dataclass(frozen=True)
class _Number(Param):
    """What Real and Integer share: a closed range, optionally open at the lower end."""

    _wanted: ClassVar[str] = QT_TRANSLATE_NOOP("annstudio", "{name} must be a finite number, not {value}.")
    """The sentence about what is no number of this kind."""
    _missing: ClassVar[str] = QT_TRANSLATE_NOOP("annstudio", "{name}: type a number.")
    """The sentence about nothing at all."""

    minimum: float = -math.inf
    maximum: float = math.inf
    above_minimum: bool = False
    unit: str = ""

    def _range(self) -> Text:
        low, high = _plain(self.minimum), _plain(self.maximum)
        if math.isinf(self.maximum) and math.isinf(self.minimum):
            return text(QT_TRANSLATE_NOOP("annstudio", "any finite number"))
        if math.isinf(self.maximum):
            if self.above_minimum:
                return text(QT_TRANSLATE_NOOP("annstudio", "greater than {low}"), low=low)
            return text(QT_TRANSLATE_NOOP("annstudio", "of at least {low}"), low=low)
        if self.above_minimum:
            return text(QT_TRANSLATE_NOOP("annstudio", "greater than {low} and at most {high}"), low=low, high=high)
        return text(QT_TRANSLATE_NOOP("annstudio", "between {low} and {high}"), low=low, high=high)

    def _finite(self, value: object) -> float:
        """Return the number that a value is or spells."""
        try:
            number = _number(value)
            if math.isfinite(number):
                return number
        except (ValueError, OverflowError):
            pass
        raise self._not_a_number(value)

    def _not_a_number(self, value: object) -> UserError:
        """Return the error about what is no number of this kind."""
        template = self._missing if isinstance(value, str) and not value.strip() else self._wanted
        return UserError(text(template, name=Text(self.label), value=shown(value)))

    def _check_range(self, number: float, given: object) -> None:
        below = number <= self.minimum if self.above_minimum else number < self.minimum
        if below or number > self.maximum:
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP("annstudio", "{name} cannot be {value}: choose a number {range}."),
                    name=Text(self.label),
                    value=shown(given),
                    range=self._range(),
                )
            )


@dataclass(frozen=True)
class Real(_Number):
    """A finite real number in a range.

    Args:
        usual: within which limits it mostly works; beyond them it is allowed, and worth a word.
    """

    default: float = 0.0
    usual: tuple[float, float] | None = None

    def check(self, value: object) -> float:
        """Return the value as a float; see Param.check."""
        number = float(self._finite(value))
        self._check_range(number, value)
        return number


@dataclass(frozen=True)
class Integer(_Number):
    """A whole number in a range."""

    _wanted: ClassVar[str] = QT_TRANSLATE_NOOP("annstudio", "{name} must be a whole number, not {value}.")

    default: int = 0

    def check(self, value: object) -> int:
        """Return the value as an int; see Param.check."""
        number = self._finite(value)
        if number != int(number):
            raise self._not_a_number(value)
        self._check_range(number, value)
        return int(number)


@dataclass(frozen=True)
class Flag(Param):
    """On or off."""

    default: bool = False

    def check(self, value: object) -> bool:
        """Return the value if it is a bool; see Param.check."""
        if not isinstance(value, bool):
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP("annstudio", "{name} can be on or off, not {value}."),
                    name=Text(self.label),
                    value=shown(value),
                )
            )
        return value


@dataclass(frozen=True)
class _Item(Real):
    """One number of a list."""

    _wanted: ClassVar[str] = QT_TRANSLATE_NOOP(
        "annstudio", "{name} must be numbers with commas between them, such as 1, 2, 0.5, and {value} is none."
    )
    _missing: ClassVar[str] = QT_TRANSLATE_NOOP(
        "annstudio", "{name} must be numbers with commas between them, such as 1, 2, 0.5: one is missing."
    )


@dataclass(frozen=True)
class Numbers(Param):
    """A list of numbers in a range, written with commas between them; it may be empty.

    Its value is a text, so that it stands in files as any other value does; numbers_in reads it.

    Args:
        hint: a few marked words that stand in its field as long as that is empty.
    """

    default: str = ""
    minimum: float = 1e-6
    maximum: float = 1e6
    most: int = 1000
    hint: str = ""

    def check(self, value: object) -> str:
        """Return the list as it is written here, "1, 2, 0.5"; see Param.check."""
        if not isinstance(value, str):
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP("annstudio", "{name} must be numbers with commas between them, not {value}."),
                    name=Text(self.label),
                    value=shown(value),
                )
            )
        items = value.split(",", self.most) if value.strip() else []
        if len(items) > self.most:
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP("annstudio", "{name} can be {most} numbers at most."),
                    name=Text(self.label),
                    most=self.most,
                )
            )
        each = _Item(self.key, self.label, self.minimum, minimum=self.minimum, maximum=self.maximum)
        return ", ".join(repr(each.check(item.strip())).removesuffix(".0") for item in items)


def numbers_in(value: str) -> tuple[float, ...]:
    """Return the numbers of a checked value of Numbers."""
    return tuple(float(item) for item in value.split(",")) if value else ()


@dataclass(frozen=True)
class Expression(Param):
    """A formula of a few variables; its value is the formula's canonical text.

    Args:
        variables: the names in the formula.
        synonyms: other names that may be typed, each with the variable that it means.
        judge: raises a UserError about a formula that will not do here.
    """

    default: str = ""
    variables: tuple[str, ...] = ("x",)
    synonyms: tuple[tuple[str, str], ...] = ()
    judge: "Callable[[Formula], None] | None" = None

    def check(self, value: object) -> str:
        """Return the formula as it is written here; see Param.check."""
        return str(self.formula(value))

    def formula(self, value: object) -> "Formula":
        """Return the formula that a value spells.

        Raises:
            UserError: it spells none, or not one that will do.
        """
        if not isinstance(value, str):
            template = QT_TRANSLATE_NOOP("annstudio", "{name} must be a formula, not {value}.")
            raise UserError(text(template, name=Text(self.label), value=shown(value)))
        # Reading formulas takes a while to load, and the window opens without.
        from annstudio.core.formula import Formula

        try:
            formula = Formula.parse(value, {**{name: name for name in self.variables}, **dict(self.synonyms)})
            if self.judge is not None:
                self.judge(formula)
        except UserError as error:
            template = QT_TRANSLATE_NOOP("annstudio", "{name}: {problem}")
            raise UserError(text(template, name=Text(self.label), problem=error.message)) from None
        return formula


@dataclass(frozen=True)
class Choice(Param):
    """One of a few keys, or, with `registry`, the key of an entry of that registry.

    Args:
        options: the allowed keys with their marked labels, when they are few and fixed.
        registry: the name of the registry that lists the keys ("activations", "initializers"); its entries are
            checked by whoever knows the registry.
    """

    default: str = ""
    options: tuple[tuple[str, str], ...] = ()
    registry: str = ""

    def check(self, value: object) -> str:
        """Return the value if it is one of the options; see Param.check."""
        keys = [key for key, _ in self.options]
        if not keys and not isinstance(value, str):
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP("annstudio", "{name} must be a name, not {value}."),
                    name=Text(self.label),
                    value=shown(value),
                )
            )
        if not isinstance(value, str) or (keys and value not in keys):
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP("annstudio", "{name} cannot be {value}: choose one of {options}."),
                    name=Text(self.label),
                    value=shown(value),
                    options=", ".join(keys),
                )
            )
        return value


def check_params(params: Iterable[Param], values: Mapping[str, object]) -> dict[str, Value]:
    """Return a value for every parameter: the given one, checked, or its default.

    Raises:
        UserError: a value is refused, or a key belongs to no parameter.
    """
    declared = {param.key: param for param in params}
    for key in values:
        if key not in declared:
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP("annstudio", "There is no setting “{key}” here. Known: {known}."),
                    key=shown(key),
                    known=", ".join(declared) or "–",
                )
            )
    return {key: param.check(values[key]) if key in values else param.default for key, param in declared.items()}


def _number(value: object) -> float:
    """Return the number that a value is or spells, whole ones exactly; NaN for anything else."""
    if isinstance(value, np.integer | np.floating):
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return math.nan
    if not isinstance(value, str):
        return value
    if "_" in value:
        # Python reads 6_4 as 64, people do not.
        return math.nan
    try:
        return int(value)
    except ValueError:
        return float(value)


def _plain(number: float) -> str:
    grouped = 1e4 <= abs(number) < 1e15 and float(number).is_integer()
    return f"{number:,.0f}" if grouped else f"{number:g}"
