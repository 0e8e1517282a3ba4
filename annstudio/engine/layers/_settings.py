"""How layers check their settings: once, against the parameters that their info declares."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

from annstudio.core.params import Choice


def checking(init: Callable[..., None]) -> Callable[..., None]:
    """Return a constructor that checks its arguments before it does anything.

    An argument is checked by the parameter of its name; what it hands on to the constructor above is checked there.
    Choices of entries are left to the registry that makes them.

    Args:
        init: the constructor as a layer's file states it. It takes what was checked in the type that was declared.
    """
    takes = signature(init)

    @wraps(init)
    def checked(self: Any, *given: Any, **named: Any) -> None:
        bound = takes.bind(self, *given, **named)
        for param in self.info.params:
            chooses_entry = isinstance(param, Choice) and param.registry
            if param.key in bound.arguments and not chooses_entry:
                bound.arguments[param.key] = param.check(bound.arguments[param.key])
        init(*bound.args, **bound.kwargs)

    return checked
