"""Rules of calculation that are themselves written as formulas.

In a pattern u, v and w stand for any part, c and d for numbers, and x for any part that is no number.
"""

from collections.abc import Callable, Mapping

from annstudio.core.formula.nodes import Apply, Node, Number, Variable
from annstudio.core.formula.parser import parse

Build = Callable[[str, tuple[Node, ...]], Node]
"""Makes a part from a function and its arguments."""

_LETTERS = {letter: letter for letter in "uvwcdx"}


def pattern(written: str) -> Node:
    """Return the tree of a pattern."""
    return parse(written, _LETTERS)


def matches(form: Node, node: Node, found: dict[str, Node]) -> bool:
    """Return whether a part has this form, and put what the letters stand for into found."""
    if isinstance(form, Variable):
        if form.name in "cdx" and isinstance(node, Number) is (form.name == "x"):
            return False
        return found.setdefault(form.name, node) == node
    if isinstance(form, Apply):
        return (
            isinstance(node, Apply)
            and form.function == node.function
            and all(matches(*pair, found) for pair in zip(form.arguments, node.arguments, strict=True))
        )
    return form == node


def filled(form: Node, found: Mapping[str, Node], build: Build = Apply) -> Node:
    """Return the pattern with its letters replaced, made by build from the inside out."""
    if isinstance(form, Variable):
        return found[form.name]
    if isinstance(form, Apply):
        return build(form.function, tuple(filled(argument, found, build) for argument in form.arguments))
    return form


def rebuilt(node: Node, build: Build) -> Node:
    """Return the formula made anew by build from the inside out, equal parts only once."""
    known: dict[Node, Node] = {}

    def made(part: Node) -> Node:
        if not isinstance(part, Apply):
            return part
        if part not in known:
            known[part] = build(part.function, tuple(made(argument) for argument in part.arguments))
        return known[part]

    return made(node)
