"""From text to tree. Python's own parser finds the structure; nothing is ever executed.

The pieces have been checked before, and are handed to Python as a plain text of numbers, known names, operators and
parentheses. What comes back is walked with a list of what is allowed.
"""

import ast
from collections.abc import Mapping, Sequence

from annstudio.core.errors import UserError
from annstudio.core.formula.functions import CONSTANTS, FUNCTIONS
from annstudio.core.formula.nodes import Apply, Constant, Node, Number, Variable
from annstudio.core.formula.tokens import Token, tokens
from annstudio.core.texts import QT_TRANSLATE_NOOP, text

MAXIMUM_LENGTH = 500
MAXIMUM_NODES = 200
MAXIMUM_DEPTH = 30

_OPERATORS: Mapping[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
}


def parse(typed: str, names: Mapping[str, str]) -> Node:
    """Return the tree of a formula as it was typed, nothing simplified.

    Args:
        typed: the text.
        names: of the variables, and what each is called afterwards.

    Raises:
        UserError: the text is no formula; the sentence says what, where and what to do.
    """
    check_length(typed)
    found = tokens(typed, names)
    if not found:
        raise UserError(text(QT_TRANSLATE_NOOP("annstudio", "There is no formula yet: type one such as x * tanh(x).")))
    _check_parentheses(found)
    return _Reader(found).tree()


class _Reader:
    """Turns Python's tree of one formula into ours."""

    def __init__(self, found: Sequence[Token]) -> None:
        self._found = found
        self._count = 0

    def tree(self) -> Node:
        """Return the whole tree."""
        if self._found[-1].kind == "sign" and self._found[-1].typed != ")":
            raise _unfinished(self._found[-1])
        try:
            parsed = ast.parse(" ".join(token.plain for token in self._found), mode="eval").body
        except SyntaxError as error:
            raise self._unreadable((error.offset or 1) - 1) from None
        except (RecursionError, MemoryError, ValueError):
            raise _too_deep() from None
        return self._node(parsed, 1)

    def _node(self, parsed: ast.expr, depth: int) -> Node:
        self._count += 1
        if self._count > MAXIMUM_NODES:
            raise _too_many()
        if depth > MAXIMUM_DEPTH:
            raise _too_deep()
        match parsed:
            case ast.Constant(value=float(value)):
                return Number(value)
            case ast.Name(id=name):
                return Constant(name) if name in CONSTANTS else Variable(name)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._node(operand, depth + 1)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return _negative(self._node(operand, depth + 1))
            case ast.BinOp(op=operator, left=left, right=right) if type(operator) in _OPERATORS:
                pair = self._node(left, depth + 1), self._node(right, depth + 1)
                return Apply(_OPERATORS[type(operator)], pair)
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
                _check_arguments(name, len(arguments))
                return Apply(name, tuple(self._node(argument, depth + 1) for argument in arguments))
            case ast.Tuple(elts=[_, *_]):
                raise _stray_comma()
        raise self._unreadable(parsed.col_offset)

    def _unreadable(self, offset: int) -> UserError:
        """Return that the formula makes no sense at this offset into what Python was given."""
        end = 0
        for token in self._found:
            end += len(token.plain) + 1
            if offset < end:
                break
        return _unreadable(token)


def _negative(node: Node) -> Node:
    """Return −node; a sign before a number belongs to the number, and zero has none."""
    return Number(0.0 - node.value) if isinstance(node, Number) else Apply("neg", (node,))


def _check_parentheses(found: Sequence[Token]) -> None:
    open_ones: list[Token] = []
    for token in found:
        if token.plain == "(":
            open_ones.append(token)
        elif token.plain == ")" and not open_ones:
            raise _unreadable(token)
        elif token.plain == ")":
            open_ones.pop()
    if open_ones:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "The “(” at position {position} is never closed: add a “)”."),
                position=open_ones[-1].position,
            )
        )


def _check_arguments(name: str, count: int) -> None:
    if count == FUNCTIONS[name]:
        return
    if FUNCTIONS[name] == 1:
        template = QT_TRANSLATE_NOOP(
            "annstudio", "{name} takes one number, not {count}: write decimals with a point, as in {name}(1.5)."
        )
    else:
        template = QT_TRANSLATE_NOOP(
            "annstudio",
            "{name} takes two numbers, not {count}: write {name}(x, 1), and decimals with a point, as in 1.5.",
        )
    raise UserError(text(template, name=name, count=count))


def _stray_comma() -> UserError:
    return UserError(
        text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "A comma only stands between the two numbers of min and max: write decimals with a point, as in 1.5.",
            )
        )
    )


def _unreadable(token: Token) -> UserError:
    return UserError(
        text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "The formula cannot be read at “{typed}” (position {position}): "
                "look there for a number, a sign or a parenthesis that is missing or too many.",
            ),
            typed=token.typed,
            position=token.position,
        )
    )


def _unfinished(token: Token) -> UserError:
    return UserError(
        text(
            QT_TRANSLATE_NOOP(
                "annstudio", "The formula breaks off after “{typed}”: add what is to follow, or remove it."
            ),
            typed=token.typed,
        )
    )


def check_length(typed: str) -> None:
    """Refuse a text that is too long, before anything is made of it."""
    if len(typed) > MAXIMUM_LENGTH:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "The formula has {length} signs: shorten it to at most {most}."),
                length=len(typed),
                most=MAXIMUM_LENGTH,
            )
        )


def _too_many() -> UserError:
    return UserError(
        text(
            QT_TRANSLATE_NOOP("annstudio", "The formula has more than {most} numbers, names and signs: shorten it."),
            most=MAXIMUM_NODES,
        )
    )


def _too_deep() -> UserError:
    return UserError(
        text(
            QT_TRANSLATE_NOOP(
                "annstudio", "The formula is nested more than {most} levels deep: shorten it, or use fewer parentheses."
            ),
            most=MAXIMUM_DEPTH,
        )
    )
